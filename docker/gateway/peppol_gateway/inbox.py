"""Messages that came in: stored before they are answered, handed to the client until it acknowledges."""

import json
import uuid
from dataclasses import asdict

from .envelope import Document
from .errors import Conflict, NotFound


class Inbox:
    def __init__(self, store):
        self.store = store
        self.database = store.database

    def answered(self, from_party, message_id):
        """The receipt that an AS4 message got when it came before, or None."""
        row = self.database.one(
            "SELECT receipt FROM answered WHERE from_party = ? AND message_id = ?", from_party, message_id
        )
        return row["receipt"] if row else None

    def known(self, from_party, instance):
        """The incoming row of an envelope that came before under another AS4 message id, or None."""
        return self.database.one("SELECT * FROM incoming WHERE from_party = ? AND instance = ?", from_party, instance)

    def add(self, body, addressing, layout, sha256, *, from_party, now, kind, status_due):
        """Within a transaction: store a message; its id. ``sha256`` is the document's, without its envelope."""
        identifier = uuid.uuid4().hex
        self.store.add(body)
        self.database.execute(
            "INSERT INTO incoming (id, kind, received, from_party, sender, receiver, document_type, process, country,"
            " mls_to, mls_type, instance, envelope, layout, document_sha256, acknowledged, status_due)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(identifier, kind, now, from_party, addressing.sender, addressing.receiver),
            *(str(addressing.document_type), str(addressing.process), addressing.country),
            *(
                addressing.mls_to,
                addressing.mls_type,
                addressing.instance,
                body.key,
                json.dumps(asdict(layout)),
                sha256,
            ),
            # a status is for this service itself: no client need acknowledge it
            *(now if kind == "status" else None, status_due),
        )
        self.store.note(identifier, now, "received", f"Received from {from_party}")
        return identifier

    def answer(self, from_party, message_id, incoming, receipt, now):
        """Within a transaction: keep the receipt that a message gets."""
        self.database.execute(
            "INSERT INTO answered (from_party, message_id, incoming, at, receipt) VALUES (?, ?, ?, ?, ?)",
            *(from_party, message_id, incoming, now, receipt),
        )

    def get(self, identifier):
        """A message's row; NotFound."""
        row = self.database.one(
            "SELECT incoming.*, body.size FROM incoming LEFT JOIN body ON body.key = incoming.envelope"
            " WHERE incoming.id = ?",
            identifier,
        )
        if row is None:
            raise NotFound("There is no such incoming message.")
        return row

    def page(self, *, after, limit, everything=False, receiver=None):
        """Rows of documents in order of arrival, behind ``after``; only those to be acknowledged unless everything."""
        return self.database.execute(
            "SELECT incoming.*, body.size FROM incoming LEFT JOIN body ON body.key = incoming.envelope"
            " WHERE incoming.seq > ? AND (? OR acknowledged IS NULL) AND (? IS NULL OR receiver = ?)"
            " AND kind = 'document' ORDER BY incoming.seq LIMIT ?",
            *(after, int(everything), receiver, receiver, limit),
        )

    def acknowledge(self, identifier, now):
        """The client has the message; True the first time. Its status, if one is due, is due now."""
        with self.database.transaction():
            row = self.get(identifier)
            if row["acknowledged"] is not None:
                return False
            self.database.execute(
                "UPDATE incoming SET acknowledged = ?, status_due = min(status_due, ?) WHERE id = ?",
                *(now, now, identifier),
            )
            self.store.note(identifier, now, "acknowledged", "Handed to the client")
        return True

    def refuse(self, identifier, reason, text, now):
        """The client cannot use the message: acknowledged, and its sender is told with a status RE."""
        with self.database.transaction():
            row = self.get(identifier)
            if row["verdict"] is not None:
                if (row["verdict_reason"], row["verdict_text"]) != (reason, text):
                    raise Conflict("The message was refused for another reason before.")
                return False
            if row["acknowledged"] is not None:
                raise Conflict("The message was acknowledged before.")
            self.database.execute(
                "UPDATE incoming SET acknowledged = ?, verdict = 'RE', verdict_reason = ?, verdict_text = ?,"
                " status_due = min(status_due, ?) WHERE id = ?",
                *(now, reason, text, now, identifier),
            )
            self.store.note(identifier, now, "refused", text)
        return True

    def due_status(self, now):
        """A message whose status must go out, or None."""
        return self.database.one(
            "SELECT * FROM incoming WHERE status_due IS NOT NULL AND status_due <= ? ORDER BY status_due LIMIT 1", now
        )

    def status_done(self, identifier, now, text):
        """Within a transaction: no status is due any more."""
        self.database.execute("UPDATE incoming SET status_due = NULL WHERE id = ?", identifier)
        self.store.note(identifier, now, "status", text)

    def postpone_status(self, identifier):
        """Within a transaction: nothing is due until the client says something."""
        # far enough away never to be reached; acknowledging or refusing takes the earlier time
        self.database.execute("UPDATE incoming SET status_due = 1e12 WHERE id = ?", identifier)

    def unacknowledged(self):
        return self.database.one("SELECT count(*) AS n FROM incoming WHERE acknowledged IS NULL")["n"]

    def envelope(self, row):
        """The envelope as it came, a binary file; NotFound where it is no longer kept."""
        if row["envelope"] is None:
            raise NotFound("The document is no longer kept.")
        return self.store.open(row["envelope"])

    @staticmethod
    def layout(row):
        """Where the document stands in its envelope."""
        return Document(**json.loads(row["layout"]))
