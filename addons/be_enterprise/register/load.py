# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Import an edition: read, check, build beside, take into use.

The work is cut into batches of a few megabytes. Each batch, and how far its file was read, is one transaction: a
process that is killed loses at most one batch, and :meth:`Import.run` goes on from there. The register in use is only
touched by the last transaction.
"""

# pylint: disable=sql-injection
# The names of the schema and its tables cannot be query parameters; see store.py.

import queue
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import psycopg2

from . import layout, rows, store
from .archive import CsvBlocks, open_archive
from .errors import Busy, NoSpace, OutOfOrder

DONE, PAUSED = "done", "paused"
#: Seconds into a run with a deadline after which a step that cannot be cut is left to the next run.
FRESH = 5


@dataclass(frozen=True)
class Progress:
    """How far an import is. ``rows`` were read so far, ``rejects`` of them left out; ``bytes`` of ``size`` are read.

    ``phase`` is the file being read, or "index" or "swap". Rates are over the current run: ``seconds`` of work.
    """

    phase: str
    rows: int
    rejects: int
    bytes: int
    size: int
    seconds: float
    run_bytes: int
    run_rows: int
    #: Part of the index steps that is done, 0 to 1.
    indexed: float = 0.0

    #: Building the indexes takes about as long as reading this share of the bytes.
    INDEX_SHARE = 0.25

    @property
    def fraction(self):
        """Part of the work done, 0 to 1."""
        if self.phase == "swap":
            return 1.0
        return self._done / self.size / (1 + self.INDEX_SHARE) if self.size else 0.0

    @property
    def _done(self):
        """Work done, in bytes read or their like."""
        return self.bytes + self.indexed * self.INDEX_SHARE * self.size

    @property
    def rate(self):
        """Rows a second, or None before the first batch."""
        return self.run_rows / self.seconds if self.run_rows and self.seconds > 0 else None

    @property
    def remaining(self):
        """Seconds to go as an estimate, or None before the first batch."""
        if not self.run_bytes or self.seconds <= 0:
            return None
        return (self.size * (1 + self.INDEX_SHARE) - self._done) * self.seconds / self.run_bytes


def check_order(state, edition):
    """Raise OutOfOrder unless ``edition`` can follow the register whose ``state`` is given.

    An update follows the edition just before it. A full edition follows none, or any that is not newer.
    """
    current = int(state["number"]) if state.get("number") else None
    if edition.kind == "update":
        if current is None:
            raise OutOfOrder("no_register", "an update needs a full edition first", number=edition.number)
        if edition.number <= current:
            raise OutOfOrder(
                "already", "this update is already in the register", number=edition.number, current=current
            )
        if edition.number > current + 1:
            raise OutOfOrder(
                "gap", f"update {current + 1} is missing", number=edition.number, current=current, missing=current + 1
            )
    elif current is not None and edition.number < current:
        raise OutOfOrder("older", "the register in use is newer", number=edition.number, current=current)


class Import:
    """Import of the zip at ``path`` into the register ``schema``.

    ``commit`` ends a transaction (None: the caller's cursor commits nothing, everything is one transaction).
    """

    def __init__(self, cr, path, *, schema=store.DEFAULT_SCHEMA, commit=None, clock=time.monotonic):
        self.cr, self.path, self.schema = cr, path, store.check_schema(schema)
        self.build = store.following(schema)
        self._commit = commit or (lambda: None)
        self._clock = clock
        self._stopped = False

    def run(self, *, deadline=None, should_stop=None, progress=None):
        """Work until done or ``deadline`` (on this object's clock) or ``should_stop()``; return DONE or PAUSED.

        ``progress`` is called with a :class:`Progress` after each batch, before its commit, so that what it writes on
        the same cursor is part of the batch. Raises a RegisterError; what was built so far stays, for a next run.
        """
        self._stop = lambda: bool(
            (deadline is not None and self._clock() >= deadline) or (should_stop is not None and should_stop())
        )
        self._deadline = deadline
        self._report = progress or (lambda _progress: None)
        self._began, self._run_bytes, self._run_rows = self._clock(), 0, 0
        archive, edition = open_archive(self.path)
        try:
            with self._lock(), self._server_errors():
                return self._run(archive, edition)
        finally:
            archive.close()

    @contextmanager
    def _lock(self):
        """Let only one import at a time work on a schema; PostgreSQL frees the lock of a process that dies."""
        self.cr.execute("SELECT pg_try_advisory_lock(hashtext(%s))", (f"register {self.schema}",))
        if not self.cr.fetchone()[0]:
            raise Busy("busy", "another import is running")
        try:
            yield
        finally:
            try:
                self.cr.execute("SELECT pg_advisory_unlock(hashtext(%s))", (f"register {self.schema}",))
            except psycopg2.Error:
                # The transaction is broken: roll back to be able to unlock. Nothing is lost that was committed.
                connection = getattr(self.cr, "connection", None)
                if connection is not None and not connection.closed:
                    connection.rollback()
                    self.cr.execute("SELECT pg_advisory_unlock(hashtext(%s))", (f"register {self.schema}",))

    @contextmanager
    def _server_errors(self):
        try:
            yield
        except psycopg2.errors.DiskFull as error:
            raise NoSpace("no_space", "the database server's disk is full") from error

    def _run(self, archive, edition):
        state = store.read_state(self.cr, self.schema)
        check_order(state, edition)
        started = store.read_state(self.cr, self.build)
        if started.get("fingerprint") != edition.fingerprint:
            store.create_build(self.cr, self.schema, {name: size for name, (size, _crc) in edition.members.items()})
            store.write_state(
                self.cr,
                self.build,
                {
                    "kind": edition.kind,
                    "number": edition.number,
                    "snapshot": edition.snapshot.isoformat(),
                    "version": edition.version,
                    "fingerprint": edition.fingerprint,
                },
            )
            self._commit()
        self._size = edition.size
        for name in self._order(edition):
            if not self._load(archive, name):
                return PAUSED
        if edition.kind == "full":
            return self._finish_full()
        return self._finish_update(edition)

    def _order(self, edition):
        names = ["code"]
        for name in layout.FACTS:
            names += [name] if edition.kind == "full" else [f"{name}_delete", f"{name}_insert"]
        return [name for name in names if name in edition.members]

    # Loading ------------------------------------------------------------------------------------------------------

    def _load(self, archive, name):
        """Load one member from where it was left; return whether it is finished."""
        self.cr.execute(f"SELECT bytes, line, done FROM {self.build}.part WHERE file = %s", (name,))
        offset, line, done = self.cr.fetchone()
        if done:
            return True
        if self._stop():
            return False
        subject = name.removesuffix("_insert").removesuffix("_delete")
        deleting = name.endswith("_delete")
        if deleting:
            columns, convert, tables = layout.delete_columns(subject), rows.deleted, {"deleted": "entity"}
        else:
            columns, convert, tables = layout.COLUMNS[subject], rows.CONVERTERS[subject], rows.TABLES[subject]
        if deleting:
            self.cr.execute(f"ALTER TABLE {self.build}.deleted ALTER file SET DEFAULT '{subject}'")
        blocks = CsvBlocks(archive, name, columns, offset, line)
        batches = _prefetch(_converted(blocks, convert))
        try:
            for block, found, count in batches:
                for table, payload in found.items():
                    if payload:
                        store.copy(self.cr, self.build, table, tables[table], BytesIO(payload))
                store.count_rejects(self.cr, self.build, name, block.rejects)
                self.cr.execute(
                    f"UPDATE {self.build}.part SET bytes = %s, line = %s, rows = rows + %s WHERE file = %s",
                    (block.offset, block.line, count, name),
                )
                self._run_bytes += block.offset - offset
                self._run_rows += count
                offset = block.offset
                self._tell(subject)
                self._commit()
                if self._stop():
                    return False
        finally:
            batches.close()
        self.cr.execute(f"UPDATE {self.build}.part SET bytes = size, done = true WHERE file = %s", (name,))
        self._commit()
        return True

    def _tell(self, phase):
        self.cr.execute(
            f"""SELECT coalesce(sum(rows), 0), coalesce(sum(bytes), 0),
                       (SELECT coalesce(sum(count), 0) FROM {self.build}.reject_count),
                       (SELECT count(*) FROM {self.build}.step)
                  FROM {self.build}.part"""
        )
        count, done, rejects, steps = map(int, self.cr.fetchone())
        self._report(
            Progress(
                phase,
                count,
                rejects,
                done,
                self._size,
                self._clock() - self._began,
                self._run_bytes,
                self._run_rows,
                steps / (len(store.INDEXES) + 2),
            )
        )

    # Finishing ----------------------------------------------------------------------------------------------------

    def _finish_full(self):
        for table in ("enterprise", "establishment", "branch", "code", "name", "address", "contact", "activity"):
            if not self._step(table, self._index_steps(table)):
                return PAUSED
        steps = [lambda: store.forget_contacts_of_persons(self.cr, self.build)]
        if not self._step("persons", steps):
            return PAUSED
        if not self._step("name_key", self._index_steps("name_key"), fresh=True):
            return PAUSED
        if not self._step(
            "analyze", [lambda table=table: self._sql(f"ANALYZE {{s}}.{table}") for table in store.INDEXES]
        ):
            return PAUSED
        self._sum_up()
        store.swap(self.cr, self.schema)
        self._commit()
        return DONE

    def _index_steps(self, table):
        steps = [lambda: store.remove_duplicates(self.cr, self.build, table)] if table in store.UNIQUE else []
        return steps + [lambda sql=sql: self._sql(sql) for sql in store.INDEXES[table]]

    def _sql(self, statement):
        self.cr.execute(statement.format(s=self.build))

    def _step(self, name, actions, fresh=False):
        """Do a step of the finish once, in one transaction; return False where it is time to pause.

        ``fresh``: the step is long and cannot be cut, so it waits for a run with all its time before it.
        """
        self.cr.execute(f"SELECT 1 FROM {self.build}.step WHERE name = %s", (name,))
        if self.cr.fetchone():
            return True
        if self._stop() or (fresh and self._deadline is not None and self._clock() - self._began > FRESH):
            return False
        # Sorting 10 million keys in PostgreSQL's default 64 MB would go through the disk more than once.
        self.cr.execute("SET LOCAL maintenance_work_mem = '256MB'")
        self.cr.execute("SET LOCAL work_mem = '128MB'")
        for action in actions:
            action()
        self.cr.execute(f"INSERT INTO {self.build}.step VALUES (%s)", (name,))
        self._tell("index")
        self._commit()
        return True

    def _finish_update(self, edition):
        for table in store.UNIQUE:
            store.remove_duplicates(self.cr, self.build, table)
        self._sum_up()
        values = store.read_state(self.cr, self.build)
        store.apply_update(self.cr, self.schema, edition.snapshot)
        store.write_state(self.cr, self.schema, values)
        self._commit()
        return DONE

    def _sum_up(self):
        self.cr.execute(f"SELECT coalesce(sum(rows), 0)::bigint FROM {self.build}.part")
        count = self.cr.fetchone()[0]
        self.cr.execute(f"SELECT coalesce(sum(count), 0)::bigint FROM {self.build}.reject_count")
        store.write_state(self.cr, self.build, {"rows": count, "rejects": self.cr.fetchone()[0]})
        self._tell("swap")


def abandon(cr, schema=store.DEFAULT_SCHEMA):
    """Throw away what an unfinished import has built; the register in use stays as it is."""
    store.drop(cr, store.following(schema))


def _converted(blocks, convert):
    for block in blocks:
        found, count = convert(block)
        yield block, {table: "".join(lines).encode() for table, lines in found.items()}, count


class _prefetch:
    """Run an iterator in a thread, two items ahead: Python converts one batch while PostgreSQL stores the other."""

    _END = object()

    def __init__(self, source):
        self._queue = queue.Queue(2)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, args=(source,), daemon=True)
        self._thread.start()

    def _put(self, item):
        while not self._closing.is_set():
            try:
                self._queue.put(item, timeout=0.2)
                return
            except queue.Full:
                continue

    def _work(self, source):
        try:
            for item in source:
                self._put((item, None))
                if self._closing.is_set():
                    break
            self._put((self._END, None))
        except Exception as error:  # noqa: BLE001 - raised again in the thread that waits for it
            self._put((None, error))
        finally:
            source.close()

    def __iter__(self):
        while True:
            item, error = self._queue.get()
            if error is not None:
                raise error
            if item is self._END:
                return
            yield item

    def close(self):
        self._closing.set()
        self._thread.join()
