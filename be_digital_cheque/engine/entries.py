# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Journal entries of an aid, from its award to its last release or its recovery.

Amounts are Decimals in one currency; a positive :class:`Item` is a debit, a negative one a credit.

* A right to aid that the authority has not granted yet is a contingent right: nothing is booked before the award
  (opinion CNC/CBN 2014/7).
* Aid for advice, training and other costs is income of the year: 740.
* Aid for an asset (capital grant) stands in equity, 15, less the taxes that will be due on it, 1680, and goes to
  income, 753 and 780, in step with the depreciation of the asset (opinions CNC/CBN 125-2bis and 2009/3). Where the
  grant is exempt from tax there are no deferred taxes.
* Aid that the authority takes back leaves the accounts in which it stands, in proportion.

Which account a role has is the chart's business, see ``models/res_company_accounting.py``.

>>> from datetime import date
>>> granted = date(2026, 3, 10)
>>> given = award(Decimal(10_000), CAPITAL_GRANT, granted, granted, tax_rate=Decimal("0.25"))
>>> [(item.role, str(item.amount)) for item in given.items]
[('receivable', '10000'), ('capital', '-7500.00'), ('deferred_tax', '-2500.00')]
>>> held = Position().after(given)
>>> plan = [Depreciation(date(2026, 12, 31), Decimal(4_000)), Depreciation(date(2027, 12, 31), Decimal(16_000))]
>>> [[(item.role, str(item.amount)) for item in entry.items] for entry in releases(held, plan, granted)][0]
[('capital', '1500.00'), ('capital_income', '-1500.00'), ('deferred_tax', '500.00'), ('tax_income', '-500.00')]
"""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

OPERATING_AID = "operating"
CAPITAL_GRANT = "capital"

#: Roles of the accounts; the first six are the fields of :class:`Position`.
RECEIVABLE = "receivable"
OPERATING = "operating"
CAPITAL = "capital"
DEFERRED_TAX = "deferred_tax"
CAPITAL_INCOME = "capital_income"
TAX_INCOME = "tax_income"
REPAYABLE = "repayable"
BANK = "bank"

CENT = Decimal("0.01")


class EntryError(ValueError):
    """An entry that may not be made; ``reason`` says why: a key for the message that the user reads."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Item:
    """A journal item: the role of its account, and its amount (debit positive)."""

    role: str
    amount: Decimal


@dataclass(frozen=True)
class Entry:
    """A balanced journal entry of a day."""

    on: date
    items: tuple

    @property
    def balance(self):
        return sum((item.amount for item in self.items), Decimal(0))


@dataclass(frozen=True)
class Position:
    """What stands in the books of one aid: the claim on the authority, and where the aid is. Never negative."""

    receivable: Decimal = Decimal(0)
    operating: Decimal = Decimal(0)
    capital: Decimal = Decimal(0)
    deferred_tax: Decimal = Decimal(0)
    capital_income: Decimal = Decimal(0)
    tax_income: Decimal = Decimal(0)

    @property
    def aid(self):
        """The whole aid that was booked and not taken back, released or not."""
        return sum((getattr(self, role) for role in AID_ROLES), Decimal(0))

    def after(self, *entries):
        """Return the position after these entries."""
        moved = {field.name: getattr(self, field.name) for field in fields(self)}
        for item in (item for entry in entries for item in entry.items if item.role in moved):
            moved[item.role] += item.amount if item.role == RECEIVABLE else -item.amount
        return replace(self, **moved)


#: Where an aid can stand on the credit side, in the order of the chart.
AID_ROLES = (CAPITAL, DEFERRED_TAX, OPERATING, CAPITAL_INCOME, TAX_INCOME)


@dataclass(frozen=True)
class Depreciation:
    """A line of the depreciation plan of the aided asset: the day on which it is booked, and its amount."""

    on: date
    amount: Decimal


