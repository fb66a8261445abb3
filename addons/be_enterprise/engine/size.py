# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Size of an enterprise by Commission Recommendation 2003/361/EC (annex, articles 2 to 6).

* Class of a year: fewer than 10, 50, 250 annual work units, and turnover *or* balance sheet total within the ceiling.
* The status changes only when two consecutive accounting periods lie beyond a ceiling (article 4(2)).
* Linked enterprises (a majority of the votes, or another means of control) are added whole, directly or through
  others; partner enterprises (25 % to 50 %) of any of them pro rata, with whatever is linked to the partner. The
  partners of partners do not count (article 6).
* Investors named in article 3(2) (universities, business angels, public investment bodies, small autonomous
  municipalities…) may hold 25 % to 50 % without becoming partners: such a holding is marked ``exempt``.
* An enterprise of which public bodies hold 25 % or more is not an SME (article 3(4)), again but for those of 3(2).

A missing figure is missing, not zero. The verdict is then "unknown" only if the missing figures could change it, and
``deciding`` names those that could.

>>> from datetime import date
>>> from decimal import Decimal
>>> def year(n, staff, turnover, balance): return Year(date(n, 12, 31), Decimal(staff), turnover, balance)
>>> bakery = Enterprise("bakery", years=(year(2023, 4, None, Decimal(300_000)), year(2024, 5, None, Decimal(320_000))))
>>> assess({"bakery": bakery}, "bakery").verdict            # the turnover is missing, but cannot matter
'micro'
>>> holding = Enterprise("holding", years=(year(2024, 60, Decimal(9_000_000), None),))
>>> result = assess({"bakery": bakery, "holding": holding}, "bakery", [Holding("holding", "bakery", Decimal(100))])
>>> result.verdict, [(need.enterprise, need.closed_on.year, need.figure) for need in result.deciding]
('unknown', [('holding', 2023, 'staff')])
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from .status import possible_statuses

CLASSES = ("micro", "small", "medium", "large")
FIGURES = ("staff", "turnover", "balance")
PARTNER_FROM = Decimal(25)
LINKED_ABOVE = Decimal(50)
PUBLIC_FROM = Decimal(25)
#: A balance sheet date this much later than the one before leaves out a period (the longest one is 24 months).
_LONGEST_PERIOD = timedelta(days=731)
_YEAR = timedelta(days=366)
_HUGE = Decimal(10) ** 15


@dataclass(frozen=True)
class Thresholds:
    """Ceilings for closings from ``valid_from`` on, per class: annual work units (exclusive) and euros (inclusive)."""

    valid_from: date
    staff: tuple[Decimal, Decimal, Decimal]
    turnover: tuple[Decimal, Decimal, Decimal]
    balance: tuple[Decimal, Decimal, Decimal]

    def class_of(self, figure, value):
        """Return the number of the class (0 micro to 3 large) in which ``value`` alone would put an enterprise."""
        limits = getattr(self, figure)
        inside = [value < limit if figure == "staff" else value <= limit for limit in limits]
        return inside.index(True) if True in inside else len(limits)


THRESHOLDS = (
    Thresholds(
        date(2005, 1, 1),
        (Decimal(10), Decimal(50), Decimal(250)),
        (Decimal(2_000_000), Decimal(10_000_000), Decimal(50_000_000)),
        (Decimal(2_000_000), Decimal(10_000_000), Decimal(43_000_000)),
    ),
)


@dataclass(frozen=True)
class Year:
    """A closed accounting period: annual work units, and euros. None is "not known"."""

    closed_on: date
    staff: Decimal | None = None
    turnover: Decimal | None = None
    balance: Decimal | None = None


@dataclass(frozen=True)
class Enterprise:
    """An enterprise and its closed years.

    ``first_year``: the oldest of ``years`` is its very first one. ``public_share``: percentage of the capital or votes
    that public bodies hold (None: not known). ``public_exempt``: they are all of the kinds named in article 3(2).
    """

    key: str
    years: tuple[Year, ...] = ()
    first_year: bool = False
    public_share: Decimal | None = Decimal(0)
    public_exempt: bool = False


@dataclass(frozen=True)
class Holding:
    """``owner`` holds ``share`` percent of the capital or votes of ``owned``, whichever is more.

    ``control``: it controls it by other means than a majority. ``exempt``: an investor of article 3(2).
    """

    owner: str
    owned: str
    share: Decimal
    control: bool = False
    exempt: bool = False


@dataclass(frozen=True)
class Line:
    """What one enterprise adds to one year: its own figures, multiplied by ``share`` percent in the year's totals."""

    enterprise: str
    relation: str  # own, linked or partner
    share: Decimal
    staff: Decimal | None
    turnover: Decimal | None
    balance: Decimal | None


