# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""De minimis aid of a single undertaking: what has been received, and what room is left on any day.

* Aid counts on the day on which the right to it is conferred, whatever day it is paid (article 3(3) of Regulation (EU)
  2023/2831).
* From 1 January 2024 the total per Member State may not exceed 300,000 euros "over any period of 3 years", day by day
  (article 3(2)); services of general economic interest: 750,000 euros (Regulation (EU) 2023/2832). Both may be used
  beside each other (article 5(1)). The regulations end on 31 December 2030.
* Before: 200,000 euros (500,000 for services of general economic interest) over the running and the two previous
  fiscal years (Regulations (EU) 1407/2013 and 360/2012). Aid granted then counts on as long as a later period of
  three years contains it.
* The ceilings are gross grant equivalents. If a grant would exceed the ceiling, none of it may be given as de minimis
  aid (article 3(7)).

The three years that end on a day begin the day after the same day three years earlier, so that a grant of
15 March 2024 counts for the last time on 14 March 2027.

>>> from datetime import date
>>> from decimal import Decimal
>>> received = [Grant(date(2024, 3, 15), Decimal(180_000)), Grant(date(2025, 9, 1), Decimal(70_000))]
>>> room(received, date(2026, 11, 24)).left
Decimal('50000')
>>> room(received, date(2027, 3, 15)).left
Decimal('230000')
>>> exceeded_by(received, Grant(date(2026, 12, 1), Decimal(60_000))).excess
Decimal('10000')
>>> room(received, date(2031, 1, 1)) is None              # no rules are known for that day: unknown, not zero
True
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

GENERAL = "general"
SGEI = "sgei"
KINDS = (GENERAL, SGEI)

ROLLING = "rolling"
FISCAL = "fiscal"
YEARS = 3


@dataclass(frozen=True)
class Regime:
    """A regulation on de minimis aid: its period of validity, its ceiling in euros, and how three years are counted."""

    number: str
    valid_from: date
    valid_to: date
    ceiling: Decimal
    counting: str


REGIMES = {
    GENERAL: (
        Regime("1407/2013", date(2014, 1, 1), date(2023, 12, 31), Decimal(200_000), FISCAL),
        Regime("2023/2831", date(2024, 1, 1), date(2030, 12, 31), Decimal(300_000), ROLLING),
    ),
    SGEI: (
        Regime("360/2012", date(2012, 4, 29), date(2023, 12, 31), Decimal(500_000), FISCAL),
        Regime("2023/2832", date(2024, 1, 1), date(2030, 12, 31), Decimal(750_000), ROLLING),
    ),
}


@dataclass(frozen=True)
class Grant:
    """Aid granted on a day: its gross grant equivalent in euros, and its kind."""

    granted_on: date
    amount: Decimal
    kind: str = GENERAL


@dataclass(frozen=True)
class Room:
    """What counts on a day, and what is left below the ceiling (never below zero). Euros."""

    on: date
    regime: Regime
    window_start: date
    counted: Decimal

    @property
    def left(self):
        return max(self.regime.ceiling - self.counted, Decimal(0))

    @property
    def excess(self):
        """How far the ceiling is exceeded; zero where it is not."""
        return max(self.counted - self.regime.ceiling, Decimal(0))


def regime(on, kind=GENERAL):
    """Return the rules in force on a day, or None where none are known.

    >>> regime(date(2023, 12, 31)).number, regime(date(2024, 1, 1)).number, regime(date(2031, 1, 1))
    ('1407/2013', '2023/2831', None)
    """
    return next((rules for rules in REGIMES[kind] if rules.valid_from <= on <= rules.valid_to), None)


