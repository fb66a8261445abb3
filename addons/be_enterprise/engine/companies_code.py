# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Small company and micro-company by the Belgian Companies and Associations Code (articles 1:24 and 1:25).

This verdict stands apart from the European one (:mod:`.size`): other ceilings, other groups, other purposes (accounts,
auditor, tax rates).

* Small: not more than one of the three ceilings is exceeded. Micro: also within the lower ceilings, and neither a
  parent company nor a subsidiary.
* Crossing counts only after two consecutive financial years (article 1:24 § 2).
* A parent company, or a member of a consortium, is judged on consolidated figures (article 1:24 §§ 6 and 7): those are
  what ``years`` must then hold.
* Ceilings were raised by the laws of 28 March and 15 May 2024. The first accounts closed after 31 December 2023 are
  judged by that year's figures alone (Accounting Standards Commission, opinion 2024/07).

>>> from datetime import date
>>> from decimal import Decimal
>>> def year(n, staff, turnover, balance): return Year(date(n, 12, 31), Decimal(staff), Decimal(turnover), balance)
>>> assess([year(2022, 12, 9_500_000, Decimal(5_000_000)), year(2023, 12, 9_500_000, Decimal(5_000_000))]).verdict
'large'
>>> assess([year(2023, 12, 9_500_000, Decimal(5_000_000)), year(2024, 12, 9_500_000, Decimal(5_000_000))]).verdict
'small'
>>> assess([year(2024, 3, 200_000, None)], group_member=False).verdict   # two criteria are within: enough
'micro'
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from .size import FIGURES, Year
from .status import possible_statuses

CLASSES = ("micro", "small", "large")
_LONGEST_PERIOD = timedelta(days=731)


@dataclass(frozen=True)
class Ceilings:
    """Ceilings of micro-companies and small companies for closings after ``after``; reaching one is not exceeding it.

    ``reset``: the first closing after that date is judged by itself.
    """

    after: date
    staff: tuple[Decimal, Decimal]
    turnover: tuple[Decimal, Decimal]
    balance: tuple[Decimal, Decimal]
    reset: bool = False


CEILINGS = (
    Ceilings(
        date(2015, 12, 31),
        (Decimal(10), Decimal(50)),
        (Decimal(700_000), Decimal(9_000_000)),
        (Decimal(350_000), Decimal(4_500_000)),
    ),
    Ceilings(
        date(2023, 12, 31),
        (Decimal(10), Decimal(50)),
        (Decimal(900_000), Decimal(11_250_000)),
        (Decimal(450_000), Decimal(6_000_000)),
        reset=True,
    ),
)


@dataclass(frozen=True)
class Need:
    """A missing figure that could change the verdict."""

    closed_on: date
    figure: str


@dataclass(frozen=True)
class Working:
    """One financial year: the ceilings used, per class how many are surely exceeded, and the possible classes."""

    closed_on: date
    ceilings: Ceilings
    exceeded: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """``verdict``: a class or "unknown"; ``possible``: the classes left; ``deciding``: figures that could change it.

    ``earlier_year`` and ``group_decides``: so could the year before, or whether the company has a parent or subsidiary.
    """

    verdict: str
    possible: tuple[str, ...]
    years: tuple[Working, ...] = ()
    deciding: tuple[Need, ...] = ()
    earlier_year: bool = False
    group_decides: bool = False


def ceilings_on(closed_on):
    """Return the :class:`Ceilings` for a balance sheet date; ValueError before 2016.

    >>> ceilings_on(date(2024, 12, 31)).turnover[1], ceilings_on(date(2023, 12, 31)).turnover[1]
    (Decimal('11250000'), Decimal('9000000'))
    """
    valid = [entry for entry in CEILINGS if entry.after < closed_on]
    if not valid:
        raise ValueError(f"no ceilings are known for {closed_on}")
    return max(valid, key=lambda entry: entry.after)


def _figure_class(ceilings, figure, value):
    limits = getattr(ceilings, figure)
    return sum(value > limit for limit in limits)


