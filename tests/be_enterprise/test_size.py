# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from be_enterprise.engine.size import (
    CLASSES,
    FIGURES,
    Enterprise,
    Holding,
    Year,
    assess,
    filled,
    groups,
    relations,
    thresholds_on,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

LIMITS = thresholds_on(date(2024, 12, 31))
#: A value just inside and just outside each ceiling, per figure: all that can make a difference.
GRID = {
    figure: sorted({Decimal(0), *(limit + step for limit in getattr(LIMITS, figure) for step in (-1, 0, 1))})
    for figure in FIGURES
}


def year(number, staff=None, turnover=None, balance=None):
    values = [None if value is None else Decimal(value) for value in (staff, turnover, balance)]
    return Year(date(number, 12, 31), *values)


def alone(*years, **kwargs):
    return assess({"a": Enterprise("a", years, **kwargs)}, "a")


figures = st.fixed_dictionaries({figure: st.sampled_from([None, *GRID[figure]]) for figure in FIGURES})
known_figures = st.fixed_dictionaries({figure: st.sampled_from(GRID[figure]) for figure in FIGURES})


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        (9, 2_000_000, 50_000_000, "micro"),
        (10, 0, 0, "small"),
        (9, 2_000_001, 2_000_001, "small"),
        (49, 10_000_000, 99_000_000, "small"),
        (50, 0, 0, "medium"),
        (249, 50_000_000, 99_000_000, "medium"),
        (249, 99_000_000, 43_000_000, "medium"),
        (249, 50_000_001, 43_000_001, "large"),
        (250, 0, 0, "large"),
        (Decimal("9.99"), 0, 0, "micro"),
    ],
)
def test_ceilings(staff, turnover, balance, expected):
    two = (year(2023, staff, turnover, balance), year(2024, staff, turnover, balance))
    assert alone(*two).verdict == expected
    assert alone(two[1], first_year=True).verdict == expected


def test_one_year_above_changes_nothing():
    low, high = (5, 100, 100), (60, 100, 100)
    assert alone(year(2022, *low), year(2023, *low), year(2024, *high)).verdict == "micro"
    assert alone(year(2021, *low), year(2022, *low), year(2023, *high), year(2024, *high)).verdict == "medium"
    assert alone(year(2021, *low), year(2022, *low), year(2023, *high), year(2024, *low)).verdict == "micro"


def test_a_single_year_of_an_older_enterprise_settles_nothing():
    result = alone(year(2024, 5, 100, 100))
    assert result.verdict == "unknown"
    assert result.earlier_year
    assert not result.deciding


def test_a_year_left_out_is_a_missing_year():
    low, high = (5, 100, 100), (60, 100, 100)
    result = alone(year(2020, *low), year(2021, *low), year(2024, *high))
    assert result.verdict == "unknown"
    assert {need.closed_on.year for need in result.deciding} <= {2022, 2023}
    assert result.deciding


def test_the_figure_that_would_decide_is_named():
    result = alone(year(2023, 5, 3_000_000, None), year(2024, 5, 3_000_000, 100))
    assert result.verdict == "unknown"
    assert [(need.closed_on.year, need.figure) for need in result.deciding] == [(2023, "balance")]


def test_a_missing_figure_that_cannot_matter_does_not():
    assert alone(year(2023, 5, 100, None), year(2024, 5, None, 100)).verdict == "micro"
    assert alone(year(2023, 300), year(2024, 300)).verdict == "large"


def test_nothing_is_known():
    result = alone()
    assert (result.verdict, result.possible) == ("unknown", CLASSES)


def test_linked_is_whole_partner_is_pro_rata():
    enterprises = {key: Enterprise(key, (year(2023, 20, 0, 0), year(2024, 20, 0, 0))) for key in "abc"}
    holdings = [Holding("a", "b", Decimal(51)), Holding("c", "a", Decimal(25))]
    result = assess(enterprises, "a", holdings)
    assert {line.enterprise: (line.relation, line.share) for line in result.years[-1].lines} == {
        "a": ("own", Decimal(100)),
        "b": ("linked", Decimal(100)),
        "c": ("partner", Decimal(25)),
    }
    assert result.years[-1].totals["staff"] == Decimal(45)


def test_links_are_transitive_and_partners_of_partners_are_not():
    keys = "abcdef"
    holdings = [
        Holding("a", "b", Decimal(80)),
        Holding("b", "c", Decimal(30)),  # partner of a linked one counts
        Holding("c", "d", Decimal(90)),  # linked to that partner counts too
        Holding("d", "e", Decimal(40)),  # partner of a partner does not
        Holding("f", "a", Decimal(24)),  # under 25 % neither
    ]
    found = relations(dict.fromkeys(keys), "a", holdings)
    assert {key: relation for key, (relation, _share) in found.items()} == {
        "a": "own",
        "b": "linked",
        "c": "partner",
        "d": "partner",
    }
    assert found["d"][1] == Decimal(30)


