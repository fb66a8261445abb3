# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import doctest
import importlib
import io
import os
import tempfile
import tracemalloc
import zipfile
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..register import archive, layout, names, rows, sample, vies
from ..register.archive import CsvBlocks, open_archive
from ..register.errors import BadArchive, BadContent
from .register_common import RegisterFiles, write_zip


class OneMember:
    """Stands in for a zip with one member, read from any stream."""

    def __init__(self, make):
        self.make = make

    def open(self, _name):
        return self.make()


def blocks_of(data, columns=("A", "B"), **options):
    return CsvBlocks(OneMember(lambda: io.BytesIO(data)), "file", columns, **options)


def read_all(blocks):
    found, rejects = [], []
    for block in blocks:
        found += [tuple(row) for _line, row in block.rows()]
        rejects += block.rejects
    return found, rejects


@tagged("post_install", "-at_install")
class TestRegisterReader(RegisterFiles, BaseCase):
    def test_doctests(self):
        for module in ("forms", "layout", "lookup", "names", "rows", "sample", "store", "vies"):
            name = f"{archive.__package__}.{module}"
            result = doctest.testmod(importlib.import_module(name))
            self.assertTrue(result.attempted, f"no doctest in {module}")
            self.assertFalse(result.failed, module)

    # Rows ---------------------------------------------------------------------------------------------------------

    @settings(max_examples=60, deadline=None)
    @given(
        table=st.lists(
            st.tuples(
                st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12),
                st.text(st.sampled_from('ab"\n,é \\'), max_size=8),
            ),
            max_size=30,
        ),
        chunk=st.integers(100, 300),
    )
    def test_reads_what_csv_reads(self, table, chunk):
        """Whatever the rows and wherever the chunks end, the rows are those of the csv module."""
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(("A", "B"))
        writer.writerows(table)
        with patch.object(archive, "CHUNK", chunk):
            found, rejects = read_all(blocks_of(out.getvalue().encode()))
        self.assertEqual(found, table)
        self.assertEqual(rejects, [])

    @settings(max_examples=30, deadline=None)
    @given(count=st.integers(0, 200), chunk=st.integers(64, 400))
    def test_goes_on_from_any_block(self, count, chunk):
        """Reading from a block's end gives the rest: none twice, none left out, line numbers included."""
        data = ("A,B\n" + "".join(f'"é{i}",{i}\n' for i in range(count))).encode()
        with patch.object(archive, "CHUNK", chunk):
            blocks = list(blocks_of(data))
            lines = [[(line, tuple(row)) for line, row in block.rows()] for block in blocks]
            for index, block in enumerate(blocks):
                rest = blocks_of(data, offset=block.offset, line=block.line)
                found = [(line, tuple(row)) for b in rest for line, row in b.rows()]
                self.assertEqual(found, [pair for later in lines[index + 1 :] for pair in later])

    def test_bad_rows_cost_only_themselves(self):
        data = b'A,B\n"a","1"\nalone\n"b","2"\n"open,3\n"c","4"\n"d","5","6"\n"e",""quo"te\n"f","7"\n'
        found, rejects = read_all(blocks_of(data))
        self.assertEqual(found, [("a", "1"), ("b", "2"), ("c", "4"), ("f", "7")])
        self.assertEqual(sorted(rejects), [(3, "columns"), (5, "quotes"), (7, "columns"), (8, "quotes")])

    def test_line_break_in_a_text(self):
        found, rejects = read_all(blocks_of(b'A,B\n"two\nlines","1"\n"x","2"\n'))
        self.assertEqual((found, rejects), ([("two\nlines", "1"), ("x", "2")], []))

    def test_columns_in_another_order_and_new_ones(self):
        found, _rejects = read_all(blocks_of(b"\xef\xbb\xbfNEW,B,A\n0,1,a\n"))
        self.assertEqual(found, [("a", "1")])

    def test_two_gigabyte_line(self):
        """A line of 2 GB is counted and passed over in bounded memory."""

        class Endless(io.RawIOBase):
            def __init__(self):
                self.parts = [b'A,B\n"a","1"\n"', 2 * 1024**3, b'"\n"b","2"\n']

            def readable(self):
                return True

            def read(self, size):  # pylint: disable=method-required-super
                part = self.parts[0] if self.parts else b""
                if isinstance(part, int):
                    size = min(size, part)
                    self.parts[0] -= size
                    if not self.parts[0]:
                        self.parts.pop(0)
                    return b"x" * size
                if self.parts:
                    self.parts[0] = part[size:]
                    if not self.parts[0]:
                        self.parts.pop(0)
                return part[:size]

        tracemalloc.start()
        try:
            found, rejects = read_all(CsvBlocks(OneMember(Endless), "file", ("A", "B")))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        self.assertEqual((found, rejects), ([("a", "1"), ("b", "2")], [(3, "too_long")]))
        self.assertLess(peak, 20e6)

    def test_wrong_encodings_are_refused(self):
        for data in ("A,B\né,1\n".encode("latin-1"), "A,B\né,1\n".encode("utf-16"), b"A,B\nx\0y,1\n"):
            with self.assertRaises(BadContent) as caught:
                read_all(blocks_of(data))
            self.assertIn(caught.exception.code, ("encoding", "header"))
        with self.assertRaises(BadContent) as caught:
            read_all(blocks_of("A,B\na,1\nb,2\né,1\n".encode("latin-1")))
        self.assertEqual(caught.exception.details, {"file": "file.csv", "line": 4})

    # Archives -----------------------------------------------------------------------------------------------------

    def refused(self, path):
        with self.assertRaises((BadArchive, BadContent)) as caught:
            open_archive(path)[0].close()
        return caught.exception.code

    def test_hostile_archives_are_refused(self):
        folder = self.make_folder()
        path = os.path.join(folder, "x.zip")
        for name in ("../evil.csv", "/etc/evil.csv", "a/b.csv", "a\\b.csv", "C:evil.csv"):
            self.assertEqual(self.refused(write_zip(path, extra=[(name, "x")])), "path", name)
        link = zipfile.ZipInfo("link.csv")
        link.external_attr = 0o120777 << 16
        self.assertEqual(self.refused(write_zip(path, extra=[(link, "/etc/passwd")])), "path")
        self.assertEqual(self.refused(write_zip(path, extra=[("big.csv", b"0" * 30_000_000)])), "bomb")
        with self.assertWarns(UserWarning):
            write_zip(path, extra=[("code.csv", "x")])
        self.assertEqual(self.refused(path), "duplicate")
        self.assertEqual(self.refused(write_zip(path, extra=[(f"{i}.csv", "x") for i in range(60)])), "members")
        packed = zipfile.ZipInfo("packed.csv")
        packed.compress_type = zipfile.ZIP_LZMA
        self.assertEqual(self.refused(write_zip(path, extra=[(packed, "x")])), "compression")

    def test_encrypted_member(self):
        path = write_zip(os.path.join(self.make_folder(), "x.zip"), extra=[("note.txt", "x")])
        with open(path, "rb") as file:
            data = bytearray(file.read())
        central = data.rindex(b"PK\x01\x02")
        data[central + 8] |= 1
        with open(path, "wb") as file:
            file.write(data)
        self.assertEqual(self.refused(path), "encrypted")

    def test_declared_size_that_lies(self):
        """A member that unpacks to more than it says is cut off and found damaged."""
        path = write_zip(os.path.join(self.make_folder(), "x.zip"))
        with open(path, "rb") as file:
            data = file.read()
        with zipfile.ZipFile(path) as zipped:
            size = zipped.getinfo("address.csv").file_size.to_bytes(4, "little")
        with open(path, "wb") as file:
            file.write(data.replace(size, (60).to_bytes(4, "little")))
        opened, edition = open_archive(path)
        self.assertEqual(edition.members["address"][0], 60)
        with opened, self.assertRaises(BadArchive) as caught:
            read_all(CsvBlocks(opened, "address", layout.COLUMNS["address"]))
        self.assertEqual(caught.exception.code, "damaged")

    def test_other_files_are_refused(self):
        folder = self.make_folder()
        path = os.path.join(folder, "x.zip")
        self.assertEqual(self.refused(os.path.join(folder, "nowhere.zip")), "missing")
        self.assertEqual(self.refused(folder), "missing")
        with open(path, "wb") as file:
            file.write(b"no zip at all")
        self.assertEqual(self.refused(path), "not_zip")
        with zipfile.ZipFile(path, "w") as zipped:
            zipped.writestr("invoice.csv", "a,b\n")
        self.assertEqual(self.refused(path), "not_register")
        self.assertEqual(self.refused(write_zip(path, {"activity": None})), "not_register")
        self.assertEqual(self.refused(write_zip(path, kind="other")), "meta")
        write_zip(path)
        with open(path, "rb+") as file:
            file.truncate(os.path.getsize(path) - 200)
        self.assertEqual(self.refused(path), "not_zip")

    def test_edition(self):
        opened, edition = open_archive(write_zip(os.path.join(self.make_folder(), "x.zip"), number=140))
        opened.close()
        self.assertEqual((edition.kind, edition.number, edition.snapshot.isoformat()), ("full", 140, "2026-01-03"))
        self.assertEqual(edition.size, sum(size for size, _crc in edition.members.values()))

    # Names --------------------------------------------------------------------------------------------------------

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=60))
    def test_keys_are_searchable(self, text):
        """Each key is bounded, lower case, without anything but letters, digits and single spaces."""
        for key in names.keys(text):
            self.assertLessEqual(len(key), names.MAX_KEY)
            self.assertEqual(key, " ".join(key.split(" ")))
            self.assertEqual(key.strip("\t\n\r\\"), key)
        self.assertEqual(names.words(text), names.words(" ".join(names.words(text))))

    def test_writings_that_meet(self):
        for one, other in (
            ("S.R.L. Boulangerie Éloïse & Fils", "boulangerie eloise et fils srl"),
            ("N.V. Crème-Brûlée", "creme brulee nv"),
            ("Groß und Söhne GmbH", "gross & sohne"),
            ("'t Œuvre", "T OEUVRE"),
            ("Janssens en Zonen BVBA", "Janssens & Zonen B.V."),
        ):
            self.assertEqual(names.key_words(one), names.key_words(other))

    @settings(deadline=None)
    @given(
        st.sampled_from(["001", "006", "007"]),
        st.sampled_from(["2003", "2008", "2025"]),
        st.integers(0, 9_999_999),
        st.integers(2, 7),
        st.sampled_from(rows.CLASSIFICATIONS),
    )
    def test_activities_survive_packing(self, group, version, code, length, classification):
        nace = str(code).zfill(7)[:length]
        packed = rows.pack_activity(group, version, nace, classification)
        self.assertEqual(rows.unpack_activity(packed), (group, version, nace, classification))
        self.assertLess(packed, 2**63)

    # The synthetic file -------------------------------------------------------------------------------------------

    def test_sample_has_the_official_format(self):
        """Every file of the format is there with its columns, and every row of it passes the importer's checks."""
        with tempfile.NamedTemporaryFile(suffix=".zip") as file:
            sample.Sample(2000).save(file.name)
            opened, edition = open_archive(file.name)
            with opened:
                self.assertEqual(set(edition.members), set(layout.COLUMNS))
                counts = {}
                for name in ("code", *layout.FACTS):
                    for block in CsvBlocks(opened, name, layout.COLUMNS[name]):
                        counts[name] = counts.get(name, 0) + rows.CONVERTERS[name](block)[1]
                        self.assertEqual(block.rejects, [], name)
        self.assertEqual(counts["enterprise"], 2000)
        for name, each in (("establishment", 0.85), ("denomination", 1.65), ("address", 1.4), ("activity", 12.5)):
            self.assertAlmostEqual(counts[name] / 2000, each, delta=each * 0.08, msg=name)

    def test_sample_is_deterministic(self):
        first, second = io.BytesIO(), io.BytesIO()
        sample.Sample(300).save(first)
        sample.Sample(300).save(second)
        self.assertEqual(first.getvalue(), second.getvalue())
        other = io.BytesIO()
        sample.Sample(300, seed=20).save(other)
        self.assertNotEqual(first.getvalue(), other.getvalue())

    def test_sample_command(self):
        out = os.path.join(self.make_folder(), "out.zip")
        with patch("sys.stdout", io.StringIO()):
            sample.main(["--enterprises", "50", "--out", out, "--number", "7", "--update"])
        opened, edition = open_archive(out)
        opened.close()
        self.assertEqual((edition.kind, edition.number), ("update", 7))
        with self.assertRaises(SystemExit), patch("sys.stderr", io.StringIO()):
            sample.main(["--enterprises", "0", "--out", out])

    def test_vies_country_codes(self):
        self.assertEqual(vies.split("EL 123456783"), ("EL", "123456783"))
        for text in ("", None, "0477472701", "CH123456", "BE", "BEé12"):
            with self.assertRaises(vies.NotAskable):
                vies.split(text)
