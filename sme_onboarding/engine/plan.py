# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which apps a firm needs, in which order and by when. Plain Python: no Odoo, no clock.

A firm has a trade; the trade tells what such a firm usually needs, the firm corrects that, and each app says which
needs it serves and what has to be in place before it. Unknown is not no: an app that only serves needs nobody has
answered is "to decide", neither proposed nor left out.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

YES = "yes"
NO = "no"
UNKNOWN = "unknown"


class PlanError(ValueError):
    """The apps cannot be put in an order: ``codes`` wait for each other, or one waits for what does not exist."""

    def __init__(self, codes):
        self.codes = tuple(codes)
        super().__init__(", ".join(self.codes))


@dataclass(frozen=True)
class App:
    """``needs``: it serves any of them; without one, every firm needs it. ``after``: codes of the apps that have to be
    in place first. ``benefit``: hours a month that it saves, ``effort``: hours to set it up; both are estimates."""

    code: str
    needs: frozenset = frozenset()
    after: tuple = ()
    benefit: Decimal = Decimal(1)
    effort: Decimal = Decimal(1)
    installed: bool = False


@dataclass(frozen=True)
class Entry:
    """One app of a plan. ``because``: the needs that it serves and the firm has. ``serves``: the apps of the plan that
    need it in place first."""

    code: str
    because: tuple = ()
    serves: tuple = ()


@dataclass(frozen=True)
class Plan:
    """``entries`` in the order of work, ``undecided``: codes of apps whose needs nobody has answered."""

    entries: tuple
    undecided: tuple


def propose_trade(trades, activities):
    """The trade whose prefix is the longest one of the firm's activity codes; the main activity counts before others.

    :param trades: sequence of (trade code, iterable of (NACE version, prefix of digits))
    :param activities: sequence of (NACE version, digits), the main activity first
    :return: the trade code, or None where no trade fits

    >>> trades = [("retailer", [("2025", "47")]), ("web", [("2008", "4791")]), ("joiner", [("2025", "4332")])]
    >>> propose_trade(trades, [("2025", "43320")]), propose_trade(trades, [("2008", "47910")])
    ('joiner', 'web')

    The same digits mean something else in another version:

    >>> propose_trade(trades, [("2008", "47110")]) is None
    True
    >>> propose_trade(trades, [("2025", "47110"), ("2025", "43320")])
    'retailer'
    """
    for version, digits in activities:
        fitting = [
            (len(prefix), -place, code)
            for place, (code, prefixes) in enumerate(trades)
            for prefix_version, prefix in prefixes
            if prefix_version == version and prefix and digits.startswith(prefix)
        ]
        if fitting:
            return max(fitting)[2]
    return None


def usual_answers(needs, usual, seen, staff=None):
    """What a firm of a trade most likely answers.

    :param needs: iterable of (need code, staff from which it is usual or 0)
    :param usual: set of need codes of the trade
    :param seen: set of need codes that the database shows in use
    :param int staff: persons who work there, None where not known
    :return: dict need code → YES, NO or UNKNOWN

    >>> usual_answers([("stock", 0), ("leave", 5), ("crm", 0)], {"stock"}, set(), staff=2)
    {'stock': 'yes', 'leave': 'no', 'crm': 'unknown'}
    >>> usual_answers([("leave", 5)], set(), {"leave"}, staff=2), usual_answers([("leave", 5)], set(), set())
    ({'leave': 'yes'}, {'leave': 'unknown'})
    """
    answers = {}
    for code, from_staff in needs:
        if code in seen or code in usual:
            answers[code] = YES
        elif from_staff and staff is not None:
            answers[code] = YES if staff >= from_staff else NO
        else:
            answers[code] = UNKNOWN
    return answers


