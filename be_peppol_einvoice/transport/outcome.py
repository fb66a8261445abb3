# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a look-up found."""

from dataclasses import dataclass, field
from datetime import datetime

from .identifiers import AS4, NAMES, PROCESSES, DocumentType, ParticipantId

CAN_RECEIVE = "can_receive"
OTHER_DOCUMENTS = "other_documents"
NOT_REGISTERED = "not_registered"
UNKNOWN = "unknown"
KINDS = (CAN_RECEIVE, OTHER_DOCUMENTS, NOT_REGISTERED, UNKNOWN)

# what each reason means, in English; Odoo has its own, translated texts
REASONS = {
    "": "",
    "not_in_sml": "the participant is not in the network's locator",
    "no_participant": "the participant's publisher does not know it",
    "government_fallback": "only the Belgian government's fall-back registration, which receives nothing",
    "no_document": "registered, but not for this document",
    "no_process": "registered for this document, but in another process",
    "no_transport": "registered for this document, but not over AS4",
    "not_active": "the registration for this document has not begun",
    "expired": "the registration for this document has ended",
    "dns_timeout": "the name server did not answer in time",
    "dns_failed": "the name server could not answer",
    "dns_zone": "the name server does not know the network's zone",
    "dns_invalid": "the locator's record cannot be read",
    "smp_timeout": "the publisher did not answer in time",
    "smp_unreachable": "the publisher cannot be reached",
    "smp_refused": "the publisher's address is not one that may be asked",
    "smp_error": "the publisher answered with an error",
    "smp_invalid": "the publisher's answer cannot be read",
    "smp_other": "the publisher answered for another participant or document",
    "smp_redirects": "the publisher sends on more than once",
    "redirect_certificate": "the publisher sent on to one that signs with another certificate",
    "signature_missing": "the publisher's answer is not signed",
    "signature_invalid": "the signature of the publisher's answer is wrong",
    "signature_untrusted": "the publisher's answer is not signed by a publisher of this network",
    "no_anchors": "the network's certificates are not known, so that no signature can be verified",
    "no_resolver": "the Python package dnspython is not installed",
}


@dataclass(frozen=True)
class Endpoint:
    """Where documents are delivered. ``certificate`` is DER; the dates are in UTC, None where there is no limit."""

    transport: str
    url: str
    certificate: bytes
    not_before: datetime | None = None
    not_after: datetime | None = None

    def begun(self, now: datetime) -> bool:
        return self.not_before is None or self.not_before <= now

    def ended(self, now: datetime) -> bool:
        return self.not_after is not None and self.not_after <= now


@dataclass(frozen=True)
class Document:
    """A document type for which a participant is registered, in one process.

    ``process`` is "" and ``endpoints`` empty where the publisher's details of this type have not been asked.
    """

    type_scheme: str
    type: str
    process: str = ""
    endpoints: tuple[Endpoint, ...] = ()

    @property
    def document_type(self) -> DocumentType:
        return DocumentType(self.type_scheme, self.type)

    @property
    def name(self) -> str:
        """A short name, or the identifier where it has none."""
        return NAMES.get(self.document_type, self.type)


@dataclass(frozen=True)
class Outcome:
    """What is known of a participant.

    kind: one of ``KINDS``; reason: a key of ``REASONS``; detail: what exactly went wrong, for the technician.
    """

    participant: ParticipantId
    kind: str
    reason: str = ""
    detail: str = ""
    dns_name: str = ""
    smp_url: str = ""
    documents: tuple[Document, ...] = field(default=())

    def endpoint(self, document_type: DocumentType, process: str | None, *, now: datetime) -> Endpoint | None:
        """The AS4 endpoint in force for a document in a process (None: the document type's own)."""
        return best_endpoint(self.documents, document_type, process, now)[0]

    def accepts(self, document_type: DocumentType) -> bool:
        """Whether a registration for the document is known, asked for its details or not."""
        return any(document.document_type.accepts(document_type) for document in self.documents)

    def as_dict(self) -> dict:
        """JSON values for programs."""
        return {
            "participant": str(self.participant),
            "outcome": self.kind,
            "reason": self.reason,
            "message": REASONS.get(self.reason, ""),
            "detail": self.detail,
            "dns_name": self.dns_name,
            "smp": self.smp_url,
            "documents": [
                {
                    "name": document.name,
                    "scheme": document.type_scheme,
                    "type": document.type,
                    "process": document.process,
                    "endpoints": [
                        {
                            "transport": endpoint.transport,
                            "url": endpoint.url,
                            "active_from": endpoint.not_before and endpoint.not_before.isoformat(),
                            "active_until": endpoint.not_after and endpoint.not_after.isoformat(),
                        }
                        for endpoint in document.endpoints
                    ],
                }
                for document in self.documents
            ],
        }


def best_endpoint(documents, document_type, process, now):
    """``(endpoint, "")``, or ``(None, reason)`` why none of the documents is delivered at ``now``.

    A registration for exactly the document is preferred to one with a wildcard, the most special one first.
    """
    process = process or PROCESSES.get(document_type)
    suitable = [one for one in documents if one.document_type.accepts(document_type)]
    suitable.sort(key=lambda one: (one.document_type != document_type, -len(one.type)))
    reason = "no_document"
    for document in suitable:
        if process and document.process != process:
            reason = _worse(reason, "no_process")
            continue
        for endpoint in document.endpoints:
            if endpoint.transport != AS4:
                reason = _worse(reason, "no_transport")
            elif not endpoint.begun(now):
                reason = _worse(reason, "not_active")
            elif endpoint.ended(now):
                reason = _worse(reason, "expired")
            else:
                return endpoint, ""
    return None, reason


def _worse(reason: str, other: str) -> str:
    """Of two reasons the one that came closer to a delivery."""
    order = ("no_document", "no_process", "no_transport", "expired", "not_active")
    return max(reason, other, key=order.index)
