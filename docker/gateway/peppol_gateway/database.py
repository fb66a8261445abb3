"""SQLite as the store uses it: one connection per thread, write-ahead log, every commit on disk when it returns."""

import sqlite3
import threading
from contextlib import contextmanager


class Database:
    """Executes statements and gives rows as dictionaries.

    ``synchronous=FULL`` syncs the log at each commit: what a transaction has committed survives a power cut, as far as
    the disk keeps what it reports as synced.
    """

    def __init__(self, path):
        self.path = path
        self.local = threading.local()

    def connect(self):
        """A new connection; transactions are begun explicitly."""
        connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        return connection

    def query(self, connection, sql, parameters):
        return [dict(row) for row in connection.execute(sql, parameters).fetchall()]

    def connection(self):
        connection = getattr(self.local, "connection", None)
        if connection is None:
            connection = self.local.connection = self.connect()
            for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                self.query(connection, f"PRAGMA {pragma}", ())
        return connection

    def execute(self, sql, *parameters):
        """Run one statement; a list of rows."""
        return self.query(self.connection(), sql, parameters)

    def one(self, sql, *parameters):
        """The first row, or None."""
        rows = self.execute(sql, *parameters)
        return rows[0] if rows else None

    @contextmanager
    def transaction(self):
        """All or nothing. BEGIN IMMEDIATE: writers queue here instead of failing at their first write."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    @contextmanager
    def unsynced(self):
        """Commits within need not survive a power cut. Each is still whole or absent, and later ones keep it."""
        self.execute("PRAGMA synchronous=NORMAL")
        try:
            yield
        finally:
            self.execute("PRAGMA synchronous=FULL")


SCHEMA = """
CREATE TABLE IF NOT EXISTS body (
    key TEXT PRIMARY KEY,
    data BLOB,                 -- NULL: the file of that name
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS outgoing (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,        -- document, status (a message level status of ours)
    state TEXT NOT NULL,       -- accepted, sending, retrying, delivered, failed
    created REAL NOT NULL,
    idempotency_key TEXT UNIQUE,
    request_hash TEXT NOT NULL,
    sender TEXT NOT NULL,
    receiver TEXT NOT NULL,
    document_type TEXT NOT NULL,
    process TEXT NOT NULL,
    country TEXT NOT NULL,
    mls_to TEXT,
    mls_type TEXT,
    instance TEXT NOT NULL UNIQUE,
    message_id TEXT NOT NULL UNIQUE,
    document TEXT REFERENCES body (key),
    root_start INTEGER NOT NULL,  -- bytes of the document's root element: what goes into the envelope
    root_end INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at REAL,
    deadline REAL NOT NULL,
    claimed_by TEXT,
    wire TEXT REFERENCES body (key),  -- the message as it goes out: a repetition sends the same bytes
    wire_headers TEXT,
    wire_to TEXT,              -- fingerprint of the certificate that it is encrypted for
    signed TEXT NOT NULL DEFAULT '[]',  -- the references of each message built, which a receipt must repeat
    delivered_to TEXT,
    finished REAL,
    receipt BLOB,
    error_kind TEXT,
    error TEXT,
    status_code TEXT,
    status_text TEXT,
    status_at REAL
) STRICT;
-- finding what is due is the senders' hot query
CREATE INDEX IF NOT EXISTS outgoing_due ON outgoing (next_at) WHERE state IN ('accepted', 'retrying');
CREATE INDEX IF NOT EXISTS outgoing_claimed ON outgoing (claimed_by) WHERE state = 'sending';
-- the figures by state are asked every few seconds; without it they read all receipts
CREATE INDEX IF NOT EXISTS outgoing_state ON outgoing (state);
-- removing a body asks who refers to it
CREATE INDEX IF NOT EXISTS outgoing_document ON outgoing (document);
CREATE INDEX IF NOT EXISTS outgoing_wire ON outgoing (wire);
CREATE TABLE IF NOT EXISTS incoming (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,        -- document, status
    received REAL NOT NULL,
    from_party TEXT NOT NULL,
    sender TEXT NOT NULL,
    receiver TEXT NOT NULL,
    document_type TEXT NOT NULL,
    process TEXT NOT NULL,
    country TEXT,
    mls_to TEXT,
    mls_type TEXT,
    instance TEXT NOT NULL,
    envelope TEXT REFERENCES body (key),
    layout TEXT NOT NULL,      -- where the document stands in the envelope (envelope.Document as JSON)
    document_sha256 TEXT NOT NULL,
    acknowledged REAL,
    verdict TEXT,              -- RE: refused by the client
    verdict_text TEXT,
    verdict_reason TEXT,
    status_due REAL,           -- when a message level status must go out; NULL: none, or done
    UNIQUE (from_party, instance)
) STRICT;
CREATE INDEX IF NOT EXISTS incoming_inbox ON incoming (seq) WHERE acknowledged IS NULL;
CREATE INDEX IF NOT EXISTS incoming_status ON incoming (status_due) WHERE status_due IS NOT NULL;
CREATE INDEX IF NOT EXISTS incoming_envelope ON incoming (envelope);
CREATE TABLE IF NOT EXISTS answered (  -- every AS4 message that was taken in, with the receipt that it got
    from_party TEXT NOT NULL,
    message_id TEXT NOT NULL,
    incoming TEXT NOT NULL REFERENCES incoming (id),
    at REAL NOT NULL,
    receipt BLOB NOT NULL,
    PRIMARY KEY (from_party, message_id)
) STRICT;
CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    message TEXT NOT NULL,
    at REAL NOT NULL,
    state TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS event_message ON event (message);
CREATE TABLE IF NOT EXISTS participant (id TEXT PRIMARY KEY, since REAL NOT NULL) STRICT;
"""
