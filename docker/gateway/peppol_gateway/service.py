"""Everything that makes up one access point, put together from its settings."""

import contextlib
import hashlib
import hmac
import os
import shutil
import threading
import uuid

from as4.errors import UntrustedSignerError

from . import document, identifiers
from .directory import Directory
from .envelope import Addressing, document_type_parts
from .errors import Busy, ConfigurationError, Invalid, TooLarge, Unauthorised
from .identifiers import DOCUMENT_SCHEME, MLS_DOCUMENT, MLS_PROCESS, PROCESS_SCHEME, Qualified
from .inbox import Inbox
from .keys import Expiry, common_name, expiry, our_party, read_secret, trust
from .metrics import Metrics
from .outbox import Outbox
from .posting import Poster
from .receiver import Receiver
from .revocation import NEVER, Revocations
from .sender import Sender
from .store import Store
from .workers import Alive, Workers


class Service:
    """An access point. ``start`` begins sending; ``stop`` ends it in order."""

    def __init__(self, settings):
        self.settings = settings
        self.us = our_party(settings)
        self.directory = Directory(settings)
        self.revocations = Revocations(
            settings.state / "revocation",
            mode=settings.revocation,
            private_allowed=self.directory.private_allowed,
        )
        self.policy, self.anchors = trust(settings, self.directory.anchors, self.revocations)
        self.token = hashlib.sha256(_token(settings)).digest()
        self.store = Store(settings.state, inline=settings.inline)
        self.outbox = Outbox(self.store, queue=settings.queue, retry_for=settings.retry_for)
        self.inbox = Inbox(self.store)
        self.metrics = Metrics()
        self.crypto = threading.BoundedSemaphore(settings.crypto)
        self.service_provider = settings.mls_to or identifiers.service_provider(self.us.identity.party_id)
        self.receiver = Receiver(
            us=self.us,
            policy=self.policy,
            store=self.store,
            inbox=self.inbox,
            outbox=self.outbox,
            settings=settings,
            service_provider=self.service_provider,
        )
        self.sender = Sender(
            us=self.us,
            policy=self.policy,
            store=self.store,
            outbox=self.outbox,
            directory=self.directory,
            post=Poster(
                tls=self.directory.tls,
                private_allowed=self.directory.private_allowed,
                timeout=settings.send_timeout,
            ),
            settings=settings,
            metrics=self.metrics,
            crypto=self.crypto,
        )
        self.alive = None
        self.workers = None

    def start(self, now):
        self.alive = Alive(self.settings.state)
        self.store.sweep()
        for participant in self.settings.participants:
            self.store.serve(participant, now.timestamp())
        # our own authority's list is most others' too: it is fetched before they write
        with contextlib.suppress(UntrustedSignerError):
            self.policy.signer_resolver(self.us.identity.to_party_from(), self.us.credentials.certificate)
        self.revocations.start()
        self.workers = Workers(self)
        self.workers.start()

    def stop(self):
        self.workers.stop()
        self.revocations.stop()
        self.alive.close()

    def authorise(self, header):
        """Check an Authorization header (Bearer), in constant time; Unauthorised."""
        scheme, _, token = (header or "").partition(" ")
        given = hashlib.sha256(token.strip().encode()).digest()
        if not hmac.compare_digest(given, self.token) or scheme.lower() != "bearer":
            raise Unauthorised("A valid token is needed: Authorization: Bearer …")

    def check_room(self):
        """Busy where the disk has too little room to keep what comes."""
        if shutil.disk_usage(self.settings.state).free < self.settings.free_space:
            raise Busy("The gateway's disk is full.", retry_after=60)

    def submit(self, file, wishes, key, now):
        """Accept a document for sending; (row, True if it is new). ``wishes``: {name: text or None} of the request."""
        facts = document.read(file)
        addressing = self._addressing(facts, wishes)
        with self.store.staged(file) as body:
            with self.store.database.transaction():
                identifier, new = self.outbox.submit(
                    body, (facts.start, facts.end), addressing, now=now.timestamp(), key=key
                )
            if not new and body.data is None:
                self.store.remove([body.key])
        self.workers.bell.ring()
        return self.outbox.get(identifier), new

    def _addressing(self, facts, wishes):
        def chosen(name, found, label):
            value = wishes.get(name) or found
            if not value:
                raise Invalid(f"The document does not tell its {label}: pass the parameter {name}.")
            return value

        try:
            document_type = Qualified.parse(
                chosen("document_type", str(facts.document_type or ""), "type"), DOCUMENT_SCHEME
            )
            document_type_parts(document_type.value)
            return Addressing(
                sender=identifiers.participant(chosen("sender", facts.sender, "sender (BT-34)")),
                receiver=identifiers.participant(chosen("receiver", facts.receiver, "receiver (BT-49)")),
                document_type=document_type,
                process=Qualified.parse(chosen("process", str(facts.process or ""), "process (BT-23)"), PROCESS_SCHEME),
                country=_country(wishes.get("country") or facts.country or self.settings.country),
                instance=str(uuid.uuid4()),
                mls_to=identifiers.participant(wishes["mls_to"]) if wishes.get("mls_to") else self.service_provider,
                mls_type=wishes.get("mls_type") or None,
            )
        except ValueError as error:
            raise Invalid(str(error)) from None

    def addressing_of_status(self, to):
        """How a message level status of ours is addressed."""
        return Addressing(
            sender=self.service_provider,
            receiver=to,
            document_type=Qualified(DOCUMENT_SCHEME, MLS_DOCUMENT),
            process=Qualified(PROCESS_SCHEME, MLS_PROCESS),
            country=self.settings.country,
            instance=str(uuid.uuid4()),
        )

    def certificates(self, now):
        """How our certificate, those that we trust, and the lists of those that are revoked stand."""
        days = self.settings.expiry_days
        ours = [expiry("access point", self.us.credentials.certificate, now, days)]
        ours += [expiry(common_name(anchor) or "anchor", anchor, now, days) for anchor in self.anchors]
        for issuer, address, found, state in self.revocations.states(now):
            start, end = (found.start, found.end) if found else (NEVER, NEVER)
            ours.append(Expiry(f"revoked by {common_name(issuer)}", address, start, end, state))
        return ours

    def healthy(self, now):
        """{check: True or False}."""
        self.store.database.one("SELECT 1")
        return {
            "store": os.access(self.settings.state, os.W_OK),
            "room": shutil.disk_usage(self.settings.state).free >= self.settings.free_space,
            "certificate": self.certificates(now)[0].state in ("ok", "soon"),
            "senders": all(thread.is_alive() for thread in self.workers.threads),
        }

    def forget(self, before):
        """Drop the documents of messages that were through before a time; their rows, receipts and history stay."""
        database = self.store.database
        with database.transaction():
            keys = [
                row["document"]
                for row in database.execute(
                    "SELECT document FROM outgoing WHERE state = 'delivered' AND finished < ? AND document IS NOT NULL",
                    before,
                )
            ]
            keys += [
                row["envelope"]
                for row in database.execute(
                    "SELECT envelope FROM incoming WHERE acknowledged < ? AND status_due IS NULL"
                    " AND envelope IS NOT NULL",
                    before,
                )
            ]
            for key in keys:
                database.execute("UPDATE outgoing SET document = NULL WHERE document = ?", key)
                database.execute("UPDATE incoming SET envelope = NULL WHERE envelope = ?", key)
            files = self.store.forget(*keys)
        self.store.remove(files)
        return len(keys)


def too_large(limit):
    return TooLarge(f"The document is larger than {limit} bytes.")


def _country(text):
    if len(text) != 2 or not text.isalpha() or not text.isascii():
        raise ValueError("The country is two letters (ISO 3166-1).")
    return text.upper()


def _token(settings):
    token = settings.token.encode() or (read_secret(settings.token_file).strip() if settings.token_file else b"")
    if len(token) < 16:
        raise ConfigurationError("Set a token of at least 16 characters (token_file, or PEPPOL_GATEWAY_TOKEN).")
    return token
