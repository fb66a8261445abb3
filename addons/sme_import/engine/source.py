# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One way to read a table, whatever the file: :func:`open_source` looks at the bytes, never at the file's name.

>>> import io
>>> source = open_source(io.BytesIO("Naam;Postcode\\nBakkerij André;4000\\n".encode("cp1252")))
>>> source.format, source.encoding, source.delimiter, source.header
('csv', 'cp1252', ';', ['Naam', 'Postcode'])
>>> list(source.rows())
[(2, ['Bakkerij André', '4000'])]
"""

from . import csvfile, dbffile, xlsxfile
from .errors import ReadError

#: Bytes of a file that is read at all.
LIMIT = 100 * 1024 * 1024
_MAGIC = {b"%PDF": "binary", b"\x89PNG": "binary", b"\xff\xd8\xff": "binary", b"\x1f\x8b": "binary"}


def open_source(stream, *, encoding=None, delimiter=None, sheet=None, header_line=None):
    """Return the reader of a binary ``stream`` that can seek; options given win over what would be recognised.

    A reader has ``format`` ("csv", "xlsx", "dbf"), ``encoding``, ``delimiter``, ``sheets`` and ``sheet`` (names),
    ``header`` (list of str), ``header_line`` (1 is the first), ``skipped`` (deleted records of a dbf file) and
    ``rows()``, which yields ``(line, [values])``: str, int, float, Decimal, bool, date, datetime or None. It may be
    called again. Raises :class:`ReadError`.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    start = stream.read(4096)
    stream.seek(0)
    if not start.strip(b"\0 \r\n\t"):
        raise ReadError("empty")
    if size > LIMIT:
        raise ReadError("too_large", limit=LIMIT // 1024**2)
    for magic, code in _MAGIC.items():
        if start.startswith(magic):
            raise ReadError(code)
    if start.startswith(b"PK"):
        return xlsxfile.Xlsx(stream, sheet=sheet, header_line=header_line)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError("old_excel")
    if dbffile.is_dbf(start, size):
        return dbffile.Dbf(stream, size, encoding=encoding)
    return csvfile.Csv(stream, encoding=encoding, delimiter=delimiter, header_line=header_line)