def test_fifty_percent_is_a_partner_and_control_is_a_link():
    assert groups("ab", [Holding("a", "b", Decimal(50))]) == [{"a"}, {"b"}]
    assert groups("ab", [Holding("a", "b", Decimal(10), control=True)]) == [{"a", "b"}]


def test_joint_holdings_are_added_up():
    holdings = [Holding("a", "b", Decimal(60)), Holding("a", "c", Decimal(15)), Holding("b", "c", Decimal(15))]
    assert relations(dict.fromkeys("abc"), "a", holdings)["c"] == ("partner", Decimal(30))


def test_an_exempt_investor_is_no_partner_but_a_majority_links():
    university = [Holding("u", "a", Decimal(40), exempt=True)]
    assert "u" not in relations(dict.fromkeys("ua"), "a", university)
    majority = [Holding("u", "a", Decimal(60), exempt=True)]
    assert relations(dict.fromkeys("ua"), "a", majority)["u"][0] == "linked"


def test_public_bodies():
    tiny = (year(2023, 1, 1, 1), year(2024, 1, 1, 1))
    assert alone(*tiny, public_share=Decimal(25)).verdict == "large"
    assert alone(*tiny, public_share=Decimal(25), public_exempt=True).verdict == "micro"
    open_question = alone(*tiny, public_share=None)
    assert open_question.verdict == "unknown"
    assert open_question.public_share_decides
    assert open_question.possible == ("micro", "large")


def test_another_closing_date_of_a_linked_enterprise():
    other = Enterprise("b", (Year(date(2024, 6, 30), Decimal(45), Decimal(0), Decimal(0)),))
    own = Enterprise("a", (year(2024, 10, 0, 0),), first_year=True)
    result = assess({"a": own, "b": other}, "a", [Holding("b", "a", Decimal(100))])
    assert result.verdict == "medium"


@settings(max_examples=60, deadline=None)
@given(st.lists(figures, min_size=1, max_size=2), st.booleans())
def test_the_verdict_is_exactly_what_the_missing_figures_leave_open(years, first_year):
    """Fill every gap with every value that can make a difference: the verdicts reached are the possible ones."""
    gaps = [(position, figure) for position, values in enumerate(years) for figure in FIGURES if values[figure] is None]
    assume(len(gaps) <= 3)
    subject = Enterprise("a", tuple(year(2023 + n, **values) for n, values in enumerate(years)), first_year)
    reached = set()
    for values in product(*(GRID[figure] for _position, figure in gaps)):
        complete = subject
        for (position, figure), value in zip(gaps, values, strict=True):
            complete = filled(complete, date(2023 + position, 12, 31), figure, value)
        reached |= set(assess({"a": complete}, "a").possible)
    result = assess({"a": subject}, "a")
    assert set(result.possible) == reached
    assert (result.verdict == "unknown") == (len(reached) > 1)
    if result.verdict == "unknown":
        assert result.deciding or result.earlier_year


@settings(max_examples=60, deadline=None)
@given(known_figures, known_figures, st.sampled_from([Decimal(25), Decimal("33.3"), Decimal(50), Decimal(51)]))
def test_more_relations_never_make_an_enterprise_smaller(own, other, share):
    def pair(values, key):
        return Enterprise(key, (year(2023, **values), year(2024, **values)))

    enterprises = {"a": pair(own, "a"), "b": pair(other, "b")}
    by_itself = CLASSES.index(assess(enterprises, "a").verdict)
    together = CLASSES.index(assess(enterprises, "a", [Holding("b", "a", share)]).verdict)
    assert together >= by_itself


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.integers(1, 100)), max_size=6))
def test_linked_enterprises_agree_on_who_is_linked(pairs):
    holdings = [Holding(owner, owned, Decimal(share)) for owner, owned, share in pairs if owner != owned]
    every = groups("abcd", holdings)
    assert sorted(key for group in every for key in group) == list("abcd")
    for key in "abcd":
        linked = {
            other
            for other, (kind, _share) in relations(dict.fromkeys("abcd"), key, holdings).items()
            if kind != "partner"
        }
        assert linked in every


def test_no_thresholds_before_2005():
    with pytest.raises(ValueError, match="no thresholds"):
        thresholds_on(date(2004, 12, 31))
