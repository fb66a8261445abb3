"""Sends what the outbox holds: looks the receiver up, builds the message once, posts it, verifies the receipt.

The message is stored as it will go out before it does. A repetition, after an error or after the process was killed,
sends the same bytes under the same message id, so that the receiving access point recognises it.
"""

import logging
from datetime import timedelta

from as4 import ReceiptVerificationError, UntrustedSignerError
from as4.errors import BaseAS4ReceiptableError
from as4.models.dsig.reference import ComparableReferenceFields
from as4.models.wsse.binary_security_token import UnsupportedSecurityTokenType
from as4.peppol import parse_peppol_receipt

from . import as4_out
from .errors import GatewayError, Permanent, ReceiverUnknown, Temporary
from .keys import their_party, utc_now
from .spool import size_of, slice_of

log = logging.getLogger(__name__)

#: What else ``as4`` raises for bytes that are no signal.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, BaseAS4ReceiptableError, UnsupportedSecurityTokenType)
#: Bytes from which on a document is compressed quickly: it is an attachment for the most part, in base64, which shrinks
#: by its quarter in any case.
LARGE = 1_000_000
#: ebMS errors that trying again does not mend. EBMS:0004 (other) may be a passing fault of the other side.
PERMANENT = {"EBMS:0001", "EBMS:0002", "EBMS:0003", "EBMS:0007", "EBMS:0009", "EBMS:0101", "EBMS:0102", "EBMS:0103"}
PERMANENT |= {"EBMS:0302", "EBMS:0303"}


class Sender:
    def __init__(self, *, us, policy, store, outbox, directory, post, settings, metrics, crypto):
        self.us = us
        self.policy = policy
        self.store = store
        self.outbox = outbox
        self.directory = directory
        self.post = post
        self.settings = settings
        self.metrics = metrics
        self.crypto = crypto

    def send(self, claimed, now=utc_now):
        """Send a claimed message and record how it went; the new state."""
        try:
            receipt, to = self._deliver(claimed, now())
        except Permanent as error:
            self.outbox.failed(claimed, error.kind, error.text, now().timestamp())
            return self._count("failed", claimed, error)
        except GatewayError as error:
            return self._retry(claimed, error, now())
        except Exception as error:
            # a fault of ours must not lose the message: it is retried, and seen
            log.exception("sending failed", extra={"id": claimed.id})
            return self._retry(claimed, Temporary(f"Internal error: {type(error).__name__}"), now())
        self.outbox.delivered(claimed, receipt, to, now().timestamp())
        return self._count("delivered", claimed)

    def _retry(self, claimed, error, now):
        wait = min(
            self.settings.retry_longest,
            self.settings.retry_first * self.settings.retry_factor ** (claimed.attempts - 1),
        )
        wait = max(wait, error.retry_after or 0)
        next_at = (now + timedelta(seconds=wait)).timestamp()
        if next_at > claimed.deadline:
            text = f"Given up after {claimed.attempts} attempts: {error.text}"
            self.outbox.failed(claimed, error.kind, text, now.timestamp())
            return self._count("failed", claimed, error)
        self.outbox.retry(claimed, error.kind, error.text, next_at, now.timestamp())
        return self._count("retrying", claimed, error)

    def _count(self, state, claimed, error=None):
        self.metrics.outgoing.labels(state).inc()
        extra = {"id": claimed.id, "attempt": claimed.attempts, "state": state}
        if error is not None:
            extra |= {"kind": error.kind, "reason": error.text}
        log.info("outgoing", extra=extra)
        return state

    def _deliver(self, claimed, now):
        addressing = claimed.addressing
        destination = self.directory.find(addressing.receiver, addressing.document_type, addressing.process, now)
        them = self._trusted(destination, now)
        signed, headers, wire = claimed.signed, claimed.wire_headers, claimed.wire
        if wire is None or claimed.wire_to != them.fingerprint:
            with self.store.spool.open() as out, self.crypto:
                built = self._build(claimed, out, them)
                headers = built.headers
                with self.store.staged(out) as body:
                    signed = self.outbox.keep_wire(claimed, body, built, them.fingerprint)
                    wire = body.key
        with self.store.open(wire) as message:
            size = size_of(message)
            message.seek(0)
            answer = self.post(destination.url, {**headers, "Content-Length": str(size)}, message)
        with self.crypto:
            return self._judge(answer, claimed, destination, signed), destination.name

    def _trusted(self, destination, now):
        """The destination as a party, if its certificate is one of the network's and in force."""
        them = their_party(destination.certificate)
        try:
            self.policy.signer_resolver(them.party_from, destination.certificate)
        except UntrustedSignerError as error:
            raise Temporary(f"The certificate of the receiver's access point is not accepted: {error}") from None
        return them

    def _build(self, claimed, out, them):
        with self.store.open(claimed.document) as file:
            return as4_out.build(
                out,
                slice_of(file, *claimed.root),
                claimed.addressing,
                us=self.us,
                them=them,
                message_id=claimed.message_id,
                conversation_id=f"{claimed.id}@peppol-gateway",
                spool=self.store.spool,
                now=claimed.created,
                level=6 if claimed.root[1] - claimed.root[0] < LARGE else 1,
            )

    def _judge(self, answer, claimed, destination, signed):
        """The verified receipt's bytes, or the error that the answer means."""
        if answer.status in (429, 503):
            raise Temporary("The receiver's access point is busy.", retry_after=answer.retry_after)
        if answer.status == 413:
            raise Permanent("The receiver's access point finds the message too large.")
        try:
            receipt = parse_peppol_receipt(answer.body, destination.certificate)
        except ReceiptVerificationError as error:
            raise Temporary(f"No receipt (HTTP {answer.status}): {error}") from None
        except UNREADABLE as error:
            raise Temporary(f"Unreadable answer (HTTP {answer.status}): {type(error).__name__}") from None
        if receipt.error is not None:
            raise _error(receipt.error)
        if receipt.original_message_id != claimed.message_id:
            raise Temporary("The receipt is for another message.")
        for references in reversed(signed):
            try:
                receipt.verify_non_repudiation([ComparableReferenceFields(**one) for one in references])
                return answer.body
            except ReceiptVerificationError as error:
                problem = error
        raise Temporary(f"The receipt does not fit the message: {problem}")


def _error(error):
    detail = error.error_detail.value if error.error_detail else ""
    text = f"{error.error_code} {error.short_description or ''}: {detail}".strip()
    if "PEPPOL:NOT_SERVICED" in detail:
        return ReceiverUnknown(f"The receiver's access point does not serve the receiver ({text}).")
    kind = Permanent if error.error_code in PERMANENT else Temporary
    return kind(f"The receiver's access point answered {text}.")
