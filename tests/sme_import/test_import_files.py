# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files of every kind, whole and broken: what is read is right, what cannot be read says why."""

import datetime
import io
import struct
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sme_import.engine import reading
from sme_import.engine.errors import ReadError
from sme_import.engine.source import open_source
from sme_import.engine.verdict import Verdict

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "addons" / "sme_import" / "tests"))
from dbf import ACT, CSF, table

WORDS = "Crédit à Liège façade Müller Fußweg coöperatie België"


def read(data, **options):
    source = open_source(io.BytesIO(data), **options)
    return source, list(source.rows())


def workbook(*rows, **titles):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def repacked(data, change):
    """A workbook of which ``change(name, bytes)`` gives each part anew."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change(part.filename, old.read(part)))
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encodings_and_separators(encoding, delimiter):
    text = delimiter.join(["Naam", "Plaats", "Bedrag"]) + "\r\n" + delimiter.join([WORDS, "Bièvre", "1"]) + "\r\n"
    source, rows = read(text.encode(encoding))
    assert source.header == ["Naam", "Plaats", "Bedrag"]
    assert rows == [(2, [WORDS, "Bièvre", "1"])]


def test_late_accent_after_a_long_ascii_beginning():
    """The encoding is that of the whole file, not of its first part."""
    text = "Naam;Plaats\n" + "Jansens;Gent\n" * 40_000 + "Crédit;Liège\n"
    source, rows = read(text.encode("cp1252"))
    assert (source.encoding, rows[-1][1]) == ("cp1252", ["Crédit", "Liège"])


def test_wrong_encoding_says_so():
    with pytest.raises(ReadError) as caught:
        read("Naam;Plaats\nCrédit;Liège\n".encode("cp1252"), encoding="utf-8")
    assert caught.value.code == "encoding"


def test_quotation_marks_separators_and_lines_inside_cells():
    _source, rows = read(b'Naam;Adres\n"De ""Zon""; bv";"Straat 1\nBus 2"\nJan;Dorp\n')
    assert rows == [(2, ['De "Zon"; bv', "Straat 1\nBus 2"]), (4, ["Jan", "Dorp"])]


def test_a_quotation_mark_that_is_never_closed():
    with pytest.raises(ReadError) as caught:
        read(b'Naam;Adres\n"Jan;Dorp\n' + b"Piet;Dorp\n" * 5000)
    assert (caught.value.code, caught.value.details) == ("long_cell", {"line": 2})


def test_titles_above_the_header_and_sep_line():
    source, rows = read(b"sep=;\nKlantenlijst;;\nop 01/01/2026;;\n\nNummer;Naam;Plaats\n1;Jan;Gent\n")
    assert (source.header, source.header_line, rows) == (["Nummer", "Naam", "Plaats"], 5, [(6, ["1", "Jan", "Gent"])])
    source, rows = read(b"a;b\n1;2\nNummer;Naam\n3;4\n", header_line=3)
    assert (source.header, rows) == (["Nummer", "Naam"], [(4, ["3", "4"])])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"%PDF-1.7", "binary"),
        (b"Naam;x\0\0\1\2", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_files_that_are_no_tables(data, code):
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == code


def test_workbook_types_and_merged_cells():
    book = openpyxl.Workbook()
    page = book.active
    page.append(["Lijst"])
    page.merge_cells("A1:C1")
    page.append(["Naam", "Bedrag", "Datum"])
    page.append(["Jan", 12.5, datetime.date(2026, 1, 2)])
    page.append([None, None, None])
    page.append(["Piet", 3, None])
    page.merge_cells("A5:A6")
    stream = io.BytesIO()
    book.save(stream)
    source, rows = read(stream.getvalue())
    assert source.header == ["Naam", "Bedrag", "Datum"]
    assert rows[0] == (3, ["Jan", 12.5, datetime.datetime(2026, 1, 2)])
    assert [line for line, _row in rows] == [3, 5]


def test_workbook_with_formulas_that_were_never_calculated():
    data = workbook(["Naam", "Bedrag"], ["Jan", "=1+1"], ["Piet", "=SUM(B1:B2)"])
    with pytest.raises(ReadError) as caught:
        read(data)
    assert (caught.value.code, caught.value.details) == ("formulas", {"count": 2})


def test_workbook_with_calculated_formulas():
    data = workbook(["Naam", "Bedrag"], ["Jan", "=1+1"])

    def calculate(name, content):
        return content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")

    assert read(repacked(data, calculate))[1] == [(2, ["Jan", 2])]


def test_workbook_with_entities():
    data = workbook(["Naam"], ["Jan"])

    def define(name, content):
        if name != "xl/workbook.xml":
            return content
        return b'<!DOCTYPE x [<!ENTITY a "ha">]>' + content

    with pytest.raises(ReadError) as caught:
        read(repacked(data, define))
    assert caught.value.code == "entities"


def test_workbook_that_unpacks_without_end():
    data = workbook(["Naam"], ["Jan"])

    def blow_up(name, content):
        return content + b" " * (80 * 1024 * 1024) if name == "xl/worksheets/sheet1.xml" else content

    with pytest.raises(ReadError) as caught:
        read(repacked(data, blow_up))
    assert caught.value.code == "bomb"


def test_workbook_that_is_cut_off():
    data = workbook(["Naam"], *[[f"Klant {number}"] for number in range(500)])
    for length in (len(data) - 1, len(data) // 2, 100):
        with pytest.raises(ReadError):
            read(data[:length])


def test_sheets():
    book = openpyxl.Workbook()
    book.create_sheet("Export relaties").append(["Naam", "Postcode"])
    book["Export relaties"].append(["Jan", "9000"])
    book.active.append(["Uitleg"])
    stream = io.BytesIO()
    book.save(stream)
    assert read(stream.getvalue())[0].sheet == "Export relaties"
    assert read(stream.getvalue(), sheet="Sheet")[0].header == ["Uitleg"]
    with pytest.raises(ReadError) as caught:
        read(stream.getvalue(), sheet="Blad9")
    assert "Export relaties" in caught.value.details["names"]


def winbooks(count=3, **options):
    rows = [
        [f"K{number}", "1", "Crédit à Liège", "", "SA", "Rue É", "4000", "Liège", "BE", "", "", "", "F", "F"]
        for number in range(count)
    ]
    return table(CSF, rows, **options)


@pytest.mark.parametrize(("encoding", "driver"), [("cp850", 0), ("cp850", 2), ("cp1252", 3), ("cp1252", 0)])
def test_dbase_encodings(encoding, driver):
    source, rows = read(winbooks(encoding=encoding, driver=driver))
    assert (source.format, source.encoding) == ("dbf", encoding)
    assert rows[0][1][:6] == ["K0", "1", "Crédit à Liège", "", "SA", "Rue É"]


def test_dbase_types_and_deleted_records():
    source, rows = read(
        table(ACT, [["1", "V1", "K", "20251231", "", "-12.500"], ["1", "V2", "K", "", "", ""]], deleted={1})
    )
    assert rows == [(1, ["1", "V1", "K", datetime.date(2025, 12, 31), None, Decimal("-12.500")])]
    assert source.skipped == 1


def test_dbase_that_is_cut_off():
    data = winbooks(100)
    with pytest.raises(ReadError) as caught:
        read(data[: len(data) // 2])
    assert caught.value.code == "truncated"
    assert (caught.value.details["expected"], caught.value.details["found"]) == (100, 50 - 1)


def test_dbase_with_a_header_that_lies():
    data = bytearray(winbooks())
    data[10:12] = struct.pack("<H", 20)
    with pytest.raises(ReadError) as caught:
        read(bytes(data))
    assert caught.value.code == "damaged"


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"\x03\x7d\x01\x01", b"Naam;Plaats\n"]))
def test_any_bytes_are_read_or_refused(data, start):
    """Whatever the file holds: rows, or a ReadError; never another error."""
    try:
        read(start + data)
    except ReadError:
        pass


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.integers(0, 255), st.sampled_from(["dbf", "xlsx"]))
def test_a_wrong_byte_is_survived(place, byte, kind):
    data = bytearray(winbooks() if kind == "dbf" else workbook(["Naam", "Plaats"], ["Jan", "Gent"]))
    data[place % len(data)] = byte
    try:
        read(bytes(data))
    except ReadError:
        pass


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r\n\ufeff", exclude_categories=["Cs", "Cc"]), max_size=30
)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=20), st.sampled_from(";,\t|"))
def test_what_was_written_is_read(rows, delimiter):
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["Naam", "Adres", "Plaats"])
    writer.writerows(rows)
    _source, found = read(stream.getvalue().encode(), delimiter=delimiter, encoding="utf-8", header_line=1)
    assert [row for _line, row in found] == [row for row in rows if any(cell.strip() for cell in row)]


def test_a_row_that_is_too_wide_is_refused_and_a_short_one_is_not():
    for row, refused in ((["Jan", "Gent", "x"], True), (["Jan", "Gent", ""], False), (["Jan"], False)):
        verdict = Verdict()
        found = reading.read(row, ["name", "city"], "partners", verdict)
        assert (verdict.refused, found["name"]) == (refused, "Jan")