@dataclass(frozen=True)
class Working:
    """One year: its lines, the totals of what is known, the figures with something missing, the possible classes."""

    closed_on: date
    lines: tuple[Line, ...]
    totals: dict[str, Decimal]
    missing: frozenset[str]
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """A figure that is missing and could change the verdict; ``alone``: whatever its value, it settles it."""

    enterprise: str
    closed_on: date
    figure: str
    alone: bool


@dataclass(frozen=True)
class Result:
    """``verdict``: a class or "unknown". ``possible``: the classes left. ``public``: settled by article 3(4) alone.

    ``deciding``: missing figures that could change the verdict. ``earlier_year``: so could the period before the first
    one given. ``public_share_decides``: so could the share that public bodies hold.
    """

    verdict: str
    possible: tuple[str, ...]
    years: tuple[Working, ...] = ()
    deciding: tuple[Need, ...] = ()
    earlier_year: bool = False
    public: bool = False
    public_share_decides: bool = False


def thresholds_on(closed_on):
    """Return the :class:`Thresholds` for a balance sheet date, or raise ValueError before the first ones.

    >>> thresholds_on(date(2024, 12, 31)).staff[0]
    Decimal('10')
    """
    valid = [entry for entry in THRESHOLDS if entry.valid_from <= closed_on]
    if not valid:
        raise ValueError(f"no thresholds are known for {closed_on}")
    return max(valid, key=lambda entry: entry.valid_from)


def groups(keys, holdings):
    """Return the sets of linked enterprises: those that control one another, alone or jointly, directly or not.

    >>> a = [Holding("a", "b", Decimal(30)), Holding("a", "c", Decimal(60)), Holding("c", "b", Decimal(25))]
    >>> groups("abc", a) == [{"a", "b", "c"}]  # a and c together hold 55 % of b
    True
    """
    result = [{key} for key in keys]
    while True:
        for owners, owned in product(result, result):
            if owners is not owned and any(_controls(owners, key, holdings) for key in owned):
                result = [group for group in result if group is not owners and group is not owned] + [owners | owned]
                break
        else:
            return sorted(result, key=min)


def _controls(owners, owned, holdings):
    held = [holding for holding in holdings if holding.owner in owners and holding.owned == owned]
    return any(holding.control for holding in held) or sum(holding.share for holding in held) > LINKED_ABOVE


def _interest(owners, owned, holdings):
    """Return the largest percentage that a group holds in one member of another (exempt investors left out)."""
    return max(
        sum(
            (
                holding.share
                for holding in holdings
                if holding.owner in owners and holding.owned == key and not holding.exempt
            ),
            Decimal(0),
        )
        for key in owned
    )


def relations(enterprises, key, holdings):
    """Return ``{key: (relation, percentage)}`` of all that counts for ``key``, itself included (annex, article 6)."""
    every = groups(enterprises, holdings)
    own = next(group for group in every if key in group)
    found = {member: ("own" if member == key else "linked", Decimal(100)) for member in sorted(own)}
    for other in every:
        if other is not own:
            share = max(_interest(own, other, holdings), _interest(other, own, holdings))
            if share >= PARTNER_FROM:
                found.update(dict.fromkeys(sorted(other), ("partner", share)))
    return found


def _year_at(enterprise, closed_on):
    """Return the period of another enterprise that goes with ``closed_on``: the last one closed in the year before."""
    within = [year for year in enterprise.years if closed_on - _YEAR < year.closed_on <= closed_on]
    return max(within, key=lambda year: year.closed_on) if within else Year(closed_on)


def _lines(enterprises, counted, year, key):
    lines = []
    for other, (relation, share) in counted.items():
        own = year if other == key else _year_at(enterprises[other], year.closed_on)
        lines.append(Line(other, relation, share, own.staff, own.turnover, own.balance))
    return tuple(sorted(lines, key=lambda line: (("own", "linked", "partner").index(line.relation), line.enterprise)))


def year_class(staff, turnover, balance):
    """Return the class of a year from the classes of its three figures (article 2).

    >>> year_class(0, 2, 1)
    1
    """
    return max(staff, min(turnover, balance))


def _figure_classes(limits, figure, lines, extra=None):
    """Return (total known, whether something is missing, possible classes); ``extra`` fills one missing value."""
    total, missing = Decimal(0), False
    for line in lines:
        value = getattr(line, figure)
        if value is None and extra and extra[0] == line.enterprise:
            value = extra[1]
        if value is None:
            missing = True
        else:
            total += value * line.share / 100
    low = limits.class_of(figure, total)
    return total, missing, set(range(low, len(CLASSES))) if missing else {low}


def _year_classes(closed_on, lines, extra=None):
    """Return the possible classes of a year; ``extra`` is (enterprise, figure, value) for one that is missing."""
    limits = thresholds_on(closed_on)
    per_figure = [
        _figure_classes(limits, figure, lines, (extra[0], extra[2]) if extra and extra[1] == figure else None)[2]
        for figure in FIGURES
    ]
    return {year_class(*combination) for combination in product(*per_figure)}


