# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""dBase and FoxPro tables, as WinBooks keeps its data.

Layout: a header of 32 bytes, 32 bytes per field, the byte 0x0D, then records of one length, each starting with a blank
or, where it was deleted, an asterisk. Memo texts lie in a file of their own, which is not read: such a field is empty.
"""

import datetime
import struct
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from . import header
from .csvfile import SAMPLE, encoding_of
from .errors import ReadError

_VERSIONS = frozenset({0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5})
#: Language driver → encoding; what is not here is told from the texts themselves.
_DRIVERS = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252"}
_BATCH = 512


@dataclass(frozen=True)
class Field:
    """One field: name, type letter, where it starts in the record, and its length in bytes."""

    name: str
    type: str
    start: int
    length: int


def is_dbf(start, size):
    """Tell whether a file of ``size`` bytes that begins with ``start`` is such a table."""
    if len(start) < 33 or start[0] not in _VERSIONS:
        return False
    length, record = struct.unpack("<HH", start[8:12])
    return start[2] <= 12 and start[3] <= 31 and 33 <= length <= size and record > 1


class Dbf:
    """A dBase table; see :func:`source.open_source` for what it offers. ``line`` is the number of the record."""

    format = "dbf"
    delimiter = None
    sheets = ()
    sheet = None
    header_line = 0

    def __init__(self, stream, size, *, encoding=None):
        self._stream = stream
        stream.seek(0)
        head = stream.read(32)
        self._count, self._start, self._length = struct.unpack("<IHH", head[4:12])
        self.fields = self._read_fields()
        if not self.fields or sum(field.length for field in self.fields) + 1 > self._length:
            raise ReadError("damaged")
        whole = max(0, size - self._start) // self._length
        if whole < self._count:
            raise ReadError("truncated", expected=self._count, found=whole)
        stream.seek(self._start)
        self.encoding = encoding or _DRIVERS.get(head[29]) or encoding_of(stream.read(SAMPLE), whole=False)
        self.header = header.titles([field.name for field in self.fields])
        self.skipped = 0

    def _read_fields(self):
        found, place = [], 1
        for _number in range((self._start - 33) // 32):
            block = self._stream.read(32)
            if len(block) < 32 or block[0] in (0x0D, 0x00):
                break
            name = block[:11].split(b"\0")[0].decode("ascii", errors="replace").strip()
            kind, length = chr(block[11]), block[16]
            if kind == "C":
                length += block[17] << 8  # long texts of FoxPro and Clipper
            if kind != "0":
                found.append(Field(name, kind, place, length))
            place += length
        return found

    def rows(self):
        """Yield ``(record, [values])``; deleted records are left out and counted in ``skipped``."""
        self.skipped = 0
        number = 0
        self._stream.seek(self._start)
        while number < self._count:
            block = self._stream.read(self._length * min(_BATCH, self._count - number))
            for place in range(0, len(block), self._length):
                record = block[place : place + self._length]
                number += 1
                if record[:1] == b"*":
                    self.skipped += 1
                else:
                    yield number, [self._value(field, record) for field in self.fields]

    def _value(self, field, record):
        data = record[field.start : field.start + field.length]
        if field.type == "C":
            return data.decode(self.encoding, errors="replace").rstrip(" \0")
        read = _TYPES.get(field.type)
        return read(data) if read else None


def _number(data):
    text = data.decode("ascii", errors="replace").strip(" \0*")
    try:
        return Decimal(text.replace(",", ".")) if text else None
    except InvalidOperation:
        return text


def _date(data):
    text = data.decode("ascii", errors="replace").strip(" \0")
    try:
        return datetime.datetime.strptime(text, "%Y%m%d").date() if text.strip("0") else None
    except ValueError:
        return text


def _logical(data):
    return {"T": True, "Y": True, "J": True, "F": False, "N": False}.get(data[:1].decode("ascii", "replace").upper())


_TYPES = {
    "N": _number,
    "F": _number,
    "D": _date,
    "L": _logical,
    "I": lambda data: struct.unpack("<i", data)[0] if len(data) == 4 else None,
    "+": lambda data: struct.unpack("<i", data)[0] if len(data) == 4 else None,
    "Y": lambda data: Decimal(struct.unpack("<q", data)[0]) / 10000 if len(data) == 8 else None,
    "B": lambda data: Decimal(repr(struct.unpack("<d", data)[0])) if len(data) == 8 else None,
}
