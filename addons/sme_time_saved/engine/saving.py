# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time saved: which work was saved, and what it comes to.

An *event* says that one piece of work did not have to be done by hand. Its ``work`` names the piece (which record,
which job), so that two proofs of the same saving (a bill that came over Peppol was also imported from a file) are one
event. Minutes and hourly costs are dated: each event is valued by the figures of its own day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Event:
    """
    :ivar work: hashable, which piece of work: ``("account.move", 7, "entry")``
    :ivar kind: hashable, how it was saved
    :ivar day: when
    """

    work: object
    kind: object
    day: date


@dataclass(frozen=True)
class Rate:
    """A figure and the day from which it holds; ``start`` None: always.

    :ivar value: minutes for one event, or euros for one hour
    :ivar own: the firm's own figure, which goes before the one that comes with the add-on
    :ivar ref: hashable, what the caller knows it by: its source is part of the working
    """

    start: date | None
    value: Decimal
    own: bool = False
    ref: object = None


@dataclass(frozen=True)
class Line:
    """One line of the working: ``count`` × ``minutes`` ÷ 60 = ``hours``; × ``hourly_cost`` = ``amount``.

    Where a figure is missing, what depends on it is None: not known is not nothing.
    """

    month: date
    kind: object
    count: int
    minutes: Rate | None
    hourly_cost: Rate | None

    @property
    def hours(self):
        """Decimal or None

        >>> Line(date(2026, 1, 1), "bill", 42, Rate(None, Decimal(7)), None).hours
        Decimal('4.9')
        """
        return None if self.minutes is None else self.count * self.minutes.value / 60

    @property
    def amount(self):
        """Euros, rounded to the cent once, at the end of the line; or None.

        >>> Line(date(2026, 1, 1), "bill", 42, Rate(None, Decimal(7)), Rate(None, Decimal("48.20"))).amount
        Decimal('236.18')
        >>> Line(date(2026, 1, 1), "bill", 42, None, Rate(None, Decimal("48.20"))).amount is None
        True
        """
        if self.minutes is None or self.hourly_cost is None:
            return None
        return (self.count * self.minutes.value * self.hourly_cost.value / 60).quantize(CENT, ROUND_HALF_UP)


def once(events: Iterable[Event], order: Iterable[object]) -> dict[object, Event]:
    """Each piece of work once; where several kinds claim it, the first in ``order`` has it, then the earliest day.

    The outcome does not depend on the order of the events.

    >>> imported = Event(("account.move", 7, "entry"), "bill_imported", date(2026, 3, 2))
    >>> received = Event(("account.move", 7, "entry"), "einvoice_received", date(2026, 3, 2))
    >>> ledger = once([imported, received, imported], ["einvoice_received", "bill_imported"])
    >>> [event.kind for event in ledger.values()]
    ['einvoice_received']

    :raise KeyError: an event of a kind that is not in ``order``
    """
    rank = {kind: number for number, kind in enumerate(order)}
    ledger = {}
    for event in events:
        known = ledger.get(event.work)
        if known is None or (rank[event.kind], event.day) < (rank[known.kind], known.day):
            ledger[event.work] = event
    return ledger


def rate_on(rates: Iterable[Rate], day: date) -> Rate | None:
    """The figure that holds on a day: the firm's own before the general one, the newest before older ones.

    >>> rates = [
    ...     Rate(None, Decimal(7)), Rate(date(2026, 1, 1), Decimal(5)), Rate(date(2026, 6, 1), Decimal(9), own=True)
    ... ]
    >>> [rate_on(rates, date(year, month, 1)).value for year, month in ((2025, 12), (2026, 1), (2026, 6))]
    [Decimal('7'), Decimal('5'), Decimal('9')]
    >>> rate_on([], date(2026, 1, 1)) is None
    True
    """
    holding = [rate for rate in rates if rate.start is None or rate.start <= day]
    return max(holding, key=lambda rate: (rate.own, rate.start or date.min), default=None)


def working(
    counts: Mapping[tuple[object, date], int],
    minutes: Mapping[object, Iterable[Rate]],
    hourly_costs: Mapping[object, Iterable[Rate]],
) -> list[Line]:
    """The lines of the working: one for each month, kind and pair of figures.

    >>> lines = working(
    ...     {("bill", date(2026, 1, 3)): 2, ("bill", date(2026, 1, 20)): 1},
    ...     {"bill": [Rate(None, Decimal(7)), Rate(date(2026, 1, 15), Decimal(5))]},
    ...     {"bill": [Rate(None, Decimal(48))]},
    ... )
    >>> [(line.count, line.minutes.value, line.amount) for line in lines]
    [(2, Decimal('7'), Decimal('11.20')), (1, Decimal('5'), Decimal('4.00'))]

    :param counts: (kind, day) → number of events
    :param minutes: kind → rates in minutes for one event
    :param hourly_costs: kind → rates in euros an hour, of the role whose work it is
    :return: in the order of the days on which each line begins
    """
    sums = {}
    for (kind, day), count in sorted(counts.items(), key=lambda item: item[0][1]):
        key = (
            day.replace(day=1),
            kind,
            rate_on(minutes.get(kind, ()), day),
            rate_on(hourly_costs.get(kind, ()), day),
        )
        sums[key] = sums.get(key, 0) + count
    return [Line(month, kind, count, each, cost) for (month, kind, each, cost), count in sums.items()]
