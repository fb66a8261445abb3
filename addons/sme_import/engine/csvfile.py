# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text files with separators: which encoding, which separator, and row by row what is in them."""

import codecs
import csv
import io
from itertools import islice

from . import header
from .errors import ReadError

ENCODINGS = ("utf-8", "cp1252", "cp850", "utf-16", "iso-8859-15", "cp437")
DELIMITERS = (";", ",", "\t", "|")
#: Bytes that are looked at to choose an encoding and a separator.
SAMPLE = 256 * 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: More lines than this inside one cell: a quotation mark was never closed.
_LINES_IN_CELL = 20


def encoding_of(data, *, whole=True):
    """Return the encoding of the bytes ``data``; ``whole``: they are all there is, not a first part.

    UTF-8 proves itself. Between the encodings of Windows and of DOS, accented letters inside words decide: the bytes
    that are letters in one are signs in the other.

    >>> [encoding_of("Crédit Désiré".encode(name)) for name in ("utf-8", "cp1252", "cp850", "utf-8-sig")]
    ['utf-8', 'cp1252', 'cp850', 'utf-8-sig']
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if _is_utf8(data, whole):
        return "utf-8"
    windows = dos = 0
    for place in range(1, len(data)):
        byte = data[place]
        if byte < 0x80 or not _letter(data[place - 1]):
            continue
        if byte >= 0xC0:
            windows += 1
        elif 0x81 <= byte <= 0x90 or byte in (0x93, 0x94, 0x96, 0x97, 0xA0, 0xA1, 0xA2, 0xA3):
            dos += 1
    return "cp850" if dos > windows else "cp1252"


def _is_utf8(data, whole):
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True


def _letter(byte):
    return 0x41 <= byte <= 0x5A or 0x61 <= byte <= 0x7A


def delimiter_of(text):
    """Return the separator that cuts the lines of ``text`` into the most columns, most alike.

    >>> delimiter_of("a;b;c\\n1,5;2;3\\n2,5;3;4\\n"), delimiter_of("a,b\\n1,2\\n"), delimiter_of("sep=|\\na|b\\n")
    (';', ',', '|')
    """
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]
    best, best_score = ";", 0.0
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=delimiter), 40) if row]
        except csv.Error:
            continue
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        score = (usual - 1) * widths.count(usual) / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


class Csv:
    """A text file; see :func:`source.open_source` for what it offers."""

    format = "csv"
    sheets = ()
    sheet = None
    skipped = 0

    def __init__(self, stream, *, encoding=None, delimiter=None, header_line=None):
        self._stream = stream
        stream.seek(0)
        sample = stream.read(SAMPLE)
        whole = len(sample) < SAMPLE
        found = encoding_of(sample, whole=whole)
        if not encoding and found == "utf-8" and not whole and not self._is_utf8():
            found = encoding_of(stream_bytes(stream))
        self.encoding = encoding or found
        if b"\0" in sample and not self.encoding.startswith("utf-16"):
            raise ReadError("binary")
        text = sample.decode(self.encoding, errors="ignore").lstrip("\ufeff")
        self.delimiter = delimiter or delimiter_of(text)
        first = list(islice(self._lines(), header.DEPTH))
        if not first:
            raise ReadError("empty")
        if header_line:
            index = next((place for place, (line, _row) in enumerate(first) if line == header_line), None)
            if index is None:
                raise ReadError("header", line=header_line)
        else:
            index = header.find([row for _line, row in first])
        self.header_line = first[index][0]
        self.header = header.titles(first[index][1])
        if len(self.header) < 1:
            raise ReadError("not_a_table")

    def _is_utf8(self):
        decoder = codecs.getincrementaldecoder("utf-8")()
        self._stream.seek(0)
        try:
            while block := self._stream.read(SAMPLE):
                decoder.decode(block)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
        return True

    def _lines(self):
        self._stream.seek(0)
        text = io.TextIOWrapper(_Unclosable(self._stream), encoding=self.encoding, newline="")
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=self.delimiter)
        before = 0
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise ReadError("long_cell", line=before + 1) from error
            except UnicodeError as error:
                raise ReadError("encoding", encoding=self.encoding) from error
            line, before = before + 1, reader.line_num
            if before - line > _LINES_IN_CELL:
                raise ReadError("long_cell", line=line)
            if line == 1 and row:
                row[0] = row[0].lstrip("\ufeff")
                if len(row) <= 2 and row[0].lower().startswith("sep="):
                    continue
            if any(cell.strip() for cell in row):
                yield line, row

    def rows(self):
        """Yield ``(line, [str])`` of each line below the header that is not empty."""
        for line, row in self._lines():
            if line > self.header_line:
                yield line, row


class _Unclosable(io.RawIOBase):
    """A view on a stream that closing the text above it leaves open."""

    def __init__(self, stream):
        super().__init__()
        self._stream = stream

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def stream_bytes(stream):
    """Return all bytes of ``stream``."""
    stream.seek(0)
    return stream.read()
