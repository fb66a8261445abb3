# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""NACE-BEL activity codes of 2008 and 2025, and what became of a 2008 code.

A code means nothing without its version: 61.20 is wireless telecommunications in 2008 and reselling telecom services
in 2025. NACE-BEL 2025 (NACE Rev. 2.1, Delegated Regulation (EU) 2023/137) is used by the Crossroads Bank since
2025-01-01.

The shipped correspondence (``data/nace_2008_2025.csv``) is small: European classes (four digits) of trades that small
businesses often have, written down without the official table at hand. So each successor is a proposal that the user
confirms; several of them are a question, never a choice made here; and what is not in the table is unknown. The
official table of Statbel or Eurostat can be imported over it.

>>> convert("62.01")
Conversion(code='6201', choices=('6210',))
>>> convert("45.20").single, convert("45.11").single
('9531', None)
>>> convert("56.10").choices
('5611', '5612')
>>> convert("01.11") is None
True
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

VERSIONS = ("2008", "2025")

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
    """Return the shipped table: 2008 code to the tuple of its 2025 successors."""
    table = {}
    with (_DATA / "nace_2008_2025.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["nace_2008"], []).append(row["nace_2025"])
    return {code: tuple(successors) for code, successors in table.items()}


def convert(code, table=None):
    """Return the :class:`Conversion` of a 2008 ``code``, or None where the table does not know it.

    A longer code than the table's is found by its class. ``table`` (a mapping of digits to tuples of digits) replaces
    the shipped one.
    """
    digits = normalise(code)
    known = correspondence() if table is None else table
    for length in range(len(digits), 3, -1):
        if choices := known.get(digits[:length]):
            return Conversion(digits[:length], tuple(choices))
    return None
