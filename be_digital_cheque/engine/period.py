# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Periods of validity whose ends may be open.

A period is a pair of dates, both inclusive. ``None`` as the start means "no start known", ``None`` as the end means
"until further notice". Dates are passed in; nothing here reads a clock.
"""

from datetime import date

CURRENT = "current"
FUTURE = "future"
PAST = "past"


def phase(start, end, on):
    """Return where the period stands on a day: ``past``, ``current`` or ``future``.

    >>> phase(date(2026, 2, 1), None, date(2026, 1, 31))
    'future'
    >>> phase(date(2026, 2, 1), None, date(2026, 2, 1))
    'current'
    >>> phase(None, date(2023, 11, 24), date(2023, 11, 24))
    'current'
    >>> phase(None, date(2023, 11, 24), date(2023, 11, 25))
    'past'
    """
    if start and on < start:
        return FUTURE
    if end and on > end:
        return PAST
    return CURRENT


def overlap(first, second):
    """Tell whether two (start, end) pairs share at least one day.

    >>> overlap((None, date(2019, 11, 30)), (date(2019, 12, 1), None))
    False
    >>> overlap((None, date(2019, 12, 1)), (date(2019, 12, 1), None))
    True
    >>> overlap((date(2016, 4, 1), None), (date(2020, 1, 1), date(2020, 12, 31)))
    True
    """
    (start_1, end_1), (start_2, end_2) = first, second
    return (start_1 or date.min) <= (end_2 or date.max) and (start_2 or date.min) <= (end_1 or date.max)


def overlapping_pairs(periods):
    """Return the index pairs (i < j) of the periods that overlap.

    >>> overlapping_pairs([(None, date(2020, 1, 1)), (date(2020, 1, 1), None), (date(2019, 1, 1), date(2019, 2, 1))])
    [(0, 1), (0, 2)]
    """
    return [(i, j) for i in range(len(periods)) for j in range(i + 1, len(periods)) if overlap(periods[i], periods[j])]
