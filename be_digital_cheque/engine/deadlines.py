# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""By when a step of a dossier must be done, and from when it may be.

Dates are passed in as a mapping from the name of an act ("apply", "start"…) to its date, None where it is not known;
a deadline that counts from an unknown date is unknown, never "none".
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

BEFORE = "before"
WITHIN = "within"
MONTHS = "months"
YEAR_END = "year_end"
NOT_BEFORE = "not_before"

EARLY = "early"
LATE = "late"
OVERDUE = "overdue"


@dataclass(frozen=True)
class Rule:
    """A deadline: ``count`` days, months or years from the date of the act ``anchor``, as ``kind`` says."""

    kind: str | None = None
    anchor: str | None = None
    count: int = 0


def months_later(day, count):
    """Return the same day some months later, or the last day of that month where it has no such day.

    >>> months_later(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + count, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest(rule, dates):
    """Return the last day on which a step is in time, or None: no deadline, or one that is not known yet.

    >>> dates = {"start": date(2026, 3, 10), "apply": None}
    >>> latest(Rule(BEFORE, "start"), dates), latest(Rule(WITHIN, "start", 14), dates)
    (datetime.date(2026, 3, 9), datetime.date(2026, 3, 24))
    >>> latest(Rule(YEAR_END, "start", 1), dates), latest(Rule(WITHIN, "apply", 30), dates)
    (datetime.date(2027, 12, 31), None)
    >>> latest(Rule(NOT_BEFORE, "start"), dates)
    """
    anchor = dates.get(rule.anchor)
    if not anchor:
        return None
    if rule.kind == BEFORE:
        return anchor - timedelta(days=1)
    if rule.kind == WITHIN:
        return anchor + timedelta(days=rule.count)
    if rule.kind == MONTHS:
        return months_later(anchor, rule.count)
    if rule.kind == YEAR_END:
        return date(anchor.year + rule.count, 12, 31)
    return None


def earliest(rule, dates):
    """Return the first day on which a step may be done, or None.

    >>> earliest(Rule(NOT_BEFORE, "share"), {"share": date(2026, 3, 1)})
    datetime.date(2026, 3, 1)
    """
    return dates.get(rule.anchor) or None if rule.kind == NOT_BEFORE else None


def in_order(limits):
    """Return the deadlines of steps that follow one another: none later than those of the steps after it.

    What a step waits for must be done by when the step must be: an agreement without a deadline of its own has that of
    the application.

    >>> in_order([None, date(2026, 3, 9), None, date(2026, 3, 4), None])
    [datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), datetime.date(2026, 3, 4), None]
    """
    found, following = [], None
    for limit in reversed(limits):
        following = min(filter(None, (limit, following)), default=None)
        found.append(following)
    return found[::-1]


def breach(first, last, done, today):
    """Return how a step broke its dates: ``early``, ``late``, ``overdue`` (not done, and too late), or None.

    >>> breach(None, date(2026, 3, 9), None, date(2026, 3, 10)), breach(None, date(2026, 3, 9), None, date(2026, 3, 9))
    ('overdue', None)
    >>> breach(date(2026, 3, 1), None, date(2026, 2, 28), date(2026, 3, 10))
    'early'
    """
    if done is None:
        return OVERDUE if last and today > last else None
    if last and done > last:
        return LATE
    return EARLY if first and done < first else None


def harm(steps, dates, on, today):
    """Return the steps whose right to the aid a cost dated ``on`` endangers: work or an order of that day.

    :param steps: triples of (name, act, :class:`Rule`) of the steps that keep the right.
    :return: list of (name, last day or None): the last day on which the step had to be done; None where it must come
        first and has not been done at all.

    >>> apply = ("apply", "apply", Rule(BEFORE, "start"))
    >>> harm([apply], {"apply": None}, date(2026, 3, 1), date(2026, 3, 5))
    [('apply', datetime.date(2026, 2, 28))]
    >>> harm([apply], {"apply": date(2026, 2, 1)}, date(2026, 3, 1), date(2026, 3, 5))
    []
    >>> start = ("start", "start", Rule(NOT_BEFORE, "share"))
    >>> harm([start], {"share": None}, date(2026, 3, 1), date(2026, 3, 5))
    [('start', None)]
    """
    dates = dict(dates)
    for act in ("order", "start"):
        dates[act] = min(filter(None, (dates.get(act), on)))
    found = []
    for name, act, rule in steps:
        if act in ("order", "start"):
            first = earliest(rule, dates)
            if rule.kind == NOT_BEFORE and (first is None or on < first):
                found.append((name, first))
        elif rule.anchor in ("order", "start"):
            last = latest(rule, dates)
            if last and (dates.get(act) or today) > last:
                found.append((name, last))
    return found
