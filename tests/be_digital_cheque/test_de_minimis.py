# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The de minimis engine against the wording of the regulations, day by day."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from be_digital_cheque.engine.de_minimis import (
    GENERAL,
    REGIMES,
    SGEI,
    Grant,
    Register,
    exceeded_by,
    free_from,
    regime,
    room,
    years_earlier,
)

DAYS = st.dates(date(2021, 1, 1), date(2030, 12, 31))
EUROS = st.integers(1, 30_000_000).map(lambda cents: Decimal(cents) / 100)
GRANTS = st.lists(st.builds(Grant, DAYS, EUROS, st.sampled_from((GENERAL, GENERAL, SGEI))), max_size=12)
ROLLING_DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def counted_slowly(grants, on, kind):
    """Walk through the three years that end on a day, one day at a time."""
    total, day = Decimal(0), on
    while day > years_earlier(on):
        total += sum(grant.amount for grant in grants if grant.granted_on == day and grant.kind == kind)
        day -= timedelta(days=1)
    return total


@given(GRANTS, ROLLING_DAYS)
def test_three_years_day_by_day(grants, on):
    for kind in (GENERAL, SGEI):
        then = room(grants, on, kind)
        assert then.counted == counted_slowly(grants, on, kind)
        assert then.left - then.excess == then.regime.ceiling - then.counted
        assert not (then.left and then.excess)


@given(GRANTS, st.dates(date(2021, 1, 1), date(2023, 12, 31)))
def test_before_2024_the_running_and_two_previous_fiscal_years(grants, on):
    expected = sum(
        grant.amount for grant in grants if grant.kind == GENERAL and date(on.year - 2, 1, 1) <= grant.granted_on <= on
    )
    assert room(grants, on).counted == expected
    assert room(grants, on).regime.ceiling == 200_000


@given(GRANTS, st.builds(Grant, ROLLING_DAYS, EUROS))
def test_a_grant_that_fits_exceeds_the_ceiling_on_no_day(grants, new):
    worst = exceeded_by(grants, new)
    days = [new.granted_on + timedelta(days=step) for step in range(1097)]
    excess = max(
        (
            then.excess
            for day in days
            if (then := room([*grants, new], day)) and then.window_start <= new.granted_on <= day
        ),
        default=Decimal(0),
    )
    assert (worst.excess if worst else 0) == excess


@given(GRANTS, EUROS, ROLLING_DAYS)
def test_free_from_is_the_first_day_that_fits(grants, amount, start):
    found = free_from(grants, amount, start)
    if found is None:
        last = REGIMES[GENERAL][-1].valid_to
        assert exceeded_by(grants, Grant(last, amount)) or amount > room(grants, last).left
    else:
        assert found >= start
        assert not exceeded_by(grants, Grant(found, amount))
        if found > start:
            assert exceeded_by(grants, Grant(found - timedelta(days=1), amount))


@given(GRANTS, ROLLING_DAYS)
def test_the_timeline_tells_each_change_and_nothing_else(grants, start):
    end = min(start + timedelta(days=900), date(2030, 12, 31))
    steps = Register(grants).timeline(start, end)
    assert steps[0].on == start
    told = {step.on: step for step in steps}
    day, last = start, None
    while day <= end:
        then = room(grants, day)
        last = told.get(day, last)
        assert (then.left, then.excess) == (last.left, last.excess), day
        day += timedelta(days=1)


@given(st.permutations([Grant(date(2025, 1, day), Decimal(90_000)) for day in (1, 2, 3)]))
def test_the_order_of_entry_does_not_matter(grants):
    assert room(grants, date(2026, 1, 1)).left == 30_000
    assert exceeded_by(grants[:2], grants[2]) is None


def test_a_late_entry_counts_with_later_grants():
    later = [Grant(date(2026, 6, 1), Decimal(250_000))]
    worst = exceeded_by(later, Grant(date(2025, 1, 1), Decimal(60_000)))
    assert (worst.on, worst.excess) == (date(2026, 6, 1), 10_000)
    # three years and a day apart nothing is shared
    assert exceeded_by(later, Grant(date(2023, 6, 1), Decimal(60_000))) is None


def test_leap_day():
    aid = [Grant(date(2024, 2, 29), Decimal(300_000))]
    assert room(aid, date(2027, 2, 28)).left == 0
    assert room(aid, date(2027, 3, 1)).left == 300_000


def test_kinds_have_ceilings_of_their_own():
    aid = [Grant(date(2025, 1, 1), Decimal(700_000), SGEI), Grant(date(2025, 1, 1), Decimal(299_000))]
    assert (room(aid, date(2025, 6, 1)).left, room(aid, date(2025, 6, 1), SGEI).left) == (1_000, 50_000)


def test_a_fiscal_year_that_begins_in_july():
    aid = [Grant(date(2020, 6, 30), Decimal(100_000)), Grant(date(2020, 7, 1), Decimal(50_000))]
    assert Register(aid, fiscal_year_start=(7, 1)).room(date(2023, 6, 30)).left == 150_000


def test_no_rules_no_answer():
    assert regime(date(2031, 1, 1)) is None
    assert room([], date(2031, 1, 1)) is None
    assert free_from([], Decimal(1), date(2031, 1, 1)) is None
    assert exceeded_by([], Grant(date(2025, 1, 1), Decimal(0))) is None
