# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine of the time saved: no event counts twice, and every figure is that of its day."""

import doctest
from collections import Counter
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from sme_time_saved.engine import saving

KINDS = ["sent", "received", "imported"]
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
EVENTS = st.lists(st.builds(saving.Event, work=st.integers(0, 9), kind=st.sampled_from(KINDS), day=DAYS))
RATES = st.lists(
    st.builds(
        saving.Rate,
        start=st.none() | DAYS,
        value=st.decimals(0, 60, places=2),
        own=st.booleans(),
        ref=st.integers(),
    ),
    max_size=4,
)


def test_examples():
    result = doctest.testmod(saving)
    assert result.attempted
    assert not result.failed


@given(EVENTS, st.randoms())
def test_each_piece_of_work_once_whatever_the_order(events, random):
    ledger = saving.once(events, KINDS)
    assert set(ledger) == {event.work for event in events}
    shuffled = [*events, *events]
    random.shuffle(shuffled)
    assert saving.once(shuffled, KINDS) == ledger


@given(EVENTS)
def test_the_first_kind_has_it(events):
    for work, event in saving.once(events, KINDS).items():
        claims = [one for one in events if one.work == work]
        assert event in claims
        assert KINDS.index(event.kind) == min(KINDS.index(one.kind) for one in claims)


@given(EVENTS, EVENTS)
def test_counting_in_two_parts_is_counting_at_once(first, second):
    kept = saving.once(first, KINDS)
    assert saving.once([*kept.values(), *second], KINDS) == saving.once([*first, *second], KINDS)


@given(EVENTS, st.dictionaries(st.sampled_from(KINDS), RATES), st.dictionaries(st.sampled_from(KINDS), RATES))
def test_the_working_adds_up(events, minutes, costs):
    ledger = saving.once(events, KINDS).values()
    counts = Counter((event.kind, event.day) for event in ledger)
    lines = saving.working(counts, minutes, costs)
    assert sum(line.count for line in lines) == len(ledger)
    one_by_one = sum(
        (rate.value for event in ledger if (rate := saving.rate_on(minutes.get(event.kind, ()), event.day))), Decimal(0)
    )
    assert abs(sum((line.hours or Decimal(0) for line in lines), Decimal(0)) * 60 - one_by_one) < Decimal("0.0001")
    for line in lines:
        assert (line.hours is None) == (line.minutes is None)
        assert (line.amount is None) == (line.minutes is None or line.hourly_cost is None)


@given(RATES, DAYS)
def test_no_figure_from_the_future_and_own_ones_first(rates, day):
    found = saving.rate_on(rates, day)
    holding = [rate for rate in rates if rate.start is None or rate.start <= day]
    assert (found is None) == (not holding)
    if found:
        assert found in holding
        assert found.own == any(rate.own for rate in holding)
