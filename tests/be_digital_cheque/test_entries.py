# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The entries of an aid: balanced to the cent, all released and nothing more, never before the award."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_digital_cheque.engine import entries
from be_digital_cheque.engine.entries import (
    CAPITAL_GRANT,
    OPERATING_AID,
    Depreciation,
    EntryError,
    Position,
    apportion,
    award,
    linear_plan,
    payment,
    recovery,
    releases,
)
from be_digital_cheque.engine.wallet import settle

EUROS = st.integers(1, 100_000_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))
TAX_RATES = st.sampled_from((Decimal(0), Decimal("0.20"), Decimal("0.25"), Decimal("0.3399")))
NATURES = st.sampled_from((OPERATING_AID, CAPITAL_GRANT))
PLANS = st.lists(st.builds(Depreciation, DAYS, EUROS), min_size=1, max_size=12)
GRANTED = date(2026, 6, 1)


def amounts(entry):
    return {item.role: item.amount for item in entry.items}


@given(EUROS, NATURES, DAYS, DAYS, TAX_RATES)
def test_an_award_is_balanced_and_never_before_the_decision(amount, nature, on, granted_on, rate):
    if on < granted_on:
        with pytest.raises(EntryError, match="before_award"):
            award(amount, nature, on, granted_on, rate)
        return
    entry = award(amount, nature, on, granted_on, rate)
    assert entry.balance == 0
    after = Position().after(entry)
    assert (after.receivable, after.aid) == (amount, amount)
    assert entry.on >= granted_on


@given(EUROS, TAX_RATES, PLANS)
def test_the_releases_together_are_the_grant(amount, rate, plan):
    held = Position().after(award(amount, CAPITAL_GRANT, GRANTED, GRANTED, rate))
    released = releases(held, plan, GRANTED)
    assert len(released) == len(plan)
    for entry in released:
        assert entry.balance == 0
        assert entry.on >= GRANTED
    after = held.after(*released)
    assert (after.capital, after.deferred_tax) == (0, 0)
    assert after.capital_income + after.tax_income == amount == after.aid
    assert after.tax_income == held.deferred_tax


@given(EUROS, TAX_RATES, PLANS, st.data())
def test_after_a_recovery_the_rest_is_released(amount, rate, plan, data):
    plan = sorted(plan, key=lambda line: line.on)
    held = Position().after(award(amount, CAPITAL_GRANT, GRANTED, GRANTED, rate))
    done = data.draw(st.integers(0, len(plan) - 1))
    held = held.after(*releases(held, plan, GRANTED)[:done])
    paid = data.draw(st.integers(0, int(amount * 100))) / Decimal(100)
    if paid:
        held = held.after(payment(held, paid, GRANTED))
    taken = data.draw(st.integers(1, int(amount * 100))) / Decimal(100)
    entry = recovery(held, taken, GRANTED)
    assert entry.balance == 0
    after = held.after(entry)
    assert after.aid == amount - taken
    assert min(after.capital, after.deferred_tax, after.capital_income, after.tax_income, after.receivable) >= 0
    # paid − owed back + still to come = what is left of the aid
    assert paid + amounts(entry).get("repayable", 0) + after.receivable == amount - taken
    end = after.after(*releases(after, plan[done:], GRANTED))
    assert (end.capital, end.deferred_tax) == (0, 0)
    assert end.aid == amount - taken


@given(EUROS, st.lists(EUROS, min_size=1, max_size=6))
def test_a_split_is_exact(amount, weights):
    amount = min(amount, sum(weights))
    shares = apportion(amount, weights)
    assert sum(shares) == amount
    for share, weight in zip(shares, weights, strict=True):
        assert 0 <= share <= weight