def _with_gaps(years):
    """Return the years in order, with an empty one wherever the dates leave out a period."""
    ordered = sorted(years, key=lambda year: year.closed_on)
    result = []
    for year in ordered:
        while result and year.closed_on - result[-1].closed_on > _LONGEST_PERIOD:
            result.append(Year(result[-1].closed_on + timedelta(days=365)))
        result.append(year)
    return result


def _candidates(limits, figure, line, total):
    """Return values of a missing figure that reach each class (as far as the known total leaves it open)."""
    factor = line.share / 100
    values = {Decimal(0), _HUGE}
    for limit in getattr(limits, figure):
        for goal in (limit, limit - Decimal("0.01")):
            if goal > total:
                values.add((goal - total) / factor)
    return sorted(values)


def assess(enterprises, key, holdings=()):
    """Return the :class:`Result` for the enterprise ``key``.

    :param enterprises: mapping of key to :class:`Enterprise`, with all those that ``holdings`` name
    """
    subject = enterprises[key]
    if subject.public_share is not None and subject.public_share >= PUBLIC_FROM and not subject.public_exempt:
        return Result("large", ("large",), public=True)
    years = _with_gaps(subject.years)
    public_open = subject.public_share is None and not subject.public_exempt
    if not years:
        return Result("unknown", CLASSES, earlier_year=True, public_share_decides=public_open)
    counted = relations(enterprises, key, holdings)
    lines = [_lines(enterprises, counted, year, key) for year in years]
    classes = [_year_classes(year.closed_on, of_year) for year, of_year in zip(years, lines, strict=True)]

    def statuses(possible, first_year=subject.first_year):
        return possible_statuses(possible, classes=len(CLASSES), first_year=first_year)

    left = statuses(classes)
    needs = _needs(years, lines, classes, statuses, left) if len(left) > 1 else []
    # The period before the first one is one more year with everything missing: it matters if fixing it narrows.
    earlier = (
        len(left) > 1
        and not subject.first_year
        and (not needs or any(statuses([{before}, *classes], True) != left for before in range(len(CLASSES))))
    )
    public_decides = public_open and left != {CLASSES.index("large")}
    if public_open:
        left = left | {CLASSES.index("large")}
    possible = tuple(CLASSES[number] for number in sorted(left))
    return Result(
        possible[0] if len(possible) == 1 else "unknown",
        possible,
        tuple(_working(year, of_year, found) for year, of_year, found in zip(years, lines, classes, strict=True)),
        tuple(needs),
        earlier,
        public_share_decides=public_decides,
    )


def _working(year, lines, classes):
    limits = thresholds_on(year.closed_on)
    parts = {figure: _figure_classes(limits, figure, lines) for figure in FIGURES}
    return Working(
        year.closed_on,
        lines,
        {figure: part[0] for figure, part in parts.items()},
        frozenset(figure for figure, part in parts.items() if part[1]),
        tuple(CLASSES[number] for number in sorted(classes)),
    )


def _needs(years, lines, classes, statuses, left):
    """Return the missing figures that could change the verdict: those of which some value alone narrows what is left.

    Where only several together can, all those of a year are given whose class would narrow it, or else of every year.
    """
    missing = [
        (position, line, figure)
        for position, of_year in enumerate(lines)
        for line, figure in product(of_year, FIGURES)
        if getattr(line, figure) is None
    ]

    def outcomes(position, line, figure):
        closed_on, of_year = years[position].closed_on, lines[position]
        limits = thresholds_on(closed_on)
        total = _figure_classes(limits, figure, of_year)[0]
        for value in _candidates(limits, figure, line, total):
            found = _year_classes(closed_on, of_year, (line.enterprise, figure, value))
            yield statuses([*classes[:position], found, *classes[position + 1 :]])

    needs = []
    for position, line, figure in missing:
        found = list(outcomes(position, line, figure))
        if any(outcome != left for outcome in found):
            alone = all(len(outcome) == 1 for outcome in found)
            needs.append(Need(line.enterprise, years[position].closed_on, figure, alone))
    if needs:
        return needs
    matter = {
        position
        for position, of_year in enumerate(classes)
        if any(statuses([*classes[:position], {one}, *classes[position + 1 :]]) != left for one in of_year)
    }
    return [
        Need(line.enterprise, years[position].closed_on, figure, False)
        for position, line, figure in missing
        if not matter or position in matter
    ]


def filled(enterprise, closed_on, figure, value):
    """Return ``enterprise`` with one figure of one year filled in (for "what if" questions).

    >>> filled(Enterprise("a", (Year(date(2024, 12, 31)),)), date(2024, 12, 31), "staff", Decimal(3)).years[0].staff
    Decimal('3')
    """
    years = (replace(year, **{figure: value}) if year.closed_on == closed_on else year for year in enterprise.years)
    return replace(enterprise, years=tuple(years))
