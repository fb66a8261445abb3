# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read a KBO/BCE Open Data zip that may be broken or hostile, without ever holding or unpacking it whole.

Nothing is written to disk and no name in the zip is used as a path. What does not look like an Open Data file is
refused before its first row is read: see :func:`open_archive`.
"""

import csv
import os
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date

from . import layout
from .errors import BadArchive, BadContent

#: The real full edition of 2025 unpacks to about 2.2 GB (activity.csv: 1.5 GB).
MAX_UNPACKED = 20 * 1024**3
MAX_MEMBERS = 40
#: CSV of codes and dates deflates 10 to 30 times; deflate's own limit is about 1030.
MAX_RATIO = 200
MAX_META = 64 * 1024
CHUNK = 1024 * 1024
#: The longest legal row (all fields full, quoted) is under 2 KB.
MAX_LINE = 64 * 1024
#: A quoted text may hold line breaks; more of them than this is an unclosed quote.
MAX_BREAKS = 8

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True)
class Edition:
    """What a zip says of itself. ``kind`` is "full" or "update", ``number`` the extract number (consecutive)."""

    kind: str
    number: int
    snapshot: date
    version: str
    members: dict  # member name without .csv → (size in bytes, CRC)

    @property
    def size(self):
        """Bytes to read, all members together."""
        return sum(size for size, _crc in self.members.values())

    @property
    def fingerprint(self):
        """Tells two editions' contents apart without reading them."""
        return ";".join(f"{name}:{size}:{crc:08x}" for name, (size, crc) in sorted(self.members.items()))


