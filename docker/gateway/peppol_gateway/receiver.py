"""Takes in AS4 messages: checked, decrypted, stored and synced before the signed receipt is given."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from as4.core.receipt import AS4Receipt
from as4.errors import (
    BaseAS4ReceiptableError,
    BaseValueInconsistentException,
    MalformedSoapEnvelopeException,
)
from as4.peppol import PeppolNotServicedException, PeppolSBDHException
from as4.profiles.peppol.message import PeppolAS4Message
from lxml import etree
from pydantic import ValidationError

from . import as4_in, envelope, identifiers, mime, mls, sbdh, soap
from .xmlscan import XmlError

SIGNAL_TYPE = "application/soap+xml;charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """What goes back: an ebMS signal. ``error``: the ebMS code, "" for a receipt; ``duplicate``: it came before."""

    signal: bytes
    error: str = ""
    detail: str = ""
    duplicate: bool = False
    incoming: str = ""


class Receiver:
    def __init__(self, *, us, policy, store, inbox, outbox, settings, service_provider):
        self.us = us
        self.policy = policy
        self.store = store
        self.inbox = inbox
        self.outbox = outbox
        self.settings = settings
        self.service_provider = service_provider

    def receive(self, file, content_type, now: datetime):
        """Answer the message in ``file``. What is not stored is answered with an error, never with a receipt."""
        ids = ("", "")
        try:
            soap, attachment = mime.split(file, content_type)
            try:
                element, *ids, addressee = as4_in.identify(soap)
            except etree.XMLSyntaxError:
                raise MalformedSoapEnvelopeException() from None
            verified = as4_in.verify(element, ids, self.us, self.policy)
            if addressee != self.us.identity.party_id:
                raise BaseValueInconsistentException(f"This access point is {self.us.identity.party_id}")
            if receipt := self.inbox.answered(verified.from_party, verified.message_id):
                return Answer(receipt, duplicate=True)
            with self.store.spool.open() as payload:
                as4_in.decrypt(verified, attachment, file, payload, self.us, self.settings.largest_document + (1 << 16))
                return self._store(verified, payload, now)
        except BaseAS4ReceiptableError as error:
            return self._error(error, ids)
        except ValidationError as error:
            return self._error(BaseAS4ReceiptableError.from_validation_error(error), ids)

    def _store(self, verified, payload, now):
        addressing, layout = self._read(verified, payload)
        receipt, _ = soap.sign(soap.receipt(verified.message_id, verified.reference_elements, now), self.us)
        at = now.timestamp()
        digest = hashlib.sha256()
        for chunk in layout.chunks(payload):
            digest.update(chunk)
        sha256 = digest.hexdigest()
        with self.store.staged(payload) as body:
            with self.store.database.transaction():
                # again, within the transaction: the same message may have come twice at the same time
                if earlier := self.inbox.answered(verified.from_party, verified.message_id):
                    answer = Answer(earlier, duplicate=True)
                elif known := self.inbox.known(verified.from_party, addressing.instance):
                    if known["document_sha256"] != sha256:
                        raise PeppolSBDHException("The instance identifier was used for another message")
                    self.inbox.answer(verified.from_party, verified.message_id, known["id"], receipt, at)
                    answer = Answer(receipt, duplicate=True)
                else:
                    answer = self._add(body, addressing, layout, sha256, verified, payload, receipt, at)
            if answer.duplicate and body.data is None:
                self.store.remove([body.key])
        return answer

    def _add(self, body, addressing, layout, sha256, verified, payload, receipt, at):
        status = None
        if mls.is_status(addressing.document_type):
            with self.store.spool.open() as document:
                for chunk in layout.chunks(payload):
                    document.write(chunk)
                status = mls.read(document)
        # a response addressed to a participant is for the client too; one addressed to us is not
        kind = "status" if addressing.receiver == self.service_provider else "document"
        incoming = self.inbox.add(
            body,
            addressing,
            layout,
            sha256,
            from_party=verified.from_party,
            now=at,
            kind=kind,
            status_due=self._status_due(addressing, verified.from_party, at),
        )
        self.inbox.answer(verified.from_party, verified.message_id, incoming, receipt, at)
        if status is not None and not self.outbox.attach_status(
            status.instance, code=status.code, text=status.text, from_party=verified.from_party, now=at
        ):
            self.store.note(incoming, at, "unknown", "The status is about no message that was delivered to its sender")
        return Answer(receipt, incoming=incoming)

    def _status_due(self, addressing, from_party, at):
        if mls.is_status(addressing.document_type) or self.settings.mls == "off" or not self.service_provider:
            return None
        if self.settings.mls == "asked" and not addressing.mls_to:
            return None
        if not (addressing.mls_to or identifiers.service_provider(from_party)):
            return None
        return at + self.settings.mls_after

    def _read(self, verified, payload):
        """(Addressing, Document) of a decrypted envelope; the errors that the Peppol AS4 profile prescribes."""
        try:
            received = envelope.read(payload)
        except XmlError as error:
            raise PeppolSBDHException(str(error)) from None
        header = sbdh.read(received.header)
        PeppolAS4Message.verify_participants_agree(
            verified.soap.header.messaging.user_message.message_properties, header.sender, header.receiver
        )
        addressing = header.addressing
        if addressing.receiver != self.service_provider and not self.store.serves(addressing.receiver):
            raise PeppolNotServicedException()
        return addressing, received.document

    def _error(self, error, ids):
        signal = AS4Receipt.create_error_signal_from_exception(error, self.us, None, *ids)
        return Answer(signal.get_request_data()[1], error.error_code, error.detail or error.short_description)