def years_earlier(day, years=YEARS):
    """Return the same day some years earlier; 29 February becomes 28 February.

    >>> years_earlier(date(2027, 3, 15)), years_earlier(date(2028, 2, 29))
    (datetime.date(2024, 3, 15), datetime.date(2025, 2, 28))
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def window_start(on, rules, fiscal_year_start=(1, 1)):
    """Return the first day that counts for a day.

    :param fiscal_year_start: month and day on which the fiscal year begins; only the rules before 2024 ask for it.

    >>> window_start(date(2026, 11, 24), regime(date(2026, 11, 24)))
    datetime.date(2023, 11, 25)
    >>> before = regime(date(2023, 5, 1))
    >>> window_start(date(2023, 5, 1), before), window_start(date(2023, 5, 1), before, (7, 1))
    (datetime.date(2021, 1, 1), datetime.date(2020, 7, 1))
    """
    if rules.counting == ROLLING:
        return years_earlier(on) + timedelta(days=1)
    month, day = fiscal_year_start
    begun = on.year if (on.month, on.day) >= (month, day) else on.year - 1
    return date(begun - YEARS + 1, month, day)


class Register:
    """The grants of one kind, ready to be asked about many days.

    :param grants: any iterable of :class:`Grant`; those of another kind are left out.
    """

    def __init__(self, grants, kind=GENERAL, fiscal_year_start=(1, 1)):
        self.kind = kind
        self.fiscal_year_start = fiscal_year_start
        known = sorted((grant.granted_on, grant.amount) for grant in grants if grant.kind == kind)
        self.days = [day for day, _amount in known]
        self._sums = list(accumulate((amount for _day, amount in known), initial=Decimal(0)))

    def room(self, on):
        """Return the :class:`Room` on a day, or None where no rules are known for it."""
        rules = regime(on, self.kind)
        if rules is None:
            return None
        start = window_start(on, rules, self.fiscal_year_start)
        counted = self._sums[bisect_right(self.days, on)] - self._sums[bisect_left(self.days, start)]
        return Room(on, rules, start, counted)

    def turning_points(self, start, end):
        """Return the days from ``start`` to ``end`` inclusive on which the room may differ from the day before."""
        changes = {start}
        for day in self.days:
            changes.add(day)
            changes.add(_years_later(day))
        for rules in REGIMES[self.kind]:
            changes.add(rules.valid_from)
        month, day = self.fiscal_year_start
        changes.update(date(year, month, day) for year in range(start.year, min(end.year, 2023) + 1))
        return sorted(day for day in changes if start <= day <= end)

    def timeline(self, start, end):
        """Return the :class:`Room` on ``start`` and on each later day until ``end`` on which it changes."""
        steps = []
        for day in self.turning_points(start, end):
            room_then = self.room(day)
            if room_then is None:
                break
            if not steps or (room_then.left, room_then.excess) != (steps[-1].left, steps[-1].excess):
                steps.append(room_then)
        return steps


def _years_later(day):
    """Return the first day on which aid of ``day`` no longer counts."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return date(day.year + YEARS, 3, 1)


def room(grants, on, kind=GENERAL, fiscal_year_start=(1, 1)):
    """Return the :class:`Room` on a day, or None where no rules are known for it."""
    return Register(grants, kind, fiscal_year_start).room(on)


def exceeded_by(grants, new, fiscal_year_start=(1, 1)):
    """Return the worst day on which a new grant makes the total exceed the ceiling, or None where it fits.

    A grant that is entered late must fit with those of later days too: "any period of 3 years". Days of which no rules
    are known, and days on which the total exceeded the ceiling already without the new grant's amount counting, are
    not its fault.

    :return: a :class:`Room` with the new grant included, whose ``excess`` is above zero.
    """
    if new.amount <= 0:
        return None
    register = Register([*grants, new], new.kind, fiscal_year_start)
    worst = None
    for day in register.turning_points(new.granted_on, _years_later(new.granted_on)):
        then = register.room(day)
        if then is None or new.granted_on < then.window_start:
            continue
        if then.excess > (worst.excess if worst else 0):
            worst = then
    return worst


def free_from(grants, amount, start, kind=GENERAL, fiscal_year_start=(1, 1)):
    """Return the first day from ``start`` on on which a grant of this amount would fit; None where no day is known.

    >>> received = [Grant(date(2024, 3, 15), Decimal(180_000)), Grant(date(2025, 9, 1), Decimal(70_000))]
    >>> free_from(received, Decimal(60_000), date(2026, 11, 24))
    datetime.date(2027, 3, 15)
    >>> free_from(received, Decimal(300_001), date(2026, 11, 24)) is None
    True
    """
    register = Register(grants, kind, fiscal_year_start)
    points = [register.room(day) for day in register.turning_points(start, REGIMES[kind][-1].valid_to)]
    points = [then for then in points if then is not None]
    candidate = 0
    while candidate < len(points):
        day = points[candidate].on
        # a later day on which the total is too high already lies within the three years of an earlier grant
        blocked = [
            place
            for place in range(candidate, len(points))
            if points[place].window_start <= day and points[place].left < amount
        ]
        if not blocked:
            return day
        candidate = blocked[-1] + 1
    return None
