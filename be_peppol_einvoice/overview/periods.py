# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The periods of the overview, all made of whole months, and the share shown for them."""

from calendar import monthrange
from datetime import date

PERIODS = ("month", "quarter", "year", "last_12_months")
MONTHS_SHOWN = 12


def first_of_month(day, months=0):
    """The first day of the month of ``day``, shifted by a number of months.

    >>> first_of_month(date(2026, 1, 31), -1)
    datetime.date(2025, 12, 1)
    >>> first_of_month(date(2026, 11, 23), 2)
    datetime.date(2027, 1, 1)
    """
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def last_of_month(day, months=0):
    """The last day of the month of ``day``, shifted by a number of months.

    >>> last_of_month(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    first = first_of_month(day, months)
    return first.replace(day=monthrange(first.year, first.month)[1])


def period_bounds(period, today):
    """First and last day of a period, both included.

    :param period: one of ``PERIODS``, or a month as ``YYYY-MM``
    :param today: the date to which "this month" and the like refer
    :raises ValueError: if the period is neither

    >>> period_bounds("month", date(2026, 11, 23))
    (datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    >>> period_bounds("quarter", date(2026, 11, 23))
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    >>> period_bounds("year", date(2026, 11, 23))
    (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
    >>> period_bounds("last_12_months", date(2026, 11, 23))
    (datetime.date(2025, 12, 1), datetime.date(2026, 11, 30))
    >>> period_bounds("2026-02", date(2026, 11, 23))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    >>> period_bounds("2026-13", date(2026, 11, 23))
    Traceback (most recent call last):
    ...
    ValueError: not a period: '2026-13'
    """
    if period == "month":
        return first_of_month(today), last_of_month(today)
    if period == "quarter":
        since_start = (today.month - 1) % 3
        return first_of_month(today, -since_start), last_of_month(today, 2 - since_start)
    if period == "year":
        return date(today.year, 1, 1), date(today.year, 12, 31)
    if period == "last_12_months":
        return first_of_month(today, 1 - MONTHS_SHOWN), last_of_month(today)
    try:
        year, month = period.split("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError
        first = date(int(year), int(month), 1)
    except (AttributeError, ValueError):
        raise ValueError(f"not a period: {period!r}") from None
    return first, last_of_month(first)


def months_shown(today):
    """The first days of the last twelve months, the running one last.

    >>> months = months_shown(date(2026, 11, 23))
    >>> len(months), months[0], months[-1]
    (12, datetime.date(2025, 12, 1), datetime.date(2026, 11, 1))
    """
    return [first_of_month(today, shift) for shift in range(1 - MONTHS_SHOWN, 1)]


def share(part, whole):
    """A part of a whole in per cent, or None where there is nothing to measure.

    Rounded half up, but 0 and 100 are said only where they are exactly so.

    >>> share(2, 3), share(0, 5), share(5, 5)
    (67, 0, 100)
    >>> share(999, 1000), share(1, 1000)
    (99, 1)
    >>> share(0, 0) is None
    True
    """
    if not whole:
        return None
    if part in (0, whole):
        return 100 * part // whole
    return min(99, max(1, (200 * part + whole) // (2 * whole)))
