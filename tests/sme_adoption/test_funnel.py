# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The funnel of a customer: nothing goes back without a reason, nobody is mailed too often or after saying no."""

import doctest
import itertools
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sme_adoption.engine import funnel

START = date(2026, 1, 1)
POLICIES = st.builds(
    funnel.Policy, remind_after=st.integers(0, 40), pause=st.integers(1, 40), per_year=st.integers(0, 8)
)
OBSTACLES = st.sampled_from(["", "", "no_email", "not_on_network"])
# what happens: days that pass, then something in the records, from the customer or from a person of the firm
HAPPENINGS = st.lists(
    st.tuples(
        st.integers(0, 60), st.sampled_from(["use", "unuse", "login", "decline", "take_back", "obstacle", "nothing"])
    ),
    max_size=40,
)


def test_examples():
    result = doctest.testmod(funnel)
    assert result.attempted
    assert not result.failed


def happen(known, what, day, obstacle):
    if what == "use":
        return replace(known, uses=known.uses + 1, first_use=known.first_use or day, last_use=day)
    if what == "login":
        uses, first, last = funnel.accumulate(known, funnel.Use(None, day, day))
        return replace(known, uses=uses, first_use=first, last_use=last)
    if what == "unuse":
        return replace(known, uses=0, first_use=None, last_use=None)
    if what == "decline":
        return replace(known, declined_on=known.declined_on or day)
    if what == "take_back":
        return replace(known, declined_on=None)
    if what == "obstacle":
        return replace(known, obstacle=obstacle)
    return known


@given(HAPPENINGS, POLICIES, OBSTACLES)
def test_a_life_with_one_tool(happenings, policy, obstacle):
    known, stage, today, mailed = funnel.Known(), None, START, []
    for days, what in happenings:
        today += timedelta(days=days)
        known = happen(known, what, today, obstacle)
        before = stage
        stage, reason = funnel.move(before, known, today)
        if funnel.DECLINED not in (before, stage, None) and before is not None:
            backwards = funnel.LADDER.index(stage) < funnel.LADDER.index(before)
            assert bool(reason) == backwards, (before, stage, reason)
        if before == funnel.DECLINED and stage != funnel.DECLINED:
            assert (what, reason) == ("take_back", funnel.WITHDRAWN)
        mail = funnel.due(known, mailed, policy, today)
        if mail:
            assert not known.declined_on
            assert not known.uses
            assert not known.obstacle
            mailed.append(today)
            known = replace(known, **{"invited_on" if mail == "invite" else "reminded_on": today})
            stage, reason = funnel.move(stage, known, today)
            assert not reason
    assert len(mailed) <= 2
    assert all(later - earlier >= timedelta(days=policy.pause) for earlier, later in itertools.pairwise(mailed))


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=60),
    POLICIES,
)
def test_the_limits_hold_over_all_tools(attempts, policy):
    tools = {number: funnel.Known() for number in range(6)}
    today, mailed = START, []
    for days, tool in attempts:
        today += timedelta(days=days)
        mail = funnel.due(tools[tool], mailed, policy, today)
        if mail:
            mailed.append(today)
            key = "invited_on" if mail == "invite" else "reminded_on"
            tools[tool] = replace(tools[tool], **{key: today})
    for number, day in enumerate(mailed):
        assert sum(day <= other < day + timedelta(days=365) for other in mailed) <= policy.per_year
        assert all(abs((day - other).days) >= policy.pause for other in mailed[number + 1 :])


@given(st.lists(st.dates(START, START + timedelta(days=90)), max_size=20))
def test_logins_count_each_day_once(days):
    known = funnel.Known()
    for day in sorted(days):
        uses, first, last = funnel.accumulate(known, funnel.Use(None, day, day))
        known = replace(known, uses=uses, first_use=first, last_use=last)
    assert known.uses == len(set(days))
    assert (known.first_use, known.last_use) == (min(days, default=None), max(days, default=None))
