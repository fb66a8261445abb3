# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The publisher's answers (SMP), in Peppol's own namespaces (SMP 1.4.0)."""

import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote

from .errors import LookupFailed
from .identifiers import PARTICIPANT_SCHEME, DocumentType, ParticipantId
from .outcome import Document, Endpoint

SMP = "http://busdox.org/serviceMetadata/publishing/1.0/"
ID = "http://busdox.org/transport/identifiers/1.0/"
WSA = "http://www.w3.org/2005/08/addressing"
_NS = {"smp": SMP, "id": ID, "wsa": WSA}
_MAX_DOCUMENTS = 2000


@dataclass(frozen=True)
class Redirect:
    """Where the publisher of a document type is, and whose certificate signs there."""

    url: str
    certificate_uid: str


def read_service_group(root, participant: ParticipantId) -> tuple[list[DocumentType], list[str]]:
    """The document types that a participant is registered for, and the addresses given for them.

    :raises LookupFailed: if the answer is another's, or none
    """
    if root.tag != f"{{{SMP}}}ServiceGroup":
        raise LookupFailed("smp_invalid", f"unexpected element {root.tag}")
    _check_participant(root.find("id:ParticipantIdentifier", _NS), participant)
    types, addresses = [], []
    for reference in root.iterfind("smp:ServiceMetadataReferenceCollection/smp:ServiceMetadataReference", _NS):
        href = reference.get("href") or ""
        _, found, tail = href.rpartition("/services/")
        document_type = DocumentType.parse(unquote(tail))
        if found and "##" in document_type.value and document_type not in types:
            types.append(document_type)
        addresses.append(href)
        if len(addresses) > _MAX_DOCUMENTS:
            raise LookupFailed("smp_invalid", f"more than {_MAX_DOCUMENTS} documents")
    return types, addresses


def read_service_metadata(root, participant: ParticipantId, document_type: DocumentType) -> list[Document] | Redirect:
    """What a verified answer says of one document type: one document for each process, or where to ask instead.

    :raises LookupFailed: if the answer is another's, or none
    """
    if root.tag != f"{{{SMP}}}SignedServiceMetadata":
        raise LookupFailed("smp_invalid", f"unexpected element {root.tag}")
    redirect = root.find("smp:ServiceMetadata/smp:Redirect", _NS)
    if redirect is not None:
        return Redirect(redirect.get("href") or "", _text(redirect, "smp:CertificateUID"))
    information = root.find("smp:ServiceMetadata/smp:ServiceInformation", _NS)
    if information is None:
        raise LookupFailed("smp_invalid", "neither information nor a redirect")
    _check_participant(information.find("id:ParticipantIdentifier", _NS), participant)
    named = information.find("id:DocumentIdentifier", _NS)
    found = None if named is None else DocumentType(named.get("scheme") or "", (named.text or "").strip())
    if found != document_type:
        raise LookupFailed("smp_other", f"asked for {document_type}, told of {found}")
    return [
        Document(
            document_type.scheme,
            document_type.value,
            _text(process, "id:ProcessIdentifier"),
            tuple(_endpoint(one) for one in process.iterfind("smp:ServiceEndpointList/smp:Endpoint", _NS)),
        )
        for process in information.iterfind("smp:ProcessList/smp:Process", _NS)
    ]


def _check_participant(element, participant: ParticipantId):
    scheme = "" if element is None else element.get("scheme")
    value = "" if element is None else (element.text or "").strip()
    if scheme != PARTICIPANT_SCHEME or value.lower() != str(participant):
        raise LookupFailed("smp_other", f"asked for {participant}, told of {scheme}::{value}")


def _endpoint(element) -> Endpoint:
    try:
        return Endpoint(
            transport=element.get("transportProfile") or "",
            url=_text(element, "wsa:EndpointReference/wsa:Address"),
            certificate=_certificate(_text(element, "smp:Certificate")),
            not_before=read_time(_text(element, "smp:ServiceActivationDate")),
            not_after=read_time(_text(element, "smp:ServiceExpirationDate")),
        )
    except ValueError as error:
        raise LookupFailed("smp_invalid", str(error)) from error


def _certificate(text: str) -> bytes:
    """DER, from base64 with or without the lines of PEM around it."""
    bare = re.sub(r"-----(BEGIN|END) CERTIFICATE-----|\s", "", text)
    return b64decode(bare, validate=True)


def _text(parent, path: str) -> str:
    return (parent.findtext(path, "", _NS) or "").strip()


_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)


def read_time(text: str) -> datetime | None:
    """A time of XML Schema, in UTC; without a time zone it is taken to be in UTC. Empty: None.

    :raises ValueError: if it is none

    >>> read_time("2026-01-01T01:30:00.1234567+01:00")
    datetime.datetime(2026, 1, 1, 0, 30, 0, 123456, tzinfo=datetime.timezone.utc)
    >>> read_time("2026-01-01")
    datetime.datetime(2026, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if not text:
        return None
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError(f"not a time: {text!r}")
    day, clock, fraction, zone = match.groups()
    moment = datetime.fromisoformat(f"{day}T{clock or '00:00:00'}")
    moment = moment.replace(microsecond=int((fraction or "0").ljust(6, "0")[:6]))
    shift = timedelta()
    if zone and zone != "Z":
        shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6])) * (-1 if zone[0] == "-" else 1)
    try:
        return moment.replace(tzinfo=timezone(shift)).astimezone(UTC)
    except OverflowError:
        # a year beyond what can be shifted: no limit that anyone will meet
        return moment.replace(tzinfo=UTC)
