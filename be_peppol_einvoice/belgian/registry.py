# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Belgian rules: severity and business terms, with the dates between which each holds."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """``severity``: fatal or warning. ``since``, ``until``: first and last day of the rule, None where open."""

    id: str
    severity: str
    terms: tuple[str, ...]
    since: date | None = None
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the rule is law on a day.

        >>> RULES["BE-TXT-02"].holds(date(2022, 12, 31)), RULES["BE-TXT-02"].holds(date(2023, 1, 1))
        (False, True)
        """
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _read() -> dict[str, Rule]:
    with (Path(__file__).parent / "tables" / "rules.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: Rule(
                row["id"],
                row["severity"],
                tuple(row["terms"].split()),
                _day(row["since"]),
                _day(row["until"]),
            )
            for row in csv.DictReader(file)
        }


RULES = _read()
