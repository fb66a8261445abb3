# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a document says of itself: who sends it to whom, which kind it is, and what makes it the same as another one.

The document is a UBL invoice, credit note or response, by itself or in the SBDH in which it travelled over Peppol
(Business Message Envelope 2.0). Nothing here judges its content.
"""

from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256

from lxml import etree

from ..en16931.source import Unreadable, check_size, parse

_KINDS = {"Invoice": "invoice", "CreditNote": "credit_note", "ApplicationResponse": "response"}
_SBDH = "{http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader}"


@dataclass(frozen=True)
class Envelope:
    """What is written on the outside and the inside of a document; a text that is not there is "".

    kind: ``invoice``, ``credit_note``, ``response`` or ``other``
    sender, receiver: participant identifiers as ``0208:0477472701`` (BT-34, BT-49, or the SBDH's)
    document_type, process: identifiers without their scheme, as in Peppol's code lists
    instance: InstanceIdentifier of the SBDH
    number, issue_date: BT-1 and BT-2 as written; amount and currency: BT-115 and BT-5 as written
    xml: the document without its SBDH
    """

    kind: str
    sender: str = ""
    receiver: str = ""
    document_type: str = ""
    process: str = ""
    instance: str = ""
    number: str = ""
    issue_date: str = ""
    amount: str = ""
    currency: str = ""
    type_code: str = ""
    xml: bytes = b""

    @property
    def self_billed(self):
        """BT-3 says that the buyer made the document: 389 and 527 for invoices, 261 for credit notes."""
        return self.type_code in ("389", "527", "261")


def read(data):
    """The :class:`Envelope` of a document.

    :param bytes data: the document, with or without its SBDH
    :raises Unreadable: if it is no XML, or hostile
    """
    root = parse(data)
    check_size(root)
    outside = {}
    if etree.QName(root).localname == "StandardBusinessDocument":
        outside = _header(root)
        content = [child for child in root if child.tag != f"{_SBDH}StandardBusinessDocumentHeader"]
        if len(content) != 1:
            raise Unreadable("XML-SYNTAX", {"detail": "the envelope holds no document", "line": 1})
        root = content[0]
        data = etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False)
    name = etree.QName(root)
    kind = _KINDS.get(name.localname, "other")
    customization = _text(root, "CustomizationID")
    version = _text(root, "UBLVersionID") or "2.1"
    inside = {
        "sender": _participant(root, "AccountingSupplierParty", "SenderParty"),
        "receiver": _participant(root, "AccountingCustomerParty", "ReceiverParty"),
        "document_type": f"{name.namespace}::{name.localname}##{customization}::{version}" if customization else "",
        "process": _text(root, "ProfileID"),
    }
    return Envelope(
        kind=kind,
        number=_text(root, "ID"),
        issue_date=_text(root, "IssueDate"),
        amount=_text(root, "LegalMonetaryTotal/PayableAmount"),
        currency=_text(root, "DocumentCurrencyCode"),
        type_code=_text(root, "InvoiceTypeCode") or _text(root, "CreditNoteTypeCode"),
        xml=data,
        instance=outside.pop("instance", ""),
        **{key: outside.get(key) or value for key, value in inside.items()},
    )


def digest(data):
    """The SHA-256 of the exact bytes, in hexadecimal digits."""
    return sha256(data).hexdigest()


def key(sender, receiver, xml):
    """What makes two documents the same one for a receiver, in hexadecimal digits.

    A rendering of the invoice is embedded as a PDF that differs each time it is made, though nothing in the document
    has changed; so of an embedded PDF only its name counts.

    >>> pdf = b"<EmbeddedDocumentBinaryObject mimeCode='application/pdf'>AA</EmbeddedDocumentBinaryObject>"
    >>> one = b"<Invoice><ID>1</ID>" + pdf + b"</Invoice>"
    >>> two, other = one.replace(b"AA", b"BB"), one.replace(b"1", b"2")
    >>> key("a", "b", one) == key("a", "b", two), key("a", "b", one) == key("a", "b", other)
    (True, False)
    >>> key("a", "b", one) == key("a", "c", one)
    False
    """
    root = deepcopy(parse(xml))
    for element in root.iter("{*}EmbeddedDocumentBinaryObject"):
        if element.get("mimeCode") == "application/pdf":
            element.text = None
    canonical = etree.tostring(root, method="c14n")
    return sha256(b"\0".join((sender.encode(), receiver.encode(), canonical))).hexdigest()


def embedded_pdfs(xml):
    """The PDFs embedded in a document (BT-125), each in Base64."""
    for element in parse(xml).iter("{*}EmbeddedDocumentBinaryObject"):
        if element.get("mimeCode") == "application/pdf" and element.text:
            yield element.text


def has_pdf(xml):
    """Whether a PDF is embedded in a UBL document (BT-125).

    >>> has_pdf(b"<Invoice/>")
    False
    """
    return any(True for _pdf in embedded_pdfs(xml))


def _text(root, path):
    return (root.findtext("/".join(f"{{*}}{step}" for step in path.split("/"))) or "").strip()


def _participant(root, *roles):
    for role in roles:
        inner = "" if role in ("SenderParty", "ReceiverParty") else "/{*}Party"
        endpoint = root.find(f"{{*}}{role}{inner}/{{*}}EndpointID")
        if endpoint is not None and endpoint.get("schemeID"):
            return f"{endpoint.get('schemeID')}:{(endpoint.text or '').strip()}"
    return ""


def _header(root):
    header = root.find(f"{_SBDH}StandardBusinessDocumentHeader")
    if header is None:
        return {}
    values = {
        "sender": header.findtext(f"{_SBDH}Sender/{_SBDH}Identifier"),
        "receiver": header.findtext(f"{_SBDH}Receiver/{_SBDH}Identifier"),
        "instance": header.findtext(f"{_SBDH}DocumentIdentification/{_SBDH}InstanceIdentifier"),
    }
    for scope in header.iter(f"{_SBDH}Scope"):
        field = {"DOCUMENTID": "document_type", "PROCESSID": "process"}.get(scope.findtext(f"{_SBDH}Type"))
        if field:
            values[field] = scope.findtext(f"{_SBDH}InstanceIdentifier")
    return {field: (value or "").strip() for field, value in values.items()}
