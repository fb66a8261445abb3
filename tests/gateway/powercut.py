"""A disk whose power can be cut: what was written but not synced is lost, wholly or in parts.

SQLite writes through a VFS of ours (apsw), the service's files through a subclass of its own ``Disk``. Both keep,
beside the real files, what a disk would still hold: what was synced, and what was written since. ``survivors`` makes
the disk as it may be found after the cut: of the unsynced writes to each file any may be there, in pieces of 512 bytes;
of the unsynced changes to a folder the first so many.

Not simulated: a disk that reports as synced what it is not, and sectors that turn unreadable.
"""

import itertools
from pathlib import Path

import apsw
from peppol_gateway.database import Database
from peppol_gateway.disk import Disk

SECTOR = 512
_names = itertools.count()


class PowerCut(BaseException):
    """The power is gone: nothing may handle this."""


class Power:
    """Counts what reaches the disk; cuts at the ``cut``-th write or sync (None: never)."""

    def __init__(self, cut=None):
        self.cut = cut
        self.operations = 0
        self.files = {}  # path → File
        self.folders = {}  # path → Folder

    def step(self):
        if self.cut is not None and self.operations >= self.cut:
            raise PowerCut
        self.operations += 1

    def file(self, path):
        return self.files.setdefault(str(path), File())

    def survivors(self, source, target, chance):
        """Write below ``target`` what is left of the files below ``source``."""
        gone, moved = set(), {}
        for folder in self.folders.values():
            for action, *names in folder.unsynced[chance.randint(0, len(folder.unsynced)) :]:
                # this change of the folder is lost: undo it, in the end as at the beginning
                if action == "rename":
                    moved[names[1]] = names[0]
                elif action == "remove":
                    moved[names[0]] = names[0]
        for path, file in self.files.items():
            content = file.after_cut(chance)
            place = moved.get(path, path)
            if content is None or place in gone:
                continue
            destination = Path(target) / Path(place).relative_to(source)
            destination.parent.mkdir(parents=True, exist_ok=True)
            destination.write_bytes(content)


class File:
    """One file: its synced bytes, and what was written since."""

    def __init__(self):
        self.synced = None  # not there until its first sync
        self.pending = []  # (offset, bytes) or (size, None) for a truncation
        self.removed = False

    def write(self, offset, data):
        self.pending.append((offset, bytes(data)))

    def truncate(self, size):
        self.pending.append((size, None))

    def sync(self):
        content = bytearray(self.synced or b"")
        for offset, data in self.pending:
            _apply(content, offset, data)
        self.synced, self.pending = bytes(content), []

    def after_cut(self, chance):
        if self.removed or (self.synced is None and chance.random() < 0.5):
            return None
        content = bytearray(self.synced or b"")
        for offset, data in self.pending:
            if data is None:
                if chance.random() < 0.5:
                    _apply(content, offset, None)
                continue
            for start in range(0, len(data), SECTOR):
                if chance.random() < 0.5:
                    _apply(content, offset + start, data[start : start + SECTOR])
        return bytes(content)


def _apply(content, offset, data):
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Folder:
    def __init__(self):
        self.unsynced = []


def disk_of(power):
    """A Disk class that tells ``power`` what it does."""

    class RecordedDisk(Disk):
        def changes(self):
            return power.folders.setdefault(str(self.folder), Folder()).unsynced

        def append(self, file, chunk):
            power.step()
            power.file(file.name).write(file.tell(), chunk)
            super().append(file, chunk)

        def sync(self, file):
            power.step()
            power.file(file.name).sync()

        def rename(self, old, new):
            power.step()
            super().rename(old, new)
            power.files[str(self.path(new))] = power.files.pop(str(self.path(old)))
            self.changes().append(("rename", str(self.path(old)), str(self.path(new))))

        def sync_folder(self):
            power.step()
            self.changes().clear()

        def remove(self, name):
            power.step()
            super().remove(name)
            power.files.pop(str(self.path(name)), None)

    return RecordedDisk


def database_of(power):
    """A Database class that works through apsw and a VFS that tells ``power`` what SQLite does."""
    name = f"powercut{next(_names)}"
    vfs = _Vfs(name, power)

    class RecordedDatabase(Database):
        def connect(self):
            self.vfs = vfs  # must outlive the connection
            connection = apsw.Connection(self.path, vfs=name)
            # without shared memory, which this VFS has not, the log needs the file for one connection alone
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            return connection

        def query(self, connection, sql, parameters):
            cursor = connection.cursor()
            return [
                dict(zip((column[0] for column in cursor.getdescription()), row, strict=True))
                for row in cursor.execute(sql, parameters)
            ]

    return RecordedDatabase


class _Vfs(apsw.VFS):
    def __init__(self, name, power):
        self.power = power
        self.name = name
        super().__init__(name, "")

    def xOpen(self, name, flags):
        return _VfsFile(self.power, name, flags)

    def xDelete(self, filename, syncdir):
        self.power.step()
        super().xDelete(filename, syncdir)
        self.power.files.pop(filename, None)


class _VfsFile(apsw.VFSFile):
    def __init__(self, power, name, flags):
        self.power = power
        self.file = power.file(name.filename() if isinstance(name, apsw.URIFilename) else name)
        super().__init__("", name, flags)

    def xWrite(self, data, offset):
        self.power.step()
        self.file.write(offset, data)
        super().xWrite(data, offset)

    def xTruncate(self, size):
        self.power.step()
        self.file.truncate(size)
        super().xTruncate(size)

    def xSync(self, flags):
        self.power.step()
        self.file.sync()
        # the machine itself keeps its power: nothing need wait for its disk
