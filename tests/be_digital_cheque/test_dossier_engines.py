# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engines of a dossier: its stages, its deadlines and its costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_digital_cheque.engine import costs, deadlines, stages

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
KINDS = (deadlines.BEFORE, deadlines.WITHIN, deadlines.MONTHS, deadlines.YEAR_END)
RULES = st.builds(deadlines.Rule, st.sampled_from(KINDS), st.just("start"), st.integers(0, 36))
CLAIMS = st.lists(
    st.builds(costs.Claim, st.sampled_from("ABC"), st.integers(0, 100_000).map(lambda cents: Decimal(cents) / 100)),
    max_size=8,
)


def test_every_stage_can_be_reached_and_left():
    for stage in stages.ALL:
        assert stages.way(stages.IDEA, stage), stage
        assert stages.TRANSITIONS[stage], stage
        assert set(stages.TRANSITIONS[stage]) <= set(stages.ALL)


def test_no_way_to_the_money_avoids_application_and_decision():
    for target in (stages.CLAIMED, stages.PAID, stages.CLOSED):
        way = stages.way(stages.IDEA, target)
        assert way.index(stages.SUBMITTED) < way.index(stages.GRANTED) < way.index(target)


@pytest.mark.parametrize("stage", stages.ALL)
def test_what_a_stage_needs_is_missing_where_nothing_is_known(stage):
    assert stages.missing(stage, {}) == list(stages.NEEDED.get(stage, ()))
    assert stages.missing(stage, dict.fromkeys(stages.NEEDED.get(stage, ()), 1)) == []


@given(RULES, DAYS)
def test_a_later_anchor_never_gives_an_earlier_deadline(rule, day):
    earlier = deadlines.latest(rule, {"start": day})
    later = deadlines.latest(rule, {"start": day + timedelta(days=1)})
    assert earlier <= later


@given(RULES)
def test_an_unknown_anchor_gives_an_unknown_deadline(rule):
    assert deadlines.latest(rule, {"start": None}) is None
    assert deadlines.latest(rule, {}) is None


@given(st.lists(st.none() | DAYS, max_size=10))
def test_deadlines_in_order_never_exceed_those_that_follow(limits):
    ordered = deadlines.in_order(limits)
    known = [limit for limit in ordered if limit]
    assert known == sorted(known)
    assert None not in ordered[: len(known)]
    for own, found in zip(limits, ordered, strict=True):
        assert own is None or found <= own


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        # apply before the start (Brussels); at most 14 calendar days after it (kmo-portefeuille)
        (deadlines.Rule(deadlines.BEFORE, "start"), date(2026, 3, 1), date(2026, 2, 28)),
        (deadlines.Rule(deadlines.WITHIN, "start", 14), date(2026, 12, 24), date(2027, 1, 7)),
        # a mission of at most 6 months; a training that ends by 31 December of the following year
        (deadlines.Rule(deadlines.MONTHS, "start", 6), date(2026, 8, 31), date(2027, 2, 28)),
        (deadlines.Rule(deadlines.YEAR_END, "start", 1), date(2026, 2, 1), date(2027, 12, 31)),
    ],
)
def test_worked_examples(rule, start, last):
    assert deadlines.latest(rule, {"start": start}) == last
    assert deadlines.breach(None, last, last, last) is None
    assert deadlines.breach(None, last, last + timedelta(days=1), last) == deadlines.LATE


def test_a_bill_before_the_application_harms_and_one_after_it_does_not():
    apply = ("apply", "apply", deadlines.Rule(deadlines.BEFORE, "start"))
    applied = {"apply": date(2026, 5, 10)}
    assert deadlines.harm([apply], applied, date(2026, 5, 10), date(2026, 6, 1)) == [("apply", date(2026, 5, 9))]
    assert deadlines.harm([apply], applied, date(2026, 5, 11), date(2026, 6, 1)) == []
    # A project that started before is not mended by a later bill.
    started = {**applied, "start": date(2026, 5, 1)}
    assert deadlines.harm([apply], started, date(2026, 5, 11), date(2026, 6, 1)) == [("apply", date(2026, 4, 30))]


def test_within_two_weeks_of_the_start_an_application_is_still_in_time():
    apply = ("apply", "apply", deadlines.Rule(deadlines.WITHIN, "start", 14))
    assert deadlines.harm([apply], {}, date(2026, 5, 1), date(2026, 5, 15)) == []
    assert deadlines.harm([apply], {}, date(2026, 5, 1), date(2026, 5, 16)) == [("apply", date(2026, 5, 15))]


@given(st.integers(0, 200_000).map(lambda cents: Decimal(cents) / 100), CLAIMS, st.sampled_from("ABC"))
def test_claiming_what_is_left_never_makes_an_excess(total, claims, dossier):
    if costs.excess(total, claims):
        assert costs.left(total, claims, dossier) == 0
    else:
        more = [*claims, costs.Claim(dossier, costs.left(total, claims, dossier))]
        assert costs.excess(total, more) == 0


@given(st.integers(1, 200_000).map(lambda cents: Decimal(cents) / 100), CLAIMS)
def test_the_order_of_claims_does_not_matter(total, claims):
    assert costs.excess(total, claims) == costs.excess(total, claims[::-1])


@given(CLAIMS)
def test_a_credit_note_is_claimed_like_a_cost(claims):
    negative = [costs.Claim(claim.dossier, -claim.amount) for claim in claims]
    assert costs.excess(Decimal(-500), negative) == costs.excess(Decimal(500), claims)


@given(
    st.lists(st.tuples(st.sampled_from(("planned", "committed", "invoiced", "paid")), st.integers(0, 1000)), max_size=9)
)
def test_each_total_holds_the_next(rows):
    found = costs.totals([(state, Decimal(amount)) for state, amount in rows])
    assert found["planned"] >= found["committed"] >= found["invoiced"] >= found["paid"]
    assert found["planned"] == sum(amount for _state, amount in rows)
