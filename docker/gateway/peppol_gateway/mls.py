"""Message level status (MLS 1.0) and its predecessor, the message level response (MLR 3): built, and read.

Rules: the Schematron of BIS MLS 1.0. AP: handed to the receiver, AB: accepted, its handing over not confirmed, RE:
rejected. A rejection carries a description and at least one issue with a failure code.
"""

from dataclasses import dataclass
from datetime import UTC
from xml.sax.saxutils import escape

from . import xmlscan
from .identifiers import MLR_DOCUMENT, MLS_DOCUMENT

#: Failures: business rule, syntax, delivery. BW is a warning and cannot reject.
REASONS = ("BV", "SV", "FD")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd"
_RESPONSE = ("ApplicationResponse", "DocumentResponse")


@dataclass(frozen=True)
class Status:
    """What a status says about the message with the envelope ``instance``."""

    instance: str
    code: str
    text: str


def build(status, *, identifier, sender, receiver, now, reason="FD"):
    """An MLS document as bytes; ``sender`` and ``receiver`` are the service providers' identifiers (0242:…)."""

    def endpoint(participant):
        scheme, _, value = participant.partition(":")
        return f'<cbc:EndpointID schemeID="{escape(scheme)}">{escape(value)}</cbc:EndpointID>'

    rejected = status.code == "RE"
    text = escape(status.text)
    moment = now.astimezone(UTC)
    issue = (
        "<cac:LineResponse><cac:LineReference><cbc:LineID>NA</cbc:LineID></cac:LineReference><cac:Response>"
        f"<cbc:Description>{text}</cbc:Description>"
        f"<cac:Status><cbc:StatusReasonCode>{escape(reason)}</cbc:StatusReasonCode></cac:Status>"
        "</cac:Response></cac:LineResponse>"
    )
    return (
        f'<ApplicationResponse xmlns="{_UBL}:ApplicationResponse-2" xmlns:cac="{_UBL}:CommonAggregateComponents-2"'
        f' xmlns:cbc="{_UBL}:CommonBasicComponents-2">'
        "<cbc:CustomizationID>urn:peppol:edec:mls:1.0</cbc:CustomizationID>"
        "<cbc:ProfileID>urn:peppol:edec:mls</cbc:ProfileID>"
        f"<cbc:ID>{escape(identifier)}</cbc:ID><cbc:IssueDate>{moment:%Y-%m-%d}</cbc:IssueDate>"
        f"<cbc:IssueTime>{moment:%H:%M:%S}Z</cbc:IssueTime>"
        f"<cac:SenderParty>{endpoint(sender)}</cac:SenderParty>"
        f"<cac:ReceiverParty>{endpoint(receiver)}</cac:ReceiverParty>"
        f"<cac:DocumentResponse><cac:Response><cbc:ResponseCode>{status.code}</cbc:ResponseCode>"
        f"{f'<cbc:Description>{text}</cbc:Description>' if rejected else ''}</cac:Response>"
        f"<cac:DocumentReference><cbc:ID>{escape(status.instance)}</cbc:ID></cac:DocumentReference>"
        f"{issue if rejected else ''}</cac:DocumentResponse></ApplicationResponse>"
    ).encode()


def is_status(document_type):
    """Whether a document type (Qualified) reports on a message."""
    return document_type.value in (MLS_DOCUMENT, MLR_DOCUMENT)


def read(file):
    """The Status in an MLS or MLR document, or None where it names no message or code."""
    try:
        found, _ = xmlscan.scan(
            file,
            {
                "code": (*_RESPONSE, "Response", "ResponseCode"),
                "text": (*_RESPONSE, "Response", "Description"),
                "instance": (*_RESPONSE, "DocumentReference", "ID"),
            },
        )
    except xmlscan.XmlError:
        return None
    texts = {key: element.text.strip() for key, element in found.items()}
    if not texts.get("instance") or texts.get("code") not in ("AP", "AB", "RE"):
        return None
    return Status(texts["instance"], texts["code"], texts.get("text", ""))