@given(EUROS, DAYS, st.integers(1, 10), st.integers(1, 12))
def test_a_linear_plan_depreciates_all(cost, start, years, month):
    plan = linear_plan(cost, start, years, (month, 31))
    assert sum(line.amount for line in plan) == cost
    assert plan[0].on >= start
    assert all(later.on > earlier.on for earlier, later in pairwise(plan))
    assert len(plan) in (years, years + 1)
    for line in plan[:-1]:
        assert line.on.month == month
        assert (line.on + timedelta(days=1)).day == 1


@given(EUROS, EUROS, EUROS, st.booleans(), EUROS)
def test_a_wallet_pays_the_bill(untaxed, vat, aid, vat_by_wallet, claim):
    if aid > untaxed:
        with pytest.raises(EntryError, match="aid_above_cost"):
            settle(untaxed, vat, aid, vat_by_wallet)
        return
    paid = settle(untaxed, vat, aid, vat_by_wallet)
    assert paid.own_share + paid.aid + paid.paid_directly == untaxed + vat
    assert sum(item.amount for item in paid.items(claim)) == 0
    assert {item.role for item in paid.items(aid)} <= {"supplier", "clearing", "receivable"}


def test_by_hand():
    """€10,000 for a €40,000 asset over four years, 25% tax, €2,500 of it paid; half is taken back after two years."""
    held = Position().after(award(Decimal(10_000), CAPITAL_GRANT, GRANTED, GRANTED, Decimal("0.25")))
    plan = [Depreciation(date(year, 12, 31), Decimal(10_000)) for year in (2026, 2027, 2028, 2029)]
    first, second, *_later = releases(held, plan, GRANTED)
    assert amounts(first) == {"capital": 1875, "capital_income": -1875, "deferred_tax": 625, "tax_income": -625}
    held = held.after(first, second, payment(held, Decimal(2_500), date(2027, 1, 5)))
    assert amounts(recovery(held, Decimal(5_000), date(2028, 2, 1))) == {
        "capital": 1875,
        "deferred_tax": 625,
        "capital_income": 1875,
        "tax_income": 625,
        "receivable": -5000,
    }
    assert amounts(recovery(held, Decimal(10_000), date(2028, 2, 1)))["repayable"] == -2500


def test_depreciation_of_before_the_award_is_caught_up_on_its_day():
    held = Position().after(award(Decimal(900), CAPITAL_GRANT, GRANTED, GRANTED))
    plan = [Depreciation(date(year, 12, 31), Decimal(100)) for year in (2024, 2025, 2026)]
    assert [(entry.on, amounts(entry)["capital"]) for entry in releases(held, plan, GRANTED)] == [
        (GRANTED, 300),
        (GRANTED, 300),
        (date(2026, 12, 31), 300),
    ]


def test_refusals():
    held = Position(receivable=Decimal(10), operating=Decimal(10))
    for reason, call in {
        "not_granted": lambda: award(Decimal(1), OPERATING_AID, GRANTED, None),
        "no_amount": lambda: award(Decimal(0), OPERATING_AID, GRANTED, GRANTED),
        "tax_rate": lambda: award(Decimal(1), CAPITAL_GRANT, GRANTED, GRANTED, Decimal(1)),
        "no_plan": lambda: releases(held, [], GRANTED),
        "above_claim": lambda: payment(held, Decimal(11), GRANTED),
        "above_aid": lambda: recovery(held, Decimal(11), GRANTED),
    }.items():
        with pytest.raises(EntryError) as refused:
            call()
        assert refused.value.reason == reason
    with pytest.raises(EntryError):
        releases(held, [Depreciation(GRANTED, Decimal(1))], None)
    with pytest.raises(EntryError):
        linear_plan(Decimal(0), GRANTED, 3)


def test_whole_units_of_a_currency_without_cents():
    entry = award(Decimal(1001), CAPITAL_GRANT, GRANTED, GRANTED, Decimal("0.25"), unit=Decimal(1))
    assert amounts(entry) == {"receivable": 1001, "capital": -751, "deferred_tax": -250}
    assert entries.rounded(Decimal("-2.5"), Decimal(1)) == -3
