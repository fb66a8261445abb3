# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Belgian VAT rates, with the dates from which each of them holds."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path


@cache
def _table() -> tuple[tuple[Decimal, date, date | None], ...]:
    with (Path(__file__).parent / "tables" / "rates.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (
                Decimal(row["rate"]),
                date.fromisoformat(row["since"]),
                date.fromisoformat(row["until"]) if row["until"] else None,
            )
            for row in csv.DictReader(file)
        )


def rates(on: date) -> tuple[Decimal, ...]:
    """The rates in force on a day, highest first; none before 1996, where the table does not reach.

    >>> rates(date(2026, 1, 1))
    (Decimal('21'), Decimal('12'), Decimal('6'), Decimal('0'))
    >>> rates(date(1995, 12, 31))
    ()
    """
    if on < date(1996, 1, 1):
        return ()
    return tuple(sorted((rate for rate, since, until in _table() if since <= on <= (until or on)), reverse=True))
