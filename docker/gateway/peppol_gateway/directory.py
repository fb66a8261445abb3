"""Where to deliver: the network's own look-up (SML and SMP), or a route agreed by contract.

The look-up is the library ``transport`` of the e-invoicing app (be_peppol_einvoice/transport), which must be on the
Python path.
"""

import ssl
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from transport.identifiers import DocumentType, ParticipantId
from transport.lookup import look_up
from transport.network import InvalidNetwork, Network
from transport.outcome import CAN_RECEIVE, NOT_REGISTERED, OTHER_DOCUMENTS, REASONS

from .errors import ConfigurationError, DocumentNotAccepted, ReceiverUnknown, Temporary
from .keys import common_name, read_certificates


@dataclass(frozen=True)
class Destination:
    """The access point that receives for a participant."""

    url: str
    certificate: x509.Certificate

    @property
    def name(self):
        return common_name(self.certificate)


class Directory:
    """Finds the destination of a message. ``network`` is None where only contractual routes are used."""

    def __init__(self, settings):
        self.routes = {
            participant: Destination(route.url, read_certificates(route.certificate)[0])
            for participant, route in settings.routes.items()
        }
        self.network = _network(settings.network)

    @property
    def anchors(self):
        """The network's certificate authorities for access points."""
        return self.network.ap_certificates if self.network else []

    @property
    def private_allowed(self):
        """Whether destinations may be at private addresses: in a local network, or by contract."""
        return self.network is None or self.network.allow_private

    @property
    def tls(self):
        """How to check the destination's TLS certificate."""
        return self.network.tls_context if self.network else ssl.create_default_context()

    def find(self, receiver, document_type, process, now: datetime):
        """The Destination for a document; ReceiverUnknown, DocumentNotAccepted, or Temporary where nobody answers."""
        if route := self.routes.get(receiver):
            return route
        outcome = self.look_up(receiver, document_type, process, now)
        if outcome is None:
            raise ReceiverUnknown(f"There is no route to {receiver}.")
        reason = REASONS.get(outcome.reason, outcome.reason)
        if outcome.kind == NOT_REGISTERED:
            raise ReceiverUnknown(f"{receiver} is not registered: {reason}.")
        if outcome.kind == OTHER_DOCUMENTS:
            raise DocumentNotAccepted(f"{receiver} does not receive this document: {reason}.")
        if outcome.kind != CAN_RECEIVE:
            raise Temporary(f"{receiver} cannot be looked up: {reason}.")
        wanted = DocumentType(document_type.scheme, document_type.value)
        endpoint = outcome.endpoint(wanted, process.value, now=now)
        if endpoint is None:
            raise DocumentNotAccepted(f"{receiver} has no AS4 endpoint for this document.")
        return Destination(endpoint.url, x509.load_der_x509_certificate(endpoint.certificate))

    def look_up(self, participant, document_type, process, now):
        """The network's Outcome; None without a network."""
        if self.network is None:
            return None
        wanted = DocumentType(document_type.scheme, document_type.value) if document_type else None
        return look_up(
            ParticipantId.parse(participant), self.network, wanted, process.value if process else None, now=now
        )


def _network(name):
    try:
        if name == "none":
            return None
        if name in ("production", "test"):
            return getattr(Network, name)()
        return Network.from_file(name)
    except InvalidNetwork as error:
        raise ConfigurationError(str(error)) from None
