# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write synthetic KBO/BCE Open Data files: the official format, no real enterprise, no real person.

``python -m register.sample --enterprises 2000000 --out sample.zip`` writes, in one pass and in constant memory, a full
edition with the proportions of the real register (for 2 million enterprises: 1.7 million establishments, 3.3 million
denominations, 2.8 million addresses, 25 million activities). ``--update`` writes the update edition that follows it.
The same arguments give the same bytes.
"""

import argparse
import sys
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta

from . import sample_words as data
from .layout import COLUMNS, FACTS, LEGAL_PERSON, NATURAL_PERSON, delete_columns, write_number

MAX_ENTERPRISES = 2_200_000
_FIRST_BASE, _STEP = 2_000_000, 8
_FIRST_ESTABLISHMENT = 21_000_000
_LANGUAGE = {"fr": "1", "nl": "2", "de": "3"}
_MASK = (1 << 64) - 1
#: Of 100 enterprises, how many are natural persons; the register counts 1.1 of 2 million.
_NATURAL = 45
_LEGAL_FORMS = [code for code, form in data.FORMS.items() for _ in range(form[3])]
_EPOCH = date(1968, 1, 1)


def _mix(value):
    """Spread an integer over 64 bits (the finaliser of SplitMix64): the generator's only source of variety."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def _checked(base):
    return base * 100 + 97 - base % 97


def family_name(h):
    """Return an invented family name.

    >>> family_name(12345)
    'Coronvaert'
    """
    return (
        data.ONSET[h % len(data.ONSET)]
        + data.MIDDLE[(h >> 8) % len(data.MIDDLE)]
        + data.CODA[(h >> 16) % len(data.CODA)]
    )


@dataclass(frozen=True, slots=True)
class Enterprise:
    """One synthetic enterprise; everything follows from its index and the seed."""

    index: int
    h: int

    @property
    def number(self):
        return _checked(_FIRST_BASE + self.index * _STEP + (self.h & 7))

    @property
    def natural(self):
        return (self.h >> 3) % 100 < _NATURAL

    @property
    def place(self):
        return data.PLACES[(self.h >> 10) % len(data.PLACES)]

    @property
    def form(self):
        return _LEGAL_FORMS[(self.h >> 16) % len(_LEGAL_FORMS)]

    @property
    def started(self):
        return (_EPOCH + timedelta(days=(self.h >> 22) % 20_000)).strftime("%d-%m-%Y")

    @property
    def trade(self):
        return (self.h >> 36) % len(data.TRADES["fr"])

    @property
    def name(self):
        language = self.place[3]
        if self.natural:
            return f"{family_name(self.h >> 41)} {family_name(_mix(self.h))}"
        tail = data.TAILS[language][(self.h >> 30) % len(data.TAILS[language])]
        return f"{data.TRADES[language][self.trade]} {family_name(self.h >> 41)}{tail}"

    @property
    def establishments(self):
        """How many: 0.85 on average, as in the register."""
        draw = (self.h >> 50) % 100
        return 0 if draw < 33 else 1 if draw < 87 else 2 if draw < 97 else 3

    def establishment(self, rank):
        return _checked(_FIRST_ESTABLISHMENT + self.index * 4 + rank)


