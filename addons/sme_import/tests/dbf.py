# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes dBase tables, for tests."""

import struct


def table(fields, rows, *, encoding="cp850", driver=0, deleted=(), version=0x03):
    """Return the bytes of a table.

    :param fields: list of ``(name, type letter, length, decimals)``.
    :param rows: list of lists of texts as they stand in the file.
    :param deleted: places of rows that are marked as deleted.
    """
    length = 1 + sum(field[2] for field in fields)
    head = struct.pack("<BBBBIHH", version, 125, 1, 1, len(rows), 33 + 32 * len(fields), length)
    data = head + bytes(17) + bytes([driver]) + bytes(2)
    for name, kind, size, decimals in fields:
        data += name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, decimals]) + bytes(14)
    data += b"\r"
    for place, row in enumerate(rows):
        data += b"*" if place in deleted else b" "
        for (_name, kind, size, _decimals), value in zip(fields, row, strict=True):
            text = str(value).encode(encoding)[:size]
            data += text.rjust(size) if kind in "NF" else text.ljust(size)
    return data + b"\x1a"


#: The fields of WinBooks' table of customers and suppliers that matter here.
CSF = [
    ("NUMBER", "C", 10, 0),
    ("TYPE", "C", 1, 0),
    ("NAME1", "C", 40, 0),
    ("NAME2", "C", 40, 0),
    ("CIVNAME1", "C", 10, 0),
    ("ADRESS1", "C", 40, 0),
    ("ZIPCODE", "C", 10, 0),
    ("CITY", "C", 40, 0),
    ("COUNTRY", "C", 6, 0),
    ("VATNUMBER", "C", 15, 0),
    ("TELNUMBER", "C", 35, 0),
    ("BNKACCNT", "C", 40, 0),
    ("LANG", "C", 2, 0),
    ("ISLOCKED", "L", 1, 0),
]
#: And of its table of entries.
ACT = [
    ("DOCTYPE", "C", 1, 0),
    ("DOCNUMBER", "C", 8, 0),
    ("ACCOUNTRP", "C", 10, 0),
    ("DATEDOC", "D", 8, 0),
    ("DUEDATE", "D", 8, 0),
    ("AMOUNTEUR", "N", 17, 3),
]
