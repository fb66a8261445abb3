# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Properties of the eligibility engine that hold whatever the rules, the enterprise and the project are."""

import json
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from be_digital_cheque.engine import aid as amounts
from be_digital_cheque.engine import criteria, eligibility, ranking
from be_digital_cheque.engine.facts import Activity, Earlier, Facts, Seat
from be_digital_cheque.engine.rules import Bonus, Criterion, Limit, Rate, Rules

REGIONS = ("wallonia", "brussels", "flanders")
SIZES = ("micro", "small", "medium", "large")
KINDS = ("website", "training", "cyber_audit")
DAYS = st.dates(date(2023, 1, 1), date(2029, 12, 31))
#: Whole euros and whole percents, so that no rounding of cents hides a difference.
EUROS = st.integers(0, 200_000).map(Decimal)
SHARES = st.integers(1, 100).map(lambda percent: Decimal(percent) / 100)


def maybe(strategy):
    return st.none() | strategy


QUESTIONS = ("accounts_filed", "social")
CRITERIA = st.one_of(
    st.builds(Criterion, st.just(1), st.just("region"), st.sampled_from(REGIONS), st.booleans()),
    st.builds(Criterion, st.just(2), st.just("size"), values=st.just(criteria.SME)),
    st.builds(
        Criterion, st.just(3), st.just("code_size"), values=st.just(frozenset({"micro", "small", "self_employed"}))
    ),
    st.builds(
        Criterion, st.just(4), st.just("legal_form"), values=st.just(frozenset({"association"})), excludes=st.just(True)
    ),
    st.builds(
        Criterion,
        st.just(5),
        st.just("nace"),
        nace_version=st.sampled_from(("2008", "2025")),
        nace_codes=st.sampled_from(((), ("6201", "62"))),
        excludes=st.booleans(),
        main_only=st.booleans(),
    ),
    st.builds(
        Criterion, st.just(6), st.just("declared"), question=st.sampled_from(QUESTIONS), number=st.sampled_from((0, 50))
    ),
    st.builds(
        Criterion,
        st.just(7),
        st.just("public_stake"),
        number=st.sampled_from((25, 75)),
        question=st.just("accounts_filed"),
    ),
    st.builds(Criterion, st.just(8), st.just("age"), number=st.integers(1, 5), above=st.booleans()),
    st.builds(Criterion, st.just(9), st.just("seat_age"), st.sampled_from(REGIONS), number=st.just(2)),
    st.builds(Criterion, st.just(10), st.just("de_minimis_sector"), question=st.just("social")),
    st.builds(Criterion, st.just(11), st.just("project_count"), number=st.just(2)),
    st.builds(Criterion, st.just(12), st.just("wait"), number=st.sampled_from((36, 48))),
)
LIMITS = st.builds(
    Limit,
    st.integers(1, 99),
    st.sampled_from(("max", "max", "min")),
    st.integers(1, 60_000).map(Decimal),
    st.sampled_from(("aid", "cost", "unknown")),
    st.sampled_from(("project", "calendar_year", "rolling_36_months", "total", "unknown")),
    st.sampled_from(("all", "sme", "micro", "small", "medium")),
    st.sampled_from((frozenset(), frozenset({"training"}))),
    st.sampled_from((None, None, "theme")),
)
RATES = st.builds(
    lambda id_, size, low, more, kinds: Rate(id_, size, low, min(Decimal(1), low + more), kinds),
    st.integers(1, 99),
    st.sampled_from(("all", "sme", "small", "medium", "large")),
    SHARES,
    SHARES,
    st.sampled_from((frozenset(), frozenset({"cyber_audit"}))),
)
BONUSES = st.builds(Bonus, st.integers(1, 99), SHARES, st.sampled_from(QUESTIONS), st.sampled_from((0, 0, 4)))
RULES = st.builds(
    Rules,
    st.just("p"),
    st.just(1),
    st.sampled_from(("open", "reform", "closed")),
    maybe(DAYS),
    st.none(),
    st.sampled_from(("grant", "grant", "tax")),
    st.sampled_from(("de_minimis", "gber", "unknown")),
    st.lists(CRITERIA, max_size=5).map(tuple),
    st.lists(RATES, max_size=3).map(tuple),
    st.lists(LIMITS, max_size=4).map(tuple),
    st.lists(BONUSES, max_size=3).map(tuple),
    st.sets(st.sampled_from(KINDS)).map(frozenset),
    st.sets(st.sampled_from(KINDS)).map(frozenset),
    st.booleans(),
)
ACTIVITIES = st.builds(
    Activity,
    st.fixed_dictionaries(
        {
            version: st.lists(st.sampled_from(("6201", "6202", "4711", "0111")), max_size=2).map(tuple)
            for version in ("2008", "2025")
        }
    ),
    st.booleans(),
)
FACTS = st.builds(
    Facts,
    st.lists(st.builds(Seat, maybe(st.sampled_from(REGIONS)), st.booleans(), maybe(DAYS)), max_size=3).map(tuple),
    maybe(st.sampled_from(REGIONS)),
    maybe(st.booleans()),
    maybe(st.sampled_from(SIZES)),
    maybe(st.sampled_from(SIZES)),
    maybe(st.integers(0, 300).map(Decimal)),
    maybe(st.sampled_from(("company", "association", "self_employed"))),
    maybe(DAYS),
    st.lists(ACTIVITIES, max_size=2).map(tuple),
    maybe(st.sampled_from(("no", "yes", "exempt"))),
    maybe(EUROS),
    st.dictionaries(st.sampled_from(QUESTIONS), st.booleans()),
)
EARLIER = st.lists(
    st.builds(
        Earlier,
        st.sampled_from(("p", "q")),
        DAYS,
        EUROS,
        maybe(EUROS),
        maybe(st.sampled_from(KINDS)),
        st.sampled_from((frozenset(), frozenset({"theme"}))),
    ),
    max_size=4,
)


