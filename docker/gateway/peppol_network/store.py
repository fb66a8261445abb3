"""What the local network remembers: who is registered, which drills are on, what they did. One SQLite file."""

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass

from transport.identifiers import MESSAGE_LEVEL_STATUS, PROCESSES, DocumentType, ParticipantId

SCHEMA = """
CREATE TABLE IF NOT EXISTS participant (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,      -- in the locator
    access_point TEXT NOT NULL,
    documents TEXT NOT NULL         -- JSON: [[document type, process], …]
);
CREATE TABLE IF NOT EXISTS drill (
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    seconds REAL NOT NULL,
    times INTEGER,                  -- how often it still acts; NULL: until it is switched off
    PRIMARY KEY (name, target)
);
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    moment REAL NOT NULL,           -- seconds since 1970, UTC
    target TEXT NOT NULL,
    drill TEXT NOT NULL,
    text TEXT NOT NULL
);
"""
#: Of what drills did, this many lines are kept.
EVENTS_KEPT = 500


@dataclass(frozen=True)
class Participant:
    """A registration: documents are pairs of document type and process identifier."""

    id: ParticipantId
    access_point: str
    documents: tuple

    def process_of(self, document_type):
        """The process for a document type; None where it is not registered."""
        return dict(self.documents).get(document_type)


class Store:
    def __init__(self, path, zone):
        self.zone = zone
        self.connection = sqlite3.connect(path, isolation_level=None, timeout=10)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.executescript(SCHEMA)

    def close(self):
        self.connection.close()

    def _rows(self, query, *values):
        with closing(self.connection.execute(query, values)) as cursor:
            return cursor.fetchall()

    # participants

    def register(self, participants):
        """Register participants, all or none; one that is registered already is replaced."""
        rows = [
            (
                str(one.id),
                one.id.sml_name(self.zone),
                one.access_point,
                json.dumps([[str(kind), process] for kind, process in one.documents]),
            )
            for one in participants
        ]
        self.connection.execute("BEGIN IMMEDIATE")
        with self.connection:
            self.connection.executemany("INSERT OR REPLACE INTO participant VALUES (?, ?, ?, ?)", rows)

    def unregister(self, participant):
        """Returns whether it was registered."""
        cursor = self.connection.execute("DELETE FROM participant WHERE id = ?", (str(participant),))
        return cursor.rowcount > 0

    def participant(self, participant):
        """The registration of a ``ParticipantId``; None where there is none."""
        rows = self._rows("SELECT id, access_point, documents FROM participant WHERE id = ?", str(participant))
        return _participant(rows[0]) if rows else None

    def participants(self):
        return [_participant(row) for row in self._rows("SELECT id, access_point, documents FROM participant")]

    def count(self):
        return self._rows("SELECT count(*) FROM participant")[0][0]

    def is_in_locator(self, name):
        return bool(self._rows("SELECT 1 FROM participant WHERE name = ?", name))

    # drills

    def switch_on(self, name, target, seconds, times):
        self.connection.execute("INSERT OR REPLACE INTO drill VALUES (?, ?, ?, ?)", (name, target, seconds, times))

    def switch_off(self, name=None, target=None):
        """Switch one drill off; all of them without arguments."""
        if name is None:
            self.connection.execute("DELETE FROM drill")
        else:
            self.connection.execute("DELETE FROM drill WHERE name = ? AND target = ?", (name, target))

    def drills(self):
        """``{(name, target): (seconds, times)}`` of the drills that are on."""
        rows = self._rows("SELECT name, target, seconds, times FROM drill")
        return {(name, target): (seconds, times) for name, target, seconds, times in rows}

    def count_down(self, name, target):
        """A drill with a limited number of times has acted once."""
        self.connection.execute(
            "UPDATE drill SET times = times - 1 WHERE name = ? AND target = ? AND times IS NOT NULL", (name, target)
        )
        self.connection.execute("DELETE FROM drill WHERE times <= 0")

    def add_event(self, target, drill, text):
        self.connection.execute(
            "INSERT INTO event (moment, target, drill, text) VALUES (?, ?, ?, ?)", (time.time(), target, drill, text)
        )
        self.connection.execute("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?", (EVENTS_KEPT,))

    def events(self, after=0):
        """What drills did since the event with this id, the oldest first."""
        rows = self._rows("SELECT id, moment, target, drill, text FROM event WHERE id > ? ORDER BY id", after)
        return [dict(zip(("id", "moment", "target", "drill", "text"), row, strict=True)) for row in rows]


def _participant(row):
    participant, access_point, documents = row
    pairs = tuple((DocumentType.parse(kind), process) for kind, process in json.loads(documents))
    return Participant(ParticipantId.parse(participant), access_point, pairs)


#: What a participant is registered for where nothing else is said, and what an access point itself is registered for.
DEFAULT_DOCUMENTS = tuple(PROCESSES.items())
STATUS_DOCUMENTS = ((MESSAGE_LEVEL_STATUS, PROCESSES[MESSAGE_LEVEL_STATUS]),)