def _check_member(info):
    name = info.filename
    if "/" in name or "\\" in name or ".." in name or ":" in name or name != os.path.basename(name) or info.is_dir():
        raise BadArchive("path", f"the zip holds a path, {name!r}: the official file holds none", name=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise BadArchive("path", f"the zip holds a link, {name!r}", name=name)
    if info.flag_bits & 0x1:
        raise BadArchive("encrypted", f"{name!r} is encrypted", name=name)
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadArchive("compression", f"{name!r} uses a compression that the official file does not", name=name)
    if info.file_size > max(info.compress_size, 4096) * MAX_RATIO:
        raise BadArchive("bomb", f"{name!r} would unpack to {info.file_size} bytes: a zip bomb", name=name)


def open_archive(path):
    """Open the zip at ``path`` and return ``(zipfile, edition)``; the caller closes the zipfile.

    Raises BadArchive (``missing``, ``not_zip``, ``path``, ``encrypted``, ``compression``, ``bomb``, ``duplicate``,
    ``members``, ``not_register``) or BadContent (``encoding``, ``header``, ``meta``).
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise BadArchive("missing", "this is not a file")
        archive = zipfile.ZipFile(path)
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise BadArchive("missing", "the file is not there or cannot be read") from error
    except _BROKEN as error:
        raise BadArchive("not_zip", "not a zip file, or not a whole one") from error
    try:
        return archive, _describe(archive)
    except BaseException:
        archive.close()
        raise


def _describe(archive):
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise BadArchive("members", f"the zip holds {len(infos)} files", count=len(infos))
    members = {}
    for info in infos:
        _check_member(info)
        if not info.filename.endswith(".csv"):
            continue
        name = info.filename[:-4]
        if name in members:
            raise BadArchive("duplicate", f"{info.filename!r} is there twice", name=info.filename)
        members[name] = (info.file_size, info.CRC)
    unpacked = sum(info.file_size for info in infos)
    if unpacked > MAX_UNPACKED or unpacked > (os.fstat(archive.fp.fileno()).st_size + 4096) * MAX_RATIO:
        # Members that share their compressed bytes pass the check of each but not this one.
        raise BadArchive("bomb", f"the files would unpack to {unpacked} bytes", name="zip")
    if "meta" not in members or members["meta"][0] > MAX_META:
        raise BadArchive("not_register", "there is no meta.csv: not a KBO/BCE Open Data file", missing="meta.csv")
    kind, number, snapshot, version = _read_meta(archive)
    suffix = "" if kind == "full" else "_insert"
    for name in layout.REQUIRED:
        if name + suffix not in members:
            raise BadArchive("not_register", f"{name}{suffix}.csv is missing", missing=f"{name}{suffix}.csv")
    known = {"meta", "code"}
    for name in layout.FACTS:
        known |= {name} if kind == "full" else {f"{name}_insert", f"{name}_delete"}
    return Edition(kind, number, snapshot, version, {name: members[name] for name in members if name in known})


def _read_meta(archive):
    values = {}
    for block in CsvBlocks(archive, "meta", layout.COLUMNS["meta"]):
        values.update(tuple(row) for _line, row in block.rows())
    try:
        kind = values["ExtractType"].strip().lower()
        if kind not in ("full", "update"):
            raise ValueError(kind)
        number = int(values["ExtractNumber"])
        snapshot = layout.read_date(values["SnapshotDate"].strip())
    except (KeyError, ValueError) as error:
        raise BadContent("meta", "meta.csv does not name the edition", file="meta.csv") from error
    return kind, number, snapshot, values.get("Version", "")


class Block:
    """Rows of one stretch of a file. ``offset`` and ``line`` say where the file goes on after it."""

    __slots__ = ("_fast", "_order", "_slow", "_start", "line", "offset", "rejects", "width")

    def __init__(self, start, fast, slow, rejects, offset, line, width, order):
        self._start, self._fast, self._slow = start, fast, slow
        self.rejects, self.offset, self.line, self.width, self._order = rejects, offset, line, width, order

    def rows(self):
        """Yield ``(line number, fields)``; rows with another number of columns are put in ``rejects``."""
        width, order = self.width, self._order
        pairs = enumerate(self._fast, self._start) if self._slow is None else self._slow
        for line, row in pairs:
            if len(row) == width:
                yield line, [row[i] for i in order] if order else row
            elif row:
                self.rejects.append((line, "columns"))


class CsvBlocks:
    """Iterate over one member as :class:`Block` objects of about ``CHUNK`` bytes, from a byte ``offset`` onwards.

    Physical lines longer than ``MAX_LINE`` are dropped unread and put in the block's ``rejects`` ("too_long"), so a
    2 GB line costs time, not memory. Text is UTF-8 or BadContent (``encoding``) is raised: a wrongly encoded register
    would be searched in vain. The header must name the columns, in any order (BadContent ``header``).
    """

    def __init__(self, archive, name, columns, offset=0, line=0):
        self.archive, self.name, self.columns = archive, name, columns
        self.offset, self.line = offset, line
        self._order = None
        self._width = len(columns)

    def __iter__(self):
        try:
            with self.archive.open(f"{self.name}.csv") as stream:
                yield from self._blocks(stream)
        except _BROKEN as error:
            raise BadArchive("damaged", f"{self.name}.csv is damaged in the zip", name=f"{self.name}.csv") from error

    def _blocks(self, stream):
        tail = self._header(stream)
        skip = self.offset - self._header_size
        if skip > 0:
            # A deflated stream can only be skipped by reading it.
            skip -= len(tail)
            while skip > 0:
                data = stream.read(min(CHUNK, skip))
                if not data:
                    return
                skip -= len(data)
            tail = tail[len(tail) + skip :] if skip < 0 else b""
        else:
            self.offset, self.line = self._header_size, 1
        dropping = False
        rejects = []
        while True:
            chunk = stream.read(CHUNK)
            data = tail + chunk
            if dropping:
                cut = data.find(b"\n") + 1
                dropped = cut or len(data)
                self.offset += dropped
                data = data[dropped:]
                if not cut and chunk:
                    tail = b""
                    continue
                self.line += 1
                dropping = False
            end = data.rfind(b"\n") + 1 if chunk else len(data)
            tail = data[end:]
            if end or rejects:
                block, kept = self._block(data[:end], rejects, final=not chunk)
                rejects = []
                tail = kept + tail
                if block is not None:
                    yield block
            if len(tail) > MAX_LINE and chunk:
                rejects = [(self.line + 1, "too_long")]
                self.offset += len(tail)
                tail, dropping = b"", True
            if not chunk:
                return

    def _header(self, stream):
        data = stream.read(MAX_LINE)
        cut = data.find(b"\n") + 1
        if not cut:
            cut = len(data)
        self._header_size = cut
        text = self._decode(data[:cut].removeprefix(b"\xef\xbb\xbf"), 1)
        try:
            found = next(csv.reader([text]), [])
        except csv.Error:
            found = []
        found = [name.strip() for name in found]
        missing = [name for name in self.columns if name not in found]
        if missing:
            raise BadContent(
                "header",
                f"{self.name}.csv does not have the column {missing[0]}",
                file=f"{self.name}.csv",
                column=missing[0],
            )
        if found != list(self.columns):
            self._order = [found.index(name) for name in self.columns]
            self._width = len(found)
        return data[cut:]

    def _decode(self, data, line):
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            line += data.count(b"\n", 0, error.start)
            raise BadContent(
                "encoding", f"{self.name}.csv is not UTF-8 text (line {line})", file=f"{self.name}.csv", line=line
            ) from error
        if "\0" in text:
            line += text.count("\n", 0, text.index("\0"))
            raise BadContent(
                "encoding", f"{self.name}.csv is not text (line {line})", file=f"{self.name}.csv", line=line
            )
        return text

    def _block(self, data, rejects, final):
        """Return a block of the whole lines in ``data`` and the bytes that belong with the next one."""
        text = self._decode(data, self.line + 1)
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        start = self.line + 1
        try:
            rows = list(csv.reader(lines, strict=True)) if max(map(len, lines), default=0) <= MAX_LINE else None
        except csv.Error:
            rows = None
        kept = b""
        slow = None
        if rows is None or len(rows) != len(lines):
            slow, used = self._careful(lines, start, rejects, final)
            if used < len(lines):
                kept = ("\n".join(lines[used:]) + "\n").encode()
            rows, lines = None, lines[:used]
        self.offset += len(data) - len(kept)
        self.line += len(lines)
        if not lines and not rejects:
            return None, kept
        return Block(start, rows, slow, rejects, self.offset, self.line, self._width, self._order), kept

    def _careful(self, lines, start, rejects, final):
        """Read rows one by one where a quote is open or wrong, so that one bad row costs one row."""
        rows = []
        index = 0
        while index < len(lines):
            if len(lines[index]) > MAX_LINE:
                rejects.append((start + index, "too_long"))
                index += 1
                continue
            for breaks in range(MAX_BREAKS + 1):
                if index + breaks >= len(lines):
                    if not final and index >= len(lines) - MAX_BREAKS and index:
                        return rows, index
                    breaks = None
                    break
                try:
                    row = next(csv.reader(["\n".join(lines[index : index + breaks + 1])], strict=True), [])
                except csv.Error:
                    continue
                if not breaks or len(row) == self._width:
                    rows.append((start + index, row))
                    break
            else:
                breaks = None
            if breaks is None:
                rejects.append((start + index, "quotes"))
                breaks = 0
            index += breaks + 1
        return rows, index