def judged(rules, facts, cost, kind, on, earlier=()):
    return eligibility.judge(rules, facts, eligibility.project_for(rules, cost, kind, on, earlier))


@settings(max_examples=250)
@given(RULES, FACTS, EUROS, st.sampled_from(KINDS), DAYS, EARLIER)
def test_aid_exceeds_neither_the_cost_nor_a_ceiling(rules, facts, cost, kind, on, earlier):
    judgement = judged(rules, facts, cost, kind, on, earlier)
    if judgement.aid is None:
        return
    assert 0 <= judgement.aid <= judgement.aid_max <= cost
    if judgement.verdict == eligibility.NOT_ELIGIBLE:
        assert judgement.aid == judgement.aid_max == 0
        return
    assert judgement.aid <= cost * judgement.rate
    for limit in rules.limits:
        if limit.kind == "max" and limit.size == "all" and (not limit.kinds or kind in limit.kinds):
            # Whatever the limit counts and over whichever time: aid alone is never more than its amount.
            assert judgement.aid <= limit.amount
            assert judgement.aid_max <= limit.amount
            if limit.pool is None and limit.basis == "aid" and limit.period == "calendar_year" and not limit.kinds:
                this_year = sum(one.aid for one in earlier if one.programme == "p" and one.on.year == on.year)
                assert judgement.aid_max <= max(0, limit.amount - this_year)
    if facts.de_minimis_room is not None and rules.aid_category == "de_minimis":
        assert judgement.aid_max <= facts.de_minimis_room


@settings(max_examples=250)
@given(RULES, FACTS, EUROS, EUROS, st.sampled_from(KINDS), DAYS, EARLIER)
def test_more_cost_never_gives_less_aid(rules, facts, cost, more, kind, on, earlier):
    less = judged(rules, facts, cost, kind, on, earlier)
    greater = judged(rules, facts, cost + more, kind, on, earlier)
    if less.aid is not None:
        assert greater.aid >= less.aid
        assert greater.aid_max >= less.aid_max
    if less.verdict == eligibility.ELIGIBLE:
        assert greater.verdict == eligibility.ELIGIBLE


UNKNOWN_FACTS = {
    field.name: field.default for field in fields(Facts) if field.name not in ("answers", "de_minimis_room")
}


@settings(max_examples=250)
@given(RULES, FACTS, EUROS, st.sampled_from(KINDS), DAYS, EARLIER, st.sets(st.sampled_from(sorted(UNKNOWN_FACTS))))
def test_forgetting_a_fact_never_turns_a_verdict_around(rules, facts, cost, kind, on, earlier, forgotten):
    """With fewer facts the verdict stays or becomes unknown; it never becomes yes or no."""
    assume("seats" not in forgotten or facts.region is None or "region" in forgotten)
    known = judged(rules, facts, cost, kind, on, earlier)
    answers = {} if "activities" in forgotten else facts.answers
    less = replace(facts, answers=answers, **{name: UNKNOWN_FACTS[name] for name in forgotten})
    blurred = judged(rules, less, cost, kind, on, earlier)
    assert blurred.verdict in (known.verdict, eligibility.UNKNOWN)
    if blurred.verdict == eligibility.UNKNOWN:
        assert blurred.missing


@given(RULES, EUROS, DAYS)
def test_an_enterprise_of_which_nothing_is_known_is_not_judged_by_its_facts(rules, cost, on):
    judgement = judged(rules, Facts(), cost, "website", on)
    by_facts = {"project_count", "wait", "in_force", "cost_kind", "minimum"}
    assert all(result.met is None for result in judgement.results if result.kind not in by_facts)


