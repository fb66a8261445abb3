# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a buyer answers to an invoice: Peppol BIS Invoice Response 3 (transaction T111), built and read.

Rules: PEPPOL-T111-R001 to R008 and the process rules OP-BR111-R001 to R014 of the BIS. An answer says one status at a
time, in the order of :data:`CODES`; reasons (list OPStatusReason) and actions asked of the seller (OPStatusAction)
clarify it.
"""

import re
from dataclasses import dataclass

from lxml import etree

from ..en16931.source import parse
from ..transport.identifiers import INVOICE_RESPONSE, INVOICE_RESPONSE_PROCESS

#: Acknowledged, in process, under query, conditionally accepted, rejected, accepted, paid (UNCL4343, in Peppol's order)
CODES = ("AB", "IP", "UQ", "CA", "RE", "AP", "PD")
REASONS = ("NON", "REF", "LEG", "REC", "QUA", "DEL", "PRI", "QTY", "ITM", "PAY", "UNR", "FIN", "PPD", "OTH")
ACTIONS = ("NOA", "PIN", "NIN", "CNF", "CNP", "CNA", "OTH")
#: A payment in part: the status "paid" with this reason. It may be told several times, and the whole payment after it.
PARTIAL = "PPD"
_ORDER = (*CODES[:-1], PARTIAL, "PD")
REASON, ACTION = "OPStatusReason", "OPStatusAction"
LISTS = {REASON: REASONS, ACTION: ACTIONS}
#: These need a clarification.
CLARIFIED = ("UQ", "CA", "RE")

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ROOT = f"{{{_UBL}ApplicationResponse-2}}"
_CAC = f"{{{_UBL}CommonAggregateComponents-2}}"
_CBC = f"{{{_UBL}CommonBasicComponents-2}}"
_NAMESPACES = {None: _ROOT[1:-1], "cac": _CAC[1:-1], "cbc": _CBC[1:-1]}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotAResponse(ValueError):
    """The document is no invoice response, or says no status that there is."""


class InvalidResponse(ValueError):
    """It cannot be sent like this; ``args[0]`` is the list of the rules that it breaks."""


@dataclass(frozen=True)
class Clarification:
    """A reason or an action.

    list: ``OPStatusReason`` or ``OPStatusAction``; "" where a sender gave a text only
    details: (business term, value) pairs that the buyer proposes, such as ("BT-48", "BE0477472701")
    """

    list: str
    code: str
    text: str = ""
    details: tuple = ()


@dataclass(frozen=True)
class Party:
    """endpoint: participant identifier as ``0208:0477472701``; name: legal name."""

    endpoint: str
    name: str


@dataclass(frozen=True)
class Response:
    """One answer.

    number, number_date, type_code: of the invoice that it is about: BT-1, BT-2 (YYYY-MM-DD or "") and BT-3
    identifier, date: of the answer itself; effective_date: since when the status holds, "" if not said
    """

    code: str
    number: str
    sender: Party
    receiver: Party
    identifier: str
    date: str
    type_code: str = "380"
    number_date: str = ""
    effective_date: str = ""
    clarifications: tuple = ()
    note: str = ""

    @property
    def partial(self):
        """Paid, but only in part."""
        return status(self.code, [one.code for one in self.clarifications]) == PARTIAL


def faults(response):
    """The rules that an answer breaks, sorted; empty if it can be sent.

    >>> us, them = Party("0208:0417497106", "Buyer"), Party("0208:0477472701", "Seller")
    >>> faults(Response("AP", "F/1", us, them, "1", "2026-11-24"))
    []
    >>> faults(Response("RE", "F/1", us, them, "1", "2026-11-24"))
    ['PEPPOL-T111-R001']
    >>> faults(Response("RE", "", us, them, "1", "2026-11-24", clarifications=(Clarification(REASON, "PPD"),)))
    ['PEPPOL-T111-B', 'PEPPOL-T111-R004', 'PEPPOL-T111-R005']
    """
    found = set()
    required = (response.number, response.identifier, response.date, response.type_code)
    for party in (response.sender, response.receiver):
        scheme, _colon, value = party.endpoint.partition(":")
        required += (scheme, value, party.name)
    if response.code not in CODES or not all(_clean(text) for text in required):
        found.add("PEPPOL-T111-B")
    if response.code in CLARIFIED and not any(one.code for one in response.clarifications):
        found.add("PEPPOL-T111-R001")
    for one in response.clarifications:
        # a text alone is allowed as well
        alone = not (one.list or one.code) and _clean(one.text)
        if not alone and one.code not in LISTS.get(one.list, ()):
            found.add("PEPPOL-T111-R006" if one.list == ACTION else "PEPPOL-T111-R007")
        if one.code == "OTH" and not _clean(one.text):
            found.add("PEPPOL-T111-R002")
        if one.code == "PPD" and not _clean(one.text):
            found.add("PEPPOL-T111-R004")
        if one.code == "PPD" and response.code != "PD":
            found.add("PEPPOL-T111-R005")
    return sorted(found)


def status(code, clarifications):
    """What an answer says: its code, or :data:`PARTIAL`.

    :param clarifications: the codes of its reasons and actions

    >>> status("PD", []), status("PD", ["PPD"]), status("RE", ["PRI", "CNF"])
    ('PD', 'PPD', 'RE')
    """
    return PARTIAL if code == "PD" and PARTIAL in clarifications else code


def may_follow(code, given):
    """Whether a status may be told after others (OP-BR111-R004, R005 and R012).

    :param code: one of :data:`CODES`, or :data:`PARTIAL`
    :param given: the statuses that the seller was told, in any order

    >>> may_follow("AP", []), may_follow("AP", ["AB", "UQ"]), may_follow("AB", ["AB"]), may_follow("UQ", ["UQ"])
    (True, True, False, True)
    >>> may_follow("RE", ["AP"]), may_follow("PD", ["AP"]), may_follow("PD", ["RE"]), may_follow("AP", ["PD"])
    (False, True, False, False)
    >>> may_follow("PPD", ["PPD"]), may_follow("PD", ["AP", "PPD"]), may_follow("PPD", ["PD"])
    (True, True, False)
    """
    last = max((_ORDER.index(one) for one in given), default=-1)
    if "RE" in given or "PD" in given:
        return False
    return _ORDER.index(code) > last or (code in ("UQ", PARTIAL) and last == _ORDER.index(code))


def build(response):
    """The XML of an answer, as bytes.

    :raises InvalidResponse: with the rules that it breaks
    """
    broken = faults(response)
    if broken:
        raise InvalidResponse(broken)
    root = etree.Element(f"{_ROOT}ApplicationResponse", nsmap=_NAMESPACES)
    _add(root, "CustomizationID", INVOICE_RESPONSE.customization)
    _add(root, "ProfileID", INVOICE_RESPONSE_PROCESS)
    _add(root, "ID", response.identifier)
    _add(root, "IssueDate", response.date)
    _add(root, "Note", response.note)
    _add_party(root, "SenderParty", response.sender)
    _add_party(root, "ReceiverParty", response.receiver)
    answer = etree.SubElement(root, f"{_CAC}DocumentResponse")
    inner = etree.SubElement(answer, f"{_CAC}Response")
    _add(inner, "ResponseCode", response.code)
    _add(inner, "EffectiveDate", response.effective_date)
    for one in response.clarifications:
        status = etree.SubElement(inner, f"{_CAC}Status")
        if one.code:
            _add(status, "StatusReasonCode", one.code).set("listID", one.list)
        _add(status, "StatusReason", one.text)
        for term, value in one.details:
            condition = etree.SubElement(status, f"{_CAC}Condition")
            _add(condition, "AttributeID", term)
            _add(condition, "Description", value)
    reference = etree.SubElement(answer, f"{_CAC}DocumentReference")
    _add(reference, "ID", response.number)
    _add(reference, "IssueDate", response.number_date)
    _add(reference, "DocumentTypeCode", response.type_code)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def is_response(document_type):
    """Whether a document type identifier (without its scheme) is that of an invoice response, of any minor version.

    >>> is_response(INVOICE_RESPONSE.value), is_response("urn:x::Invoice##urn:y::2.1")
    (True, False)
    """
    return f"##{INVOICE_RESPONSE.customization}" in document_type


def read(data):
    """The :class:`Response` in a document without its envelope; of others' mistakes as much as can be understood.

    :raises Unreadable: if it is no XML, or hostile
    :raises NotAResponse: if it names no invoice or no known status
    """
    root = parse(data)
    customization = _text(root, "CustomizationID")
    if etree.QName(root).localname != "ApplicationResponse" or not customization.startswith(
        INVOICE_RESPONSE.customization
    ):
        raise NotAResponse(customization)
    code = _text(root, "DocumentResponse/Response/ResponseCode").upper()
    number = _text(root, "DocumentResponse/DocumentReference/ID")
    if code not in CODES or not number:
        raise NotAResponse(f"{code} {number}".strip())
    return Response(
        code=code,
        number=number,
        sender=_party(root, "SenderParty"),
        receiver=_party(root, "ReceiverParty"),
        identifier=_text(root, "ID"),
        date=_text(root, "IssueDate"),
        type_code=_text(root, "DocumentResponse/DocumentReference/DocumentTypeCode"),
        number_date=_text(root, "DocumentResponse/DocumentReference/IssueDate"),
        effective_date=_text(root, "DocumentResponse/Response/EffectiveDate"),
        clarifications=tuple(
            _clarification(status) for status in root.iterfind("{*}DocumentResponse/{*}Response/{*}Status")
        ),
        note=_text(root, "Note"),
    )


def read_status(data):
    """What a message level status (MLS) or response (MLR) says, about which envelope.

    :return: (SBDH instance, code, text); what it does not say is ""
    """
    root = parse(data)
    return (
        _text(root, "DocumentResponse/DocumentReference/ID"),
        _text(root, "DocumentResponse/Response/ResponseCode"),
        _text(root, "DocumentResponse/Response/Description"),
    )


def _clarification(status):
    named = status.find("{*}StatusReasonCode")
    listed = "" if named is None else named.get("listID") or REASON
    return Clarification(
        list=listed,
        code="" if named is None else (named.text or "").strip(),
        text=_text(status, "StatusReason"),
        details=tuple(
            (_text(condition, "AttributeID"), _text(condition, "Description"))
            for condition in status.iterfind("{*}Condition")
        ),
    )


def _party(root, role):
    endpoint = root.find(f"{{*}}{role}/{{*}}EndpointID")
    scheme = "" if endpoint is None else endpoint.get("schemeID") or ""
    value = "" if endpoint is None else (endpoint.text or "").strip()
    return Party(f"{scheme}:{value}" if scheme else value, _text(root, f"{role}/PartyLegalEntity/RegistrationName"))


def _add_party(root, role, party):
    element = etree.SubElement(root, f"{_CAC}{role}")
    scheme, _colon, value = party.endpoint.partition(":")
    _add(element, "EndpointID", value).set("schemeID", scheme)
    _add(etree.SubElement(element, f"{_CAC}PartyLegalEntity"), "RegistrationName", party.name)


def _add(parent, name, text):
    """An element with a text; an empty one is left out, for the BIS allows none."""
    text = _clean(text)
    if not text:
        return None
    element = etree.SubElement(parent, f"{_CBC}{name}")
    element.text = text
    return element


def _clean(text):
    """Without what XML cannot hold.

    >>> _clean(" a\\x00b ")
    'ab'
    """
    return _ILLEGAL.sub("", text).strip()


def _text(root, path):
    return (root.findtext("/".join(f"{{*}}{step}" for step in path.split("/"))) or "").strip()
