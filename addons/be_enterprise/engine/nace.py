# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""NACE-BEL activity codes of 2008 and 2025, and what became of a 2008 code.

A code means nothing without its version: 61.20 is wireless telecommunications in 2008 and reselling telecom services
in 2025. NACE-BEL 2025 (NACE Rev. 2.1, Delegated Regulation (EU) 2023/137) is used by the Crossroads Bank since
2025-01-01.

Two tables lie in ``data/``; all of them are facts that their publishers let anybody reuse with attribution:

* ``nace_codes.csv``: every division, group, class, subclass and (2025) seven-digit code with its titles: NACE-BEL 2008
  and 2025, Statbel and FPS Economy (Belgian open data, CC BY 4.0). The subclasses of 2008 have no English title.
* ``nace_2008_2025.csv``: the European correspondence of classes (four digits), NACE Rev. 2 to NACE Rev. 2.1, Eurostat
  (reuse under Commission Decision 2011/833/EU, CC BY 4.0), edition of early 2024. It covers all 615 classes of 2008.

The Belgian fifth digit has no published correspondence here. So a subclass of 2008 may have become any subclass of the
classes that its own class became: one alone is the answer, several are a question for the user, never a choice made
here; what is not in the table is unknown.

>>> convert("62.01")
Conversion(code='6201', choices=('6210',))
>>> convert("62.010").single, convert("45.20").single
('62100', None)
>>> convert("56.10").choices
('5611', '5612')
>>> convert("99.99") is None
True
"""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERSIONS = ("2008", "2025")
LANGUAGES = ("en", "fr", "nl", "de")

_DATA = Path(__file__).parent / "data"


class NaceError(ValueError):
    """A text that is not a NACE-BEL code, or a version that does not exist."""


@dataclass(frozen=True)
class Conversion:
    """The successors of a 2008 code. ``code`` is the one that the table knows: the code itself or its class."""

    code: str
    choices: tuple[str, ...]

    @property
    def single(self):
        """The only successor, or None where the user has to choose."""
        return self.choices[0] if len(self.choices) == 1 else None


def normalise(code):
    """Return the bare digits (two to seven) of a NACE code.

    >>> normalise("62.01"), normalise("62.010"), normalise(" 6201.0 ")
    ('6201', '62010', '62010')
    >>> normalise("A")
    Traceback (most recent call last):
    ...
    engine.nace.NaceError: 'A' is not a NACE code
    """
    digits = re.sub(r"[\s.]", "", code or "")
    if not re.fullmatch(r"[0-9]{2,7}", digits):
        raise NaceError(f"{code!r} is not a NACE code")
    return digits


def write(code):
    """Return the code as it is printed.

    >>> write("6201"), write("62010"), write("62"), write("620")
    ('62.01', '62.010', '62', '62.0')
    """
    digits = normalise(code)
    return digits[:2] + (f".{digits[2:]}" if digits[2:] else "")


def version(text):
    """Return the version that ``text`` names (one of :data:`VERSIONS`), or raise :class:`NaceError`.

    >>> version("2008"), version(2025), version("NACE-BEL 2025"), version("Rev. 2.1")
    ('2008', '2025', '2025', '2025')
    """
    found = {"2.1": "2025", "2": "2008"}.get(str(text).lower().removeprefix("rev.").strip())
    years = [year for year in VERSIONS if year in str(text)]
    if found or len(years) == 1:
        return found or years[0]
    raise NaceError(f"{text!r} is not a version of NACE-BEL")


@cache
def correspondence():
    """Return the shipped table: 2008 class to the tuple of its 2025 classes."""
    table = {}
    with (_DATA / "nace_2008_2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["nace_2008"], []).append(row["nace_2025"])
    return {code: tuple(successors) for code, successors in table.items()}


def titles():
    """Yield ``(version, code, {language: title})`` of every code, in English, French, Dutch and German.

    A subclass of 2008 lends its English title from its class where it is the only one; otherwise it has none.
    """
    with (_DATA / "nace_codes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    english = {(row["version"], row["code"]): row["en"] for row in rows}
    siblings = Counter((row["version"], row["code"][:4]) for row in rows if len(row["code"]) == 5)
    for row in rows:
        found = {language: row[language] for language in LANGUAGES if row[language]}
        parent = (row["version"], row["code"][:4])
        if "en" not in found and siblings[parent] == 1:
            found["en"] = english[parent]
        yield row["version"], row["code"], found


@cache
def subclasses():
    """Return the subclasses (five digits) of each class of 2025."""
    found = {}
    for version_, code, _titles in titles():
        if version_ == "2025" and len(code) == 5:
            found.setdefault(code[:4], []).append(code)
    return {code: tuple(children) for code, children in found.items()}


def successors():
    """Yield ``(code of 2008, code of 2025)``: what each class and subclass of 2008 may have become."""
    for version_, code, _titles in titles():
        if version_ == "2008" and len(code) in (4, 5) and (conversion := convert(code)):
            for choice in conversion.choices:
                yield code, choice


def convert(code, table=None):
    """Return the :class:`Conversion` of a 2008 ``code``, or None where the table does not know it.

    A longer code than the table's is found by its class; a subclass then becomes subclasses. ``table`` (a mapping of
    digits to tuples of digits) replaces the shipped one, and is taken as it is.
    """
    digits = normalise(code)
    known = correspondence() if table is None else table
    for length in range(len(digits), 3, -1):
        if choices := known.get(digits[:length]):
            if table is None and len(digits) > length:
                choices = tuple(child for choice in choices for child in subclasses()[choice])
            return Conversion(digits[:length], tuple(choices))
    return None