@settings(max_examples=150)
@given(
    st.sampled_from(("aid", "cost")),
    st.sampled_from(("calendar_year", "rolling_36_months", "total")),
    SHARES,
    st.integers(1, 60_000).map(Decimal),
    st.permutations([0, 1, 2]),
    st.lists(EUROS, min_size=3, max_size=3),
    st.lists(DAYS, min_size=3, max_size=3),
    st.booleans(),
)
def test_the_order_of_dossiers_changes_no_total(basis, period, rate, ceiling, order, costs, days, same_day):
    """Under one ceiling, dossiers that count against each other get the same together in whatever order."""
    rules = Rules(
        "p",
        1,
        rates=(Rate(1, "all", rate, rate),),
        limits=(Limit(1, "max", ceiling, basis, period),),
        eligible=frozenset({"website"}),
    )
    # Over three years which dossier comes first does matter where two do not see each other and a third sees both.
    if same_day or period == "rolling_36_months":
        days = [days[0]] * 3

    def total(sequence):
        earlier = []
        for index in sequence:
            judgement = judged(rules, Facts(size="small"), costs[index], "website", days[index], earlier)
            counted = judgement.aid / rate
            earlier.append(Earlier("p", days[index], judgement.aid, counted))
        return sum(one.aid for one in earlier)

    assert total([0, 1, 2]) == total(order)


@given(RULES, FACTS, EUROS, DAYS, EARLIER)
def test_a_judgement_is_plain_json(rules, facts, cost, on, earlier):
    kept = judged(rules, facts, cost, "website", on, earlier).as_dict()
    assert json.loads(json.dumps(kept)) == kept


@given(st.lists(RULES, max_size=4), FACTS, EUROS, DAYS, st.sampled_from(("allowed", "barred", "unknown")), SHARES)
def test_the_ranking_puts_what_is_sure_first_and_never_pays_twice(all_rules, facts, cost, on, how, income):
    judgements = [
        judged(replace(rules, programme=index), facts, cost, "website", on) for index, rules in enumerate(all_rules)
    ]
    pairs = {} if how == "unknown" else {frozenset((i, j)): how for i in range(len(judgements)) for j in range(i)}
    options = ranking.rank(judgements, pairs, ranking.Tax(income))
    assert sum(len(one.judgements) == 1 for one in options) == len(judgements)
    for one in options:
        assert 0 <= one.aid <= cost
        if any(judgement.aid is None for judgement in one.judgements):
            assert one.net is None and not one.sure
        else:
            assert one.net == one.cost + one.vat - one.aid - (one.tax_saved or 0)
            assert one.net <= one.at_most <= one.cost + one.vat
        assert len(one.judgements) == 1 or (how != "barred" and one.cumulation == how)
    verdicts = [one.verdict for one in options]
    assert verdicts == sorted(verdicts, key=("eligible", "unknown", "not_eligible").index)


def test_a_tax_deduction_is_on_what_the_aid_leaves():
    deduction = eligibility.Judgement(
        "t",
        1,
        "eligible",
        Decimal(1000),
        "invoicing",
        date(2026, 1, 1),
        (),
        aid=Decimal(0),
        aid_max=Decimal(0),
        deduction=Decimal(200),
    )
    grant = replace(deduction, programme="g", aid=Decimal(250), deduction=Decimal(0))
    tax = ranking.Tax(Decimal("0.25"), vat_recovered=Decimal("0.5"))
    found = ranking.option((grant, deduction), "allowed", tax)
    assert (found.vat, found.aid, found.deduction, found.tax_saved) == (105, 250, 150, Decimal("37.5"))
    assert found.net == Decimal("817.5")


def test_aid_that_is_not_known_is_not_counted_as_nothing():
    sure = eligibility.Judgement(
        "s", 1, "eligible", Decimal(1000), "invoicing", date(2026, 1, 1), (), aid=Decimal(250), aid_max=Decimal(250)
    )
    perhaps = replace(sure, programme="p", verdict="unknown", aid=Decimal(750), aid_max=Decimal(750))
    unsaid = replace(sure, programme="u", aid=None, aid_max=None)
    tax = ranking.Tax()
    alone = ranking.option((unsaid,), "allowed", tax)
    assert (alone.net, alone.at_most, alone.sure) == (None, 1000, False)
    beside = ranking.option((sure, unsaid), "allowed", tax)
    assert (beside.net, beside.at_most, beside.sure) == (None, 750, False)
    # nothing left to pay only if all turns out well: what is sure leaves 750
    both = ranking.option((sure, perhaps), "allowed", tax)
    assert (both.net, both.at_most, both.sure) == (0, 750, False)
    granted = replace(perhaps, verdict="eligible")
    assert ranking.option((sure, granted), "allowed", tax).sure
    unruled = ranking.option((sure, granted), "unknown", tax)
    assert (unruled.net, unruled.at_most, unruled.sure) == (0, 250, False)


def test_which_window_of_three_years_is_fullest():
    limit = Limit(1, "max", Decimal(50_000), "aid", "rolling_36_months")
    earlier = [Earlier("p", date(2024, 5, 1), Decimal(10_000)), Earlier("p", date(2027, 4, 30), Decimal(5_000))]
    assert amounts.used(limit, limit.period, "aid", earlier, date(2026, 1, 1), Decimal(1)) == 15_000
    assert amounts.used(limit, limit.period, "aid", earlier[:1], date(2027, 4, 30), Decimal(1)) == 10_000
    assert amounts.used(limit, limit.period, "aid", earlier[:1], date(2027, 5, 1), Decimal(1)) == 0