def rounded(amount, unit=CENT):
    """Return an amount rounded to a multiple of ``unit``, halves away from zero."""
    return (amount / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def award(amount, nature, on, granted_on, tax_rate=Decimal(0), unit=CENT):
    """Return the entry of the authority's decision.

    :param amount: the aid granted, above zero
    :param nature: :data:`OPERATING_AID` or :data:`CAPITAL_GRANT`
    :param on: day of the entry
    :param granted_on: day of the decision, None as long as there is none
    :param tax_rate: share of a capital grant that will be tax; zero where it is exempt
    :raises EntryError: ``not_granted``, ``before_award``, ``no_amount``, ``tax_rate``
    """
    if granted_on is None:
        raise EntryError("not_granted")
    if on < granted_on:
        raise EntryError("before_award")
    if amount <= 0:
        raise EntryError("no_amount")
    if not 0 <= tax_rate < 1:
        raise EntryError("tax_rate")
    if nature == OPERATING_AID:
        return _entry(on, (RECEIVABLE, amount), (OPERATING, -amount))
    tax = rounded(amount * tax_rate, unit)
    return _entry(on, (RECEIVABLE, amount), (CAPITAL, tax - amount), (DEFERRED_TAX, -tax))


def releases(position, plan, granted_on, unit=CENT):
    """Return one entry for each line of the plan that is still to come; together they release all that is left.

    :param position: what stands in the books before the first of these lines
    :param plan: :class:`Depreciation` lines not released yet; their days need no order
    :param granted_on: depreciation of before the award is caught up on that day, never earlier
    :raises EntryError: ``not_granted``, ``no_plan``
    """
    if granted_on is None:
        raise EntryError("not_granted")
    plan = sorted(plan, key=lambda line: line.on)
    total = sum((line.amount for line in plan), Decimal(0))
    if total <= 0 or any(line.amount < 0 for line in plan):
        raise EntryError("no_plan")
    entries, depreciated = [], Decimal(0)
    capital = tax = Decimal(0)
    for line in plan:
        depreciated += line.amount
        # what is released up to a line is rounded, not each line: so nothing is left over at the end
        capital_then = rounded(position.capital * depreciated / total, unit)
        tax_then = rounded(position.deferred_tax * depreciated / total, unit)
        entries.append(
            _entry(
                max(line.on, granted_on),
                (CAPITAL, capital_then - capital),
                (CAPITAL_INCOME, capital - capital_then),
                (DEFERRED_TAX, tax_then - tax),
                (TAX_INCOME, tax - tax_then),
            )
        )
        capital, tax = capital_then, tax_then
    return entries


def payment(position, amount, on):
    """Return the entry of money received from the authority.

    :raises EntryError: ``no_amount``; ``above_claim`` where more comes in than was awarded and not paid yet
    """
    if amount <= 0:
        raise EntryError("no_amount")
    if amount > position.receivable:
        raise EntryError("above_claim")
    return _entry(on, (BANK, amount), (RECEIVABLE, -amount))


def recovery(position, amount, on, unit=CENT):
    """Return the entry of a decision to take aid back, in whole or in part.

    Each account in which the aid stands gives its share. What the authority had not paid yet lowers the claim on it,
    the rest is owed to it.

    :raises EntryError: ``no_amount``; ``above_aid`` where more is taken back than was given
    """
    if amount <= 0:
        raise EntryError("no_amount")
    if amount > position.aid:
        raise EntryError("above_aid")
    held = [(role, getattr(position, role)) for role in AID_ROLES]
    shares = apportion(amount, [max(value, Decimal(0)) for _role, value in held], unit)
    unpaid = min(amount, max(position.receivable, Decimal(0)))
    return _entry(
        on,
        *((role, share) for (role, _value), share in zip(held, shares, strict=True)),
        (RECEIVABLE, -unpaid),
        (REPAYABLE, unpaid - amount),
    )


def apportion(amount, weights, unit=CENT):
    """Split an amount in proportion to weights, exactly: the running sums are rounded, so no share exceeds its weight
    by more than a unit and the total is the amount.

    >>> [str(share) for share in apportion(Decimal("100.00"), [Decimal(1), Decimal(1), Decimal(1)])]
    ['33.33', '33.34', '33.33']
    """
    total = sum(weights, Decimal(0))
    shares, run, given = [], Decimal(0), Decimal(0)
    for weight in weights:
        run += weight
        upto = amount if run == total else rounded(amount * run / total, unit)
        shares.append(upto - given)
        given = upto
    return shares


def linear_plan(cost, start, years, year_end=(12, 31), unit=CENT):
    """Return the straight-line depreciation of an asset, one line at the end of each fiscal year.

    Full years are equal; the first one counts by the day (article 196 §2 of the Income Tax Code), and what it lacks
    comes in one more year at the end.

    :param cost: depreciable amount
    :param start: first day of depreciation
    :param years: life of the asset in whole years
    :param year_end: month and day on which fiscal years end

    >>> from datetime import date
    >>> [(line.on.isoformat(), str(line.amount)) for line in linear_plan(Decimal(9_000), date(2026, 7, 1), 3)]
    [('2026-12-31', '1512.33'), ('2027-12-31', '3000.00'), ('2028-12-31', '3000.00'), ('2029-12-31', '1487.67')]
    >>> [str(line.amount) for line in linear_plan(Decimal(100), date(2026, 1, 1), 3)]
    ['33.33', '33.34', '33.33']
    """
    if cost <= 0 or years < 1:
        raise EntryError("no_plan")
    on = _year_end(start, year_end)
    begun = _month_day(on.year - 1, *year_end) + timedelta(days=1)
    elapsed = Decimal((on - start).days + 1) / ((on - begun).days + 1)
    lines, gone = [], Decimal(0)
    while True:
        upto = cost if elapsed >= years else rounded(cost * elapsed / years, unit)
        lines.append(Depreciation(on, upto - gone))
        if elapsed >= years:
            return lines
        gone, elapsed, on = upto, elapsed + 1, _month_day(on.year + 1, *year_end)


def _entry(on, *items):
    entry = Entry(on, tuple(Item(role, amount) for role, amount in items if amount))
    assert not entry.balance
    return entry


def _year_end(day, year_end):
    """The first end of a fiscal year on or after a day; a day that the month lacks is its last one."""
    for year in (day.year, day.year + 1):
        end = _month_day(year, *year_end)
        if end >= day:
            return end
    raise AssertionError(day)


def _month_day(year, month, day):
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