def make_plan(apps, answers):
    """The apps that serve the firm's needs with what they build on, in the order of work: what is installed, then what
    brings most for its effort, never before what it builds on. An app that others wait for counts what they bring.

    :param apps: sequence of :class:`App`; where two bring as much, the order given is kept
    :param dict answers: need code → YES, NO or UNKNOWN
    :return: :class:`Plan`
    :raises PlanError: where apps wait for each other, or for one that does not exist

    >>> invoicing = App("invoicing", benefit=Decimal(5))
    >>> stock = App("stock", frozenset({"stock"}), benefit=Decimal(1), effort=Decimal(8))
    >>> web = App("web", frozenset({"shop"}), after=("stock",), benefit=Decimal(20), effort=Decimal(2))
    >>> made = make_plan([stock, web, invoicing], {"shop": YES, "stock": NO})
    >>> [entry.code for entry in made.entries]
    ['stock', 'web', 'invoicing']
    >>> made.entries[0].because, made.entries[0].serves, made.entries[1].because
    ((), ('web',), ('shop',))
    >>> make_plan([stock, invoicing], {"stock": UNKNOWN})
    Plan(entries=(Entry(code='invoicing', because=(), serves=()),), undecided=('stock',))
    >>> make_plan([App("a", after=("b",)), App("b", after=("a",))], {})  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    PlanError: a, b
    """
    known = {app.code: app for app in apps}
    absent = sorted({code for app in apps for code in app.after} - set(known))
    if absent:
        raise PlanError(absent)
    because = {app.code: tuple(sorted(need for need in app.needs if answers.get(need, UNKNOWN) == YES)) for app in apps}
    chosen = {app.code for app in apps if app.installed or not app.needs or because[app.code]}
    waiting = list(chosen)
    while waiting:
        for code in known[waiting.pop()].after:
            if code not in chosen:
                chosen.add(code)
                waiting.append(code)
    undecided = tuple(
        app.code
        for app in apps
        if app.code not in chosen and any(answers.get(need, UNKNOWN) == UNKNOWN for need in app.needs)
    )
    order = _in_order([app for app in apps if app.code in chosen])
    entries = tuple(
        Entry(
            app.code,
            because[app.code],
            tuple(other.code for other in order if app.code in other.after),
        )
        for app in order
    )
    return Plan(entries, undecided)


def _worth(app):
    return Fraction(app.benefit) / max(Fraction(app.effort), Fraction(1, 4))


def _in_order(apps):
    known = {app.code: app for app in apps}
    place = {app.code: number for number, app in enumerate(apps)}
    worth = {app.code: _worth(app) for app in apps}
    # What waits for an app pulls it forward: as often as the longest chain is long.
    for _round in apps:
        for app in apps:
            for code in app.after:
                worth[code] = max(worth[code], worth[app.code])
    done, order = set(), []
    while len(order) < len(apps):
        ready = [app for app in apps if app.code not in done and all(code in done for code in app.after)]
        if not ready:
            raise PlanError(code for code in known if code not in done)
        best = min(ready, key=lambda app: (not app.installed, -worth[app.code], place[app.code]))
        done.add(best.code)
        order.append(best)
    return order


def schedule(efforts, start, hours_a_week):
    """By when each piece of work can be done, one after the other.

    :param efforts: sequence of hours; zero for what is done already
    :param datetime.date start: first day
    :param hours_a_week: hours that somebody has for it
    :return: list of datetime.date, at least a day after the start for what takes time, never falling
    :raises ValueError: where there is no time for it

    >>> from datetime import date
    >>> [day.isoformat() for day in schedule([Decimal(0), Decimal(4), Decimal(2)], date(2026, 11, 23), 4)]
    ['2026-11-23', '2026-11-30', '2026-12-04']
    """
    if hours_a_week <= 0:
        raise ValueError("no hours a week")
    spent, days = Fraction(0), []
    for effort in efforts:
        spent += Fraction(effort)
        days.append(start + timedelta(days=ceil(spent * 7 / Fraction(hours_a_week))))
    return days


def months_to_earn_back(benefit, effort):
    """After how many months the hours put in have come back; None where it saves none.

    >>> months_to_earn_back(Decimal(2), Decimal(5)), months_to_earn_back(Decimal(0), Decimal(5))
    (3, None)
    """
    return ceil(Fraction(effort) / Fraction(benefit)) if benefit > 0 else None