def _year_classes(year):
    """Return the possible classes: at most one figure may lie above a class, so the second highest one decides."""
    ceilings = ceilings_on(year.closed_on)
    per_figure = []
    for figure in FIGURES:
        value = getattr(year, figure)
        every = range(len(CLASSES))
        per_figure.append(set(every) if value is None else {_figure_class(ceilings, figure, value)})
    return {sorted(combination)[1] for combination in product(*per_figure)}


def _with_gaps(years):
    result = []
    for year in sorted(years, key=lambda item: item.closed_on):
        while result and year.closed_on - result[-1].closed_on > _LONGEST_PERIOD:
            result.append(Year(result[-1].closed_on + timedelta(days=365)))
        result.append(year)
    return result


def assess(years, *, first_year=False, group_member=None):
    """Return the :class:`Result` after the last of ``years``.

    :param years: the closed years (:class:`.size.Year`)
    :param first_year: the oldest of them is the company's very first one
    :param group_member: whether it is a parent company or a subsidiary; None where that is not known
    """
    ordered = _with_gaps(years)
    if not ordered:
        return Result("unknown", CLASSES, earlier_year=True)
    applied = [ceilings_on(year.closed_on) for year in ordered]
    resets = {
        position
        for position, entry in enumerate(applied)
        if entry.reset and position and applied[position - 1] is not entry
    }
    # The oldest year given counts by itself too where it must be the first one after the change.
    oldest = ordered[0].closed_on
    if applied[0].reset and oldest - applied[0].after <= timedelta(days=366):
        resets.add(0)
    classes = [_year_classes(year) for year in ordered]

    def statuses(possible):
        raw = possible_statuses(possible, classes=len(CLASSES), first_year=first_year, resets=resets)
        return _within_group(raw, group_member)

    left = statuses(classes)
    needs = _needs(ordered, applied, classes, statuses, left) if len(left) > 1 else []
    earlier = len(left) > 1 and not first_year and not resets
    possible = tuple(CLASSES[number] for number in sorted(left))
    return Result(
        possible[0] if len(possible) == 1 else "unknown",
        possible,
        tuple(_working(year, entry, found) for year, entry, found in zip(ordered, applied, classes, strict=True)),
        tuple(needs),
        earlier_year=earlier and (not needs or _history_matters(classes, group_member, left)),
        group_decides=group_member is None and 0 in left and len(left) > 1,
    )


def _within_group(statuses, group_member):
    """A parent or a subsidiary is never a micro-company (article 1:25): it is a small one then."""
    if group_member is None:
        return statuses | ({1} if 0 in statuses else set())
    return {max(status, 1) for status in statuses} if group_member else statuses


def _history_matters(classes, group_member, left):
    return any(
        _within_group(possible_statuses([{before}, *classes], classes=3, first_year=True), group_member) != left
        for before in range(len(CLASSES))
    )


def _needs(years, applied, classes, statuses, left):
    """Return the missing figures of which some value narrows what is left, or else all that are missing."""
    missing = [
        (position, figure) for position, year in enumerate(years) for figure in FIGURES if getattr(year, figure) is None
    ]
    deciding = [
        (position, figure)
        for position, figure in missing
        if any(
            statuses(_filled(classes, position, years[position], figure, value)) != left
            for value in _probes(applied[position], figure)
        )
    ]
    return [Need(years[position].closed_on, figure) for position, figure in deciding or missing]


def _probes(ceilings, figure):
    return (Decimal(0), *getattr(ceilings, figure), getattr(ceilings, figure)[-1] + 1)


def _filled(classes, position, year, figure, value):
    filled = Year(year.closed_on, **{name: value if name == figure else getattr(year, name) for name in FIGURES})
    return [*classes[:position], _year_classes(filled), *classes[position + 1 :]]


def _working(year, ceilings, classes):
    missing = tuple(figure for figure in FIGURES if getattr(year, figure) is None)
    exceeded = {
        name: tuple(
            figure
            for figure in FIGURES
            if figure not in missing and getattr(year, figure) > getattr(ceilings, figure)[number]
        )
        for number, name in enumerate(CLASSES[:2])
    }
    return Working(year.closed_on, ceilings, exceeded, missing, tuple(CLASSES[number] for number in sorted(classes)))
