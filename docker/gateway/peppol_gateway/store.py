"""The durable store: one SQLite file and a folder of documents. What both boxes share: bodies, events, participants."""

import hashlib
import io
import uuid
from contextlib import contextmanager
from dataclasses import dataclass

from .database import SCHEMA, Database
from .disk import Disk
from .spool import Spool, chunks_of, size_of


@dataclass(frozen=True)
class Body:
    """A stored document or message; ``data`` is None where it is a file."""

    key: str
    data: bytes | None
    size: int
    sha256: str


class Store:
    """Opens (and creates) the store in ``folder``. ``inline``: bytes up to which a body is kept in the database."""

    def __init__(self, folder, *, inline=65_536, database=Database, disk=Disk):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.inline = inline
        self.spool = Spool(folder / "spool", inline)
        self.disk = disk(folder / "bodies")
        self.database = database(str(folder / "gateway.sqlite"))
        with self.database.transaction():
            for statement in SCHEMA.split(";\n"):
                if statement.strip():
                    self.database.execute(statement)

    def sweep(self, age=3600.0):
        """Remove files that no body refers to: what a killed process left.

        Those younger than ``age`` seconds stay: their row may be about to be written.
        """
        known = {row["key"] for row in self.database.execute("SELECT key FROM body WHERE data IS NULL")}
        orphans = [name for name in self.disk.names(age) if name not in known]
        for name in orphans:
            self.disk.remove(name)
        return len(orphans)

    @contextmanager
    def staged(self, file):
        """A Body of the file's bytes, on disk already if it is large; its row is added by ``add`` in a transaction.

        Where the block fails, the file is removed again.
        """
        size = size_of(file)
        digest = hashlib.sha256()
        key = uuid.uuid4().hex
        if size <= self.inline:
            file.seek(0)
            data = file.read()
            digest.update(data)
        else:
            data = None
            self.disk.write(key, _digested(chunks_of(file), digest))
        try:
            yield Body(key, data, size, digest.hexdigest())
        except BaseException:
            if data is None:
                self.disk.remove(key)
            raise

    def add(self, body):
        self.database.execute(
            "INSERT INTO body (key, data, size, sha256) VALUES (?, ?, ?, ?)",
            *(body.key, body.data, body.size, body.sha256),
        )

    def open(self, key):
        """A body as a binary, seekable file."""
        row = self.database.one("SELECT data FROM body WHERE key = ?", key)
        if row is None:
            raise KeyError(key)
        return self.disk.open(key) if row["data"] is None else io.BytesIO(row["data"])

    def forget(self, *keys):
        """Within a transaction: drop bodies' rows; gives what to pass to ``remove`` after the commit."""
        files = []
        for key in filter(None, keys):
            row = self.database.one("DELETE FROM body WHERE key = ? RETURNING data IS NULL AS file", key)
            if row and row["file"]:
                files.append(key)
        return files

    def remove(self, files):
        for key in files:
            self.disk.remove(key)

    def note(self, message, at, state, text):
        """Add an event to a message's history."""
        self.database.execute(
            "INSERT INTO event (message, at, state, text) VALUES (?, ?, ?, ?)", message, at, state, text[:2000]
        )

    def history(self, message):
        """A message's events, oldest first: dictionaries with at, state, text."""
        return self.database.execute("SELECT at, state, text FROM event WHERE message = ? ORDER BY seq", message)

    def serve(self, participant, at):
        """From now on, take in messages for this participant."""
        self.database.execute("INSERT OR IGNORE INTO participant (id, since) VALUES (?, ?)", participant, at)

    def leave(self, participant):
        """No longer take in messages for this participant; True if it was served."""
        return bool(self.database.execute("DELETE FROM participant WHERE id = ? RETURNING id", participant))

    def serves(self, participant):
        return self.database.one("SELECT 1 FROM participant WHERE id = ?", participant) is not None

    def participants(self):
        return [row["id"] for row in self.database.execute("SELECT id FROM participant ORDER BY id")]


def _digested(chunks, digest):
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
