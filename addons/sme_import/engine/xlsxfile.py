# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Workbooks (xlsx), read row by row with openpyxl after a look at what the archive would unpack to."""

import re
import zipfile
import zlib
from itertools import islice

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from . import header
from .errors import ReadError

#: Bytes that the parts of a workbook may unpack to, and by how much one large part may grow.
UNPACKED_LIMIT = 400 * 1024 * 1024
RATIO_LIMIT = 200
_LARGE = 10 * 1024 * 1024
ROWS_LIMIT = 500_000
_COLUMNS_LIMIT = 300
_CHUNK = 1024 * 1024
#: A formula of which the file holds no result: whoever wrote the file has not calculated it.
_UNCALCULATED = re.compile(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
#: What the libraries raise on archives and XML that are not what they claim to be.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
)
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
#: Sheets that come first where a workbook has several (Octopus' template has three).
_PREFERRED = ("export relaties", "export relations")


class Xlsx:
    """A workbook; see :func:`source.open_source` for what it offers.

    Formulas count with the result that the file holds. Of merged cells the first has the value, the others are empty.
    """

    format = "xlsx"
    encoding = None
    delimiter = None
    skipped = 0

    def __init__(self, stream, *, sheet=None, header_line=None):
        self._stream = stream
        _inspect(stream)
        book = self._book()
        try:
            self.sheets = tuple(page.title for page in book.worksheets)
            if not self.sheets:
                raise ReadError("not_a_table")
            if sheet and sheet not in self.sheets:
                raise ReadError("no_sheet", name=sheet, names=", ".join(self.sheets))
            self.sheet = sheet or self._best(book)
            first = list(islice(self._lines(book), header.DEPTH))
        finally:
            book.close()
        if not first:
            raise ReadError("empty")
        index = header.find([row for _line, row in first])
        if header_line:
            index = next((place for place, (line, _row) in enumerate(first) if line == header_line), None)
            if index is None:
                raise ReadError("header", line=header_line)
        self.header_line = first[index][0]
        self.header = header.titles(first[index][1])

    def _book(self):
        self._stream.seek(0)
        try:
            return openpyxl.load_workbook(self._stream, read_only=True, data_only=True, keep_links=False)
        except (InvalidFileException, AttributeError, *_DAMAGE) as error:
            raise ReadError("damaged") from error

    def _best(self, book):
        for page in book.worksheets:
            if page.title.lower() in _PREFERRED:
                return page.title
        shown = [page for page in book.worksheets if page.sheet_state == "visible"] or book.worksheets
        for page in shown:
            self.sheet = page.title
            if next(self._lines(book), None):
                return page.title
        return shown[0].title

    def _lines(self, book):
        page = book[self.sheet]
        page.reset_dimensions()
        try:
            for line, row in enumerate(page.iter_rows(values_only=True), 1):
                values = list(row[:_COLUMNS_LIMIT])
                if line > ROWS_LIMIT:
                    raise ReadError("too_many_rows", limit=ROWS_LIMIT)
                if header.filled(values):
                    yield line, values
        except ReadError:
            raise
        except _DAMAGE as error:
            raise ReadError("damaged") from error

    def rows(self):
        """Yield ``(line, [values])`` of each line below the header that is not empty."""
        book = self._book()
        try:
            for line, row in self._lines(book):
                if line > self.header_line:
                    yield line, row
        finally:
            book.close()


def _inspect(stream):
    """Refuse what is no workbook, would unpack to too much, defines XML entities, or was never calculated."""
    try:
        archive = zipfile.ZipFile(stream)
        parts = archive.infolist()
    except _DAMAGE as error:
        raise ReadError("damaged") from error
    if any(part.flag_bits & 1 for part in parts):
        raise ReadError("encrypted")
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise ReadError("not_a_table")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise ReadError("bomb")
    for part in parts:
        if part.file_size > _LARGE and part.file_size > RATIO_LIMIT * max(1, part.compress_size):
            raise ReadError("bomb")
    uncalculated = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            uncalculated += _scan(archive, part)
    if uncalculated:
        raise ReadError("formulas", count=uncalculated)


def _scan(archive, part):
    """Read one part without parsing it; return how many formulas of it have no result."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    tail, count, seen = b"", 0, 0
    try:
        with archive.open(part) as file:
            while block := file.read(_CHUNK):
                if not seen and (b"\0" in block[:64]):
                    raise ReadError("entities")
                seen += len(block)
                if seen > UNPACKED_LIMIT:
                    raise ReadError("bomb")
                text = tail + block
                if any(word in text for word in _FORBIDDEN):
                    raise ReadError("entities")
                cut = max(text.rfind(b"</c>") + 4, len(text) - 4096) if is_sheet else len(text) - 16
                cut = max(0, cut)
                if is_sheet:
                    count += len(_UNCALCULATED.findall(text[:cut]))
                tail = text[cut:]
    except ReadError:
        raise
    except _DAMAGE as error:
        raise ReadError("damaged") from error
    return count + (len(_UNCALCULATED.findall(tail)) if is_sheet else 0)
