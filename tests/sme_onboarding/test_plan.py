# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The plan engine: nothing comes before what it builds on, unknown is not no, and the shipped plans hold together."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sme_onboarding.engine.plan import (
    NO,
    UNKNOWN,
    YES,
    App,
    PlanError,
    make_plan,
    propose_trade,
    schedule,
    usual_answers,
)

DATA = Path(__file__).resolve().parents[2] / "sme_onboarding" / "data"
NEEDS = "abcdef"
HOURS = st.decimals("0.5", "40", places=1)


@st.composite
def catalogues(draw):
    """Apps that only wait for earlier ones, shuffled, and answers to some needs."""
    apps = []
    for number in range(draw(st.integers(1, 10))):
        earlier = [app.code for app in apps]
        after = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=2)) if earlier else []
        needs = draw(st.frozensets(st.sampled_from(NEEDS), max_size=2))
        apps.append(App(f"app{number}", needs, tuple(after), draw(HOURS), draw(HOURS), draw(st.booleans())))
    answers = draw(st.dictionaries(st.sampled_from(NEEDS), st.sampled_from([YES, NO, UNKNOWN])))
    return draw(st.permutations(apps)), answers


@given(catalogues())
def test_nothing_comes_before_what_it_builds_on(case):
    apps, answers = case
    order = [entry.code for entry in make_plan(apps, answers).entries]
    assert len(order) == len(set(order))
    for app in apps:
        if app.code in order:
            assert all(order.index(code) < order.index(app.code) for code in app.after)


@given(catalogues())
def test_every_app_of_a_plan_has_its_reason(case):
    apps, answers = case
    known = {app.code: app for app in apps}
    for entry in make_plan(apps, answers).entries:
        app = known[entry.code]
        assert app.installed or not app.needs or entry.because or entry.serves
        assert all(answers[need] == YES for need in entry.because)


@given(catalogues(), st.sampled_from(NEEDS))
def test_a_need_more_never_takes_an_app_away(case, need):
    apps, answers = case
    before = {entry.code for entry in make_plan(apps, answers).entries}
    after = {entry.code for entry in make_plan(apps, answers | {need: YES}).entries}
    assert before <= after


@given(catalogues())
def test_unknown_is_not_no(case):
    apps, answers = case
    made = make_plan(apps, answers)
    planned = {entry.code for entry in made.entries}
    assert not planned & set(made.undecided)
    for app in apps:
        if app.code not in planned and app.code not in made.undecided:
            assert all(answers.get(need) == NO for need in app.needs)


@given(st.lists(st.decimals("0", "100", places=1), max_size=12), st.decimals("0.5", "40", places=1))
def test_dates_never_fall_and_more_time_is_never_later(efforts, hours):
    days = schedule(efforts, date(2026, 11, 25), hours)
    assert days == sorted(days)
    faster = schedule(efforts, date(2026, 11, 25), hours * 2)
    assert all(early <= late for early, late in zip(faster, days, strict=True))


@given(st.sets(st.sampled_from(NEEDS)), st.sets(st.sampled_from(NEEDS)), st.none() | st.integers(0, 50))
def test_what_is_usual_or_seen_is_a_yes_and_staff_alone_says_no(usual, seen, staff):
    needs = [(code, number) for number, code in enumerate(NEEDS)]
    for (code, from_staff), answer in zip(needs, usual_answers(needs, usual, seen, staff).values(), strict=True):
        if code in usual | seen:
            assert answer == YES
        elif answer == NO:
            assert staff is not None and staff < from_staff


def test_apps_that_wait_for_each_other_or_for_nothing_are_named():
    with pytest.raises(PlanError) as caught:
        make_plan([App("a", after=("b",)), App("b", after=("c",)), App("c", after=("a",)), App("d")], {})
    assert set(caught.value.codes) == {"a", "b", "c"}
    with pytest.raises(PlanError) as caught:
        make_plan([App("a", after=("gone",))], {})
    assert caught.value.codes == ("gone",)


def test_there_is_time_or_an_error():
    with pytest.raises(ValueError, match="hours"):
        schedule([Decimal(1)], date(2026, 11, 25), 0)


def _rows(name):
    with (DATA / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def _split(text):
    return [one.strip() for one in text.split(",") if one.strip()]


@pytest.fixture(scope="module")
def shipped():
    needs = {row["id"]: row for row in _rows("sme.plan.need")}
    apps = [
        App(
            row["id"],
            frozenset(_split(row["need_ids:id"])),
            tuple(_split(row["after_ids:id"])),
            Decimal(row["hours_month"]),
            Decimal(row["effort_hours"]),
        )
        for row in _rows("sme.plan.app")
    ]
    return needs, apps, _rows("sme.plan.trade")


def test_every_shipped_trade_gets_a_plan_of_its_own(shipped):
    needs, apps, trades = shipped
    assert len(trades) >= 10
    plans = set()
    for trade in trades:
        usual = set(_split(trade["need_ids:id"]))
        assert usual <= set(needs), trade["id"]
        answers = usual_answers([(code, int(row["from_staff"])) for code, row in needs.items()], usual, set(), 1)
        plans.add(tuple(entry.code for entry in make_plan(apps, answers).entries))
    # some neighbours share a plan; most do not
    assert len(plans) >= 10


def test_every_need_leads_to_an_app_and_every_app_answers_to_a_need_that_exists(shipped):
    needs, apps, _trades = shipped
    served = {need for app in apps for need in app.needs}
    assert served == set(needs)


def test_the_trades_are_found_by_their_activity(shipped):
    _needs, _apps, rows = shipped
    trades = [
        (row["code"], [(version, prefix) for version in ("2008", "2025") for prefix in row[f"nace_{version}"].split()])
        for row in rows
    ]
    for version, digits, trade in (
        ("2008", "43320", "joiner"),
        ("2025", "43320", "joiner"),
        ("2008", "47910", "web_shop"),
        ("2025", "47110", "retailer"),
        ("2025", "56300", "cafe"),
        ("2008", "45201", "garage"),
        ("2025", "95310", "garage"),
        ("2025", "69201", "bookkeeper"),
        ("2008", "86210", "doctor"),
        ("2008", "96021", "hairdresser"),
        ("2025", "96210", "hairdresser"),
        ("2025", "46900", "wholesaler"),
        ("2025", "94991", "nonprofit"),
    ):
        assert propose_trade(trades, [(version, digits)]) == trade, digits
    assert propose_trade(trades, [("2025", "01110")]) is None
