"""Messages on their way out: accepted → sending → delivered, retrying or failed."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

from .envelope import Addressing
from .errors import Busy, Conflict, NotFound
from .identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified

_DUE = "SELECT seq FROM outgoing INDEXED BY outgoing_due WHERE state IN ('accepted', 'retrying') AND next_at <= ?"


@dataclass(frozen=True)
class Claimed:
    """A message that one worker sends; nobody else does until it is released."""

    id: str
    addressing: Addressing
    message_id: str
    document: str
    root: tuple  # (start, end) of the document's root element
    created: datetime
    attempts: int
    deadline: float
    wire: str | None
    wire_headers: dict
    wire_to: str | None
    signed: list  # one list of references for each message built


class Outbox:
    def __init__(self, store, *, queue, retry_for):
        self.store = store
        self.database = store.database
        self.queue = queue
        self.retry_for = retry_for

    def submit(self, body, root, addressing, *, now, key=None, kind="document"):
        """Within a transaction: accept a message; (id, True), or (id, False) where ``key`` was used for the same one.

        ``root``: where the document's root element starts and ends. Conflict where the key was used for another
        content.
        """
        request_hash = _request_hash(body, addressing)
        if key is not None and (earlier := self.find(key)):
            if earlier["request_hash"] != request_hash:
                raise Conflict("This idempotency key was used for another document.")
            return earlier["id"], False
        if self.waiting() >= self.queue:
            raise Busy("Too many messages wait to be sent.", retry_after=30)
        self.store.add(body)
        identifier = uuid.uuid4().hex
        self.database.execute(
            "INSERT INTO outgoing (id, kind, state, created, idempotency_key, request_hash, sender, receiver,"
            " document_type, process, country, mls_to, mls_type, instance, message_id, document, root_start,"
            " root_end, next_at, deadline)"
            " VALUES (?, ?, 'accepted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(identifier, kind, now, key, request_hash, addressing.sender, addressing.receiver),
            *(str(addressing.document_type), str(addressing.process), addressing.country),
            *(addressing.mls_to, addressing.mls_type, addressing.instance, f"{uuid.uuid4()}@peppol-gateway"),
            *(body.key, *root, now, now + self.retry_for),
        )
        self.store.note(identifier, now, "accepted", "Accepted for sending")
        return identifier, True

    def find(self, key):
        """The message submitted under an idempotency key, or None."""
        return self.database.one("SELECT id, request_hash FROM outgoing WHERE idempotency_key = ?", key)

    def waiting(self):
        """How many messages are not in a final state."""
        return self.database.one(
            "SELECT (SELECT count(*) FROM outgoing WHERE state IN ('accepted', 'retrying'))"
            " + (SELECT count(*) FROM outgoing WHERE state = 'sending') AS n"
        )["n"]

    def claim(self, worker, now):
        """Take the message that is longest due for sending, or None. Two workers never get the same one."""
        # looked for first: reading waits for no writer
        if self.database.one(f"{_DUE} LIMIT 1", now) is None:
            return None
        # not synced: a power cut takes the claim back, which the next start would do anyway
        with self.database.unsynced():
            row = self.database.one(
                "UPDATE outgoing SET state = 'sending', claimed_by = ?, attempts = attempts + 1"
                f" WHERE seq = ({_DUE} ORDER BY next_at, seq LIMIT 1) RETURNING *",
                *(worker, now),
            )
        return _claimed(row) if row else None

    def release(self, workers, now):
        """What dead workers were sending is due again, with the same message id; how many."""
        count = 0
        for worker in workers:
            with self.database.transaction():
                rows = self.database.execute(
                    "UPDATE outgoing SET state = 'retrying', claimed_by = NULL, next_at = ?"
                    " WHERE state = 'sending' AND claimed_by = ? RETURNING id",
                    *(now, worker),
                )
                for row in rows:
                    self.store.note(row["id"], now, "retrying", "The service stopped while sending; sent again")
            count += len(rows)
        return count

    def claimants(self):
        """The workers that messages in state “sending” belong to."""
        rows = self.database.execute("SELECT DISTINCT claimed_by FROM outgoing WHERE state = 'sending'")
        return [row["claimed_by"] for row in rows]

    def keep_wire(self, claimed, body, built, fingerprint):
        """Store the message as it will go out, before it does.

        Not synced: killed, the service sends the same bytes again; after a power cut it builds the message anew, and
        what is signed, which the receipt repeats, comes out the same (as4_out.build).
        """
        with self.database.unsynced(), self.database.transaction():
            self.store.add(body)
            signed = [*claimed.signed, json.loads(built.references)]
            self.database.execute(
                "UPDATE outgoing SET wire = ?, wire_headers = ?, wire_to = ?, signed = ? WHERE id = ?",
                *(body.key, json.dumps(built.headers), fingerprint, json.dumps(signed), claimed.id),
            )
            files = self.store.forget(claimed.wire)
        self.store.remove(files)
        return signed

    def delivered(self, claimed, receipt, to, now):
        """The receiving access point's receipt is verified: final."""
        self._finish(
            claimed, now, "delivered", f"Delivered to {to}; its signed receipt is kept", receipt=receipt, to=to
        )

    def failed(self, claimed, kind, text, now):
        """It will not be delivered: final."""
        self._finish(claimed, now, "failed", text, kind=kind)

    def _finish(self, claimed, now, state, text, *, receipt=None, to=None, kind=None):
        with self.database.transaction():
            row = self.database.one("SELECT wire FROM outgoing WHERE id = ?", claimed.id)
            self.database.execute(
                "UPDATE outgoing SET state = ?, finished = ?, receipt = ?, delivered_to = ?, error_kind = ?, error = ?,"
                " wire = NULL, next_at = NULL, claimed_by = NULL WHERE id = ?",
                *(state, now, receipt, to, kind, text if kind else None, claimed.id),
            )
            files = self.store.forget(row["wire"]) if state == "delivered" else []
            if state == "failed" and row["wire"]:
                # kept: a message sent again by hand must be the same one
                self.database.execute("UPDATE outgoing SET wire = ? WHERE id = ?", row["wire"], claimed.id)
            self.store.note(claimed.id, now, state, text)
        self.store.remove(files)

    def retry(self, claimed, kind, text, next_at, now):
        """Not now: due again at ``next_at``."""
        with self.database.transaction():
            self.database.execute(
                "UPDATE outgoing SET state = 'retrying', next_at = ?, error_kind = ?, error = ?, claimed_by = NULL"
                " WHERE id = ?",
                *(next_at, kind, text, claimed.id),
            )
            self.store.note(claimed.id, now, "retrying", text)

    def again(self, identifier, now):
        """A failed message is due again, on request; its message id stays, so that it cannot arrive twice."""
        with self.database.transaction():
            row = self.database.one(
                "UPDATE outgoing SET state = 'retrying', next_at = ?, deadline = ?, finished = NULL"
                " WHERE id = ? AND state = 'failed' RETURNING id",
                *(now, now + self.retry_for, identifier),
            )
            if row is None:
                self.get(identifier)
                raise Conflict("Only a failed message can be sent again.")
            self.store.note(identifier, now, "retrying", "Sent again on request")

    def get(self, identifier):
        """A message's row; NotFound."""
        row = self.database.one("SELECT * FROM outgoing WHERE id = ?", identifier)
        if row is None:
            raise NotFound("There is no such outgoing message.")
        return row

    def page(self, *, after, limit, state=None, instance=None):
        """Rows in order of acceptance, behind the sequence number ``after``."""
        return self.database.execute(
            "SELECT * FROM outgoing WHERE seq > ? AND (? IS NULL OR state = ?) AND (? IS NULL OR instance = ?)"
            " ORDER BY seq LIMIT ?",
            *(after, state, state, instance, instance, limit),
        )

    def attach_status(self, instance, *, code, text, from_party, now):
        """Within a transaction: a message level status (or response) about one of ours; True if it was attached.

        Only the access point that the message was delivered to may report on it.
        """
        row = self.database.one("SELECT id, delivered_to FROM outgoing WHERE instance = ?", instance)
        if row is None or row["delivered_to"] not in (None, from_party):
            return False
        self.database.execute(
            "UPDATE outgoing SET status_code = ?, status_text = ?, status_at = ? WHERE id = ?",
            *(code, text, now, row["id"]),
        )
        self.store.note(row["id"], now, f"status {code}", text or "Message level status received")
        return True

    def counts(self):
        """{state: how many}."""
        rows = self.database.execute("SELECT state, count(*) AS n FROM outgoing GROUP BY state")
        return {row["state"]: row["n"] for row in rows}


def _request_hash(body, addressing):
    named = [body.sha256, addressing.sender, addressing.receiver, str(addressing.document_type)]
    named += [str(addressing.process), addressing.mls_to or "", addressing.mls_type or ""]
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def _claimed(row):
    return Claimed(
        id=row["id"],
        addressing=addressing_of(row),
        message_id=row["message_id"],
        document=row["document"],
        root=(row["root_start"], row["root_end"]),
        created=datetime.fromtimestamp(row["created"], UTC),
        attempts=row["attempts"],
        deadline=row["deadline"],
        wire=row["wire"],
        wire_headers=json.loads(row["wire_headers"] or "{}"),
        wire_to=row["wire_to"],
        signed=json.loads(row["signed"]),
    )


def addressing_of(row):
    """The Addressing that a row of either box holds."""
    return Addressing(
        sender=row["sender"],
        receiver=row["receiver"],
        document_type=Qualified.parse(row["document_type"], DOCUMENT_SCHEME),
        process=Qualified.parse(row["process"], PROCESS_SCHEME),
        country=row["country"],
        instance=row["instance"],
        mls_to=row["mls_to"],
        mls_type=row["mls_type"],
    )
