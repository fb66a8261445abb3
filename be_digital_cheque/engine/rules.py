# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules of a programme during a period, as the engine reads them. ``id`` tells the caller which record it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

AID, COST, UNKNOWN = "aid", "cost", "unknown"
PROJECT, CALENDAR_YEAR, ROLLING, TOTAL = "project", "calendar_year", "rolling_36_months", "total"
PROGRAMME = "programme"
TAX = "tax"


@dataclass(frozen=True)
class Criterion:
    """A condition. Which of the parameters count depends on ``kind`` (see :mod:`.criteria`)."""

    id: object
    kind: str
    region: str | None = None
    principal_seat: bool = False
    values: frozenset = frozenset()
    nace_version: str | None = None
    nace_codes: tuple = ()
    excludes: bool = False
    main_only: bool = False
    number: int = 0
    above: bool = False
    question: str | None = None
    expected: bool = True


@dataclass(frozen=True)
class Rate:
    """A share of the eligible cost; ``kinds`` are the kinds of cost that it holds for, empty for all."""

    id: object
    size: str
    rate: Decimal
    rate_max: Decimal
    kinds: frozenset = frozenset()


@dataclass(frozen=True)
class Limit:
    """A ceiling or a minimum; ``pool`` names the ceiling that several programmes share."""

    id: object
    kind: str
    amount: Decimal
    basis: str = UNKNOWN
    period: str = UNKNOWN
    size: str = "all"
    kinds: frozenset = frozenset()
    pool: object = None


@dataclass(frozen=True)
class Bonus:
    """Points of rate for an enterprise of which the answer to a question is yes, or that is a starter."""

    id: object
    points: Decimal
    question: str | None = None
    younger_than: int = 0


@dataclass(frozen=True)
class Rules:
    programme: object
    version: object
    status: str = "open"
    date_from: date | None = None
    date_to: date | None = None
    aid_form: str = "grant"
    aid_category: str = UNKNOWN
    criteria: tuple = ()
    rates: tuple = ()
    limits: tuple = ()
    bonuses: tuple = ()
    eligible: frozenset = frozenset()
    excluded: frozenset = frozenset()
    nothing_else: bool = False
    provider: str = UNKNOWN

    @cached_property
    def pools(self):
        return frozenset(limit.pool for limit in self.limits if limit.pool is not None)
