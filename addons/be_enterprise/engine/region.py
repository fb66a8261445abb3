# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Region, language area and facilities of a Belgian postal code.

Two tables lie in ``data/``: the codes in use (``postal_codes.txt``) and what holds for ranges of them on which dates
(``postal_regions.csv``; a narrower range wins over a wider one). Regions, language areas and facilities follow
articles 2 to 5 of the Constitution and the coordinated laws of 18 July 1966 on the use of languages in administrative
matters (articles 3 to 8). Facilities that exist on paper only (Baelen, Plombières, Welkenraedt) are left out.

>>> from datetime import date
>>> place = lookup("4700", on=date(2025, 1, 1))
>>> place.region, place.language, place.german_community
('wallonia', 'de', True)

A foreign address or a code that is not in use gives None; nothing is guessed:

>>> lookup("1001", on=date(2025, 1, 1)) is None, lookup("1000", country="NL", on=date(2025, 1, 1)) is None
(True, True)
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

REGIONS = ("wallonia", "brussels", "flanders")
LANGUAGES = ("fr", "nl", "de", "bilingual")

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Place:
    """What a postal code says of a place.

    ``region``: one of :data:`REGIONS`. ``language``: official language area, one of :data:`LANGUAGES`.
    ``facilities``: language in which inhabitants may also be served by their municipality, or None; it changes nothing
    for a company's own documents. ``german_community``: in the German-speaking Community (the region stays Wallonia).
    """

    region: str
    language: str
    facilities: str | None = None
    german_community: bool = False

    @property
    def document_languages(self):
        """Languages among which a seat here chooses for the documents that the law prescribes.

        >>> Place("brussels", "bilingual").document_languages
        ('fr', 'nl')
        """
        return ("fr", "nl") if self.language == "bilingual" else (self.language,)


@dataclass(frozen=True)
class Rule:
    """A range of postal codes (both ends included) and the ``place`` it stands for, between two dates (or for ever)."""

    first: int
    last: int
    place: Place
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, code, on):
        return (
            self.first <= code <= self.last
            and (self.valid_from is None or self.valid_from <= on)
            and (self.valid_to is None or on <= self.valid_to)
        )


def _day(text):
    return date.fromisoformat(text) if text else None


@cache
def rules():
    """Return the shipped :class:`Rule` table."""
    with (_DATA / "postal_regions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(
                int(row["first"]),
                int(row["last"]),
                Place(row["region"], row["language"], row["facilities"] or None, bool(row["german_community"])),
                _day(row["valid_from"]),
                _day(row["valid_to"]),
            )
            for row in csv.DictReader(file)
        )


@cache
def codes():
    """Return the postal codes in use, as a frozenset of integers."""
    lines = (_DATA / "postal_codes.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(int(code) for line in lines if not line.startswith("#") for code in line.split())


def normalise(postal_code):
    """Return the four digits (1000 to 9999) of a Belgian postal code, or None where the text is not one.

    >>> normalise("B-1000"), normalise(" 4700 "), normalise("1000AB"), normalise("0999"), normalise(None)
    ('1000', '4700', None, None, None)
    """
    text = (postal_code or "").strip().upper()
    for prefix in ("BE-", "BE", "B-", "B"):
        if text.startswith(prefix):
            text = text.removeprefix(prefix).strip()
            break
    return text if len(text) == 4 and text.isascii() and text.isdigit() and text[0] != "0" else None


def lookup(postal_code, *, on, country="BE", table=None, in_use=None):
    """Return the :class:`Place` of ``postal_code`` on the date ``on``, or None where it is foreign or unknown.

    ``table`` and ``in_use`` replace the shipped rules and codes.
    """
    digits = normalise(postal_code)
    if country != "BE" or digits is None:
        return None
    code = int(digits)
    if code not in (codes() if in_use is None else in_use):
        return None
    found = [rule for rule in (rules() if table is None else table) if rule.covers(code, on)]
    return min(found, key=lambda rule: rule.last - rule.first).place if found else None