class Sample:
    """A register of ``enterprises`` synthetic enterprises, or the update edition that changes some of them.

    In an update every 50th enterprise has changed its name, every 211th has ceased, and ``enterprises // 500`` new
    ones follow the last.
    """

    def __init__(self, enterprises, *, number=1, snapshot=date(2026, 1, 3), update=False, seed=19):
        if not 1 <= enterprises <= MAX_ENTERPRISES:
            raise ValueError(f"between 1 and {MAX_ENTERPRISES} enterprises")
        self.count, self.number, self.snapshot, self.update, self.seed = enterprises, number, snapshot, update, seed

    def enterprise(self, index):
        return Enterprise(index, _mix(index * 0x2545F4914F6CDD1D + self.seed))

    def _all(self):
        return map(self.enterprise, range(self.count))

    def changed(self, enterprise):
        return enterprise.index % 50 == 7

    def ceased(self, enterprise):
        return enterprise.index % 211 == 100

    def _created(self):
        return map(self.enterprise, range(self.count, min(self.count + self.count // 500, MAX_ENTERPRISES)))

    def _renamed(self):
        return (e for e in self._all() if self.changed(e) and not self.ceased(e))

    # The rows of each file ----------------------------------------------------------------------------------------

    def meta(self):
        stamp = (self.snapshot + timedelta(days=1)).strftime("%d-%m-%Y")
        yield '"SnapshotDate","{}"\n"ExtractTimestamp","{} 07:40:18"\n'.format(
            self.snapshot.strftime("%d-%m-%Y"), stamp
        )
        yield f'"ExtractType","{"update" if self.update else "full"}"\n"ExtractNumber","{self.number}"\n'
        yield '"Version","1.0.0"\n'

    def code(self):
        tables = dict(data.CODES)
        tables["JuridicalForm"] = {code: form[:3] for code, form in data.FORMS.items()}
        tables["JuridicalSituation"] = data.SITUATIONS
        tables["Nace2008"] = {nace: names for nace, _new, *names in data.ACTIVITIES}
        tables["Nace2025"] = {nace: names for _old, nace, *names in data.ACTIVITIES}
        for category in sorted(tables):
            for code, texts in sorted(tables[category].items()):
                for language, text in sorted(zip(("FR", "NL", "DE"), texts, strict=False)):
                    yield f'"{category}","{code}","{language}","{text}"\n'

    def rows_enterprise(self, enterprises):
        for e in enterprises:
            situation = "000" if (e.h >> 45) % 60 else ("012", "050")[(e.h >> 51) & 1]
            number = write_number(e.number)
            if e.natural:
                yield f'"{number}","AC","{situation}","{NATURAL_PERSON}",,,{e.started}\n'
            elif e.form == "015":
                yield f'"{number}","AC","{situation}","{LEGAL_PERSON}","015","610",{e.started}\n'
            else:
                yield f'"{number}","AC","{situation}","{LEGAL_PERSON}","{e.form}",,{e.started}\n'

    def rows_establishment(self, enterprises):
        for e in enterprises:
            for rank in range(e.establishments):
                yield f'"{write_number(e.establishment(rank))}",{e.started},"{write_number(e.number)}"\n'

    def rows_branch(self, enterprises):
        for e in enterprises:
            if not e.natural and e.form == "030":
                yield f'"{write_number(9_000_000_000 + e.index)}",{e.started},"{write_number(e.number)}"\n'

    def rows_denomination(self, enterprises, renamed=False):
        establishments = []
        for e in enterprises:
            number, language = write_number(e.number), e.place[3]
            code = _LANGUAGE[language]
            name = e.name + (" Nova" if renamed else "")
            rows = [f'"{number}","{code}","001","{name}"\n']
            draw = (e.h >> 26) % 100
            if not e.natural and draw < 35:
                short = data.SHORT.get(e.form, {}).get(language, "")
                rows.append(f'"{number}","{code}","003","{family_name(e.h >> 41)} {short}"\n'.replace(' "', '"'))
            if not e.natural and draw < 20:
                initials = "".join(word[0] for word in name.split() if word[0].isalpha())
                rows.append(f'"{number}","{code}","002","{initials.upper()}"\n')
            if e.establishments and draw < 55:
                trade = data.TRADES[language][(e.trade + 3) % len(data.TRADES[language])]
                place = e.place[2 if language == "fr" else 1]
                quoted = f'{trade} ""{family_name(_mix(e.h) >> 9)}"" {place}'
                establishments.append(f'"{write_number(e.establishment(0))}","{code}","003","{quoted}"\n')
            yield "".join(rows)
            if len(establishments) > 5000:
                yield "".join(establishments)
                establishments.clear()
        yield "".join(establishments)

    def rows_address(self, enterprises):
        for e in enterprises:
            if not e.natural:
                yield self._address(write_number(e.number), "REGO", e.h, e.place)
            for rank in range(e.establishments):
                h = _mix(e.h + rank)
                place = e.place if rank == 0 else data.PLACES[h % len(data.PLACES)]
                yield self._address(write_number(e.establishment(rank)), "BAET", h, place)

    def _address(self, number, kind, h, place):
        street = data.STREETS[(h >> 20) % len(data.STREETS)]
        names = f'"{street[2]}","{street[2]}"' if place[3] == "de" else f'"{street[0]}","{street[1]}"'
        box = f'"{(h >> 33) % 12 + 1}"' if (h >> 37) % 6 == 0 else ""
        extra = '"Building \\ North"' if (h >> 44) % 500 == 0 else ""
        house = (h >> 28) % 180 + 1
        return f'"{number}","{kind}",,,"{place[0]}","{place[1]}","{place[2]}",{names},"{house}",{box},{extra},\n'

    def rows_contact(self, enterprises):
        for e in enterprises:
            if (e.h >> 40) % 100 < 35:
                number = write_number(e.number)
                yield f'"{number}","ENT","EMAIL","info@{e.number:010d}.example"\n'

    def rows_activity(self, enterprises):
        patterns = _patterns()
        size = len(patterns)
        for e in enterprises:
            head = f'"{write_number(e.number)}"'
            yield head + head.join(patterns[(e.h >> 17) % size])
            for rank in range(e.establishments):
                head = f'"{write_number(e.establishment(rank))}"'
                yield head + head.join(patterns[(e.h >> (20 + rank)) % size][:6])

    # Writing ------------------------------------------------------------------------------------------------------

    def save(self, out):
        """Write the zip to ``out`` (a path or a binary file)."""
        stamp = (self.snapshot.year, self.snapshot.month, self.snapshot.day, 6, 0, 0)
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, columns, rows in self._members():
                info = zipfile.ZipInfo(f"{name}.csv", stamp)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                with archive.open(info, "w", force_zip64=True) as member:
                    header = ",".join(f'"{column}"' for column in columns)
                    buffer, length = [header + "\n"], 0
                    for row in rows:
                        buffer.append(row)
                        length += len(row)
                        if length > 1_000_000:
                            member.write("".join(buffer).encode())
                            buffer, length = [], 0
                    member.write("".join(buffer).encode())

    def _members(self):
        yield "meta", COLUMNS["meta"], self.meta()
        yield "code", COLUMNS["code"], self.code()
        for name in FACTS:
            rows = getattr(self, f"rows_{name}")
            if not self.update:
                yield name, COLUMNS[name], rows(self._all())
                continue
            gone = [e for e in self._all() if self.ceased(e)]
            yield f"{name}_delete", delete_columns(name), self._deleted(name, gone)
            if name == "denomination":
                yield (
                    f"{name}_insert",
                    COLUMNS[name],
                    _chain(rows(self._renamed(), renamed=True), rows(self._created())),
                )
            else:
                yield f"{name}_insert", COLUMNS[name], rows(self._created())

    def _deleted(self, name, gone):
        for e in gone:
            numbers = [e.number] if name not in ("establishment", "branch") else []
            if name not in ("enterprise", "branch"):
                numbers += [e.establishment(rank) for rank in range(e.establishments)]
            for number in numbers:
                yield f'"{write_number(number)}"\n'
        if name == "denomination":
            for e in self._renamed():
                yield f'"{write_number(e.number)}"\n'
                if e.establishments:
                    yield f'"{write_number(e.establishment(0))}"\n'


def _chain(*parts):
    for part in parts:
        yield from part


def _patterns():
    """Return lists of the activity rows of one entity, without its number: 8 on average, in two NACE versions."""
    found = []
    for draw in range(257):
        h = _mix(draw)
        rows = []
        for rank in range(3 + h % 3):
            old, new = data.ACTIVITIES[(h >> (5 * rank)) % len(data.ACTIVITIES)][:2]
            kind = "MAIN" if rank < 2 else "SECO"
            group = ("001", "006", "003")[rank % 3 if draw % 5 else 2]
            rows.append(f',"{group}","2008","{old}","{kind}"\n')
            rows.append(f',"{group}","2025","{new}","{kind}"\n')
        found.append(rows)
    return found


def main(argv=None):
    parser = argparse.ArgumentParser(prog="register-sample", description="Write a synthetic KBO/BCE Open Data file.")
    parser.add_argument("--enterprises", type=int, required=True, metavar="N")
    parser.add_argument("--out", metavar="FILE")
    parser.add_argument("--number", type=int, default=1, help="extract number (default 1)")
    parser.add_argument("--update", action="store_true", help="the update edition after the full one with this N")
    parser.add_argument("--seed", type=int, default=19)
    options = parser.parse_args(argv)
    snapshot = date(2026, 1, 3) + timedelta(days=options.number - 1)
    kind = "Update" if options.update else "Full"
    out = options.out or f"KboOpenData_{options.number:04d}_{snapshot:%Y_%m_%d}_{kind}.zip"
    try:
        sample = Sample(
            options.enterprises, number=options.number, snapshot=snapshot, update=options.update, seed=options.seed
        )
        sample.save(out)
    except (OSError, ValueError) as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    sys.stdout.write(f"{out}\n")


if __name__ == "__main__":
    sys.exit(main())
