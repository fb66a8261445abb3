# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal
from itertools import product

import pytest
from be_enterprise.engine.companies_code import CEILINGS, CLASSES, assess, ceilings_on
from be_enterprise.engine.size import FIGURES, Year
from hypothesis import assume, given, settings
from hypothesis import strategies as st

NEW = CEILINGS[-1]
GRID = {
    figure: sorted({Decimal(0), *(limit + step for limit in getattr(NEW, figure) for step in (0, 1))})
    for figure in FIGURES
}
figures = st.fixed_dictionaries({figure: st.sampled_from([None, *GRID[figure]]) for figure in FIGURES})


def year(number, staff=None, turnover=None, balance=None):
    values = [None if value is None else Decimal(value) for value in (staff, turnover, balance)]
    return Year(date(number, 12, 31), *values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((10, 900_000, 450_000), "micro"),
        ((11, 900_000, 450_000), "micro"),  # one criterion may be exceeded
        ((11, 900_001, 450_000), "small"),
        ((50, 11_250_000, 6_000_000), "small"),
        ((51, 11_250_000, 6_000_000), "small"),
        ((51, 11_250_001, 0), "large"),
        ((0, 11_250_001, 6_000_001), "large"),
    ],
)
def test_ceilings_of_2024(values, expected):
    years = [year(2025, *values), year(2026, *values)]
    assert assess(years, group_member=False).verdict == expected


def test_ceilings_before_2024():
    values = (0, 9_000_001, 4_500_001)
    assert assess([year(2021, *values), year(2022, *values)]).verdict == "large"


def test_the_first_closing_after_2023_counts_by_itself():
    """Opinion 2024/07: large for years, within the raised ceilings in 2024: small at once."""
    values = (20, 10_000_000, 5_000_000)
    assert assess([year(n, *values) for n in (2021, 2022, 2023)]).verdict == "large"
    assert assess([year(n, *values) for n in (2022, 2023, 2024)]).verdict == "small"
    assert assess([year(2024, *values)], group_member=False).verdict == "small"


def test_two_years_are_needed_again_after_2024():
    small, large = (20, 5_000_000, 3_000_000), (60, 20_000_000, 3_000_000)
    assert assess([year(2024, *small), year(2025, *large)]).verdict == "small"
    assert assess([year(2024, *small), year(2025, *large), year(2026, *large)]).verdict == "large"
    assert assess([year(2024, *large), year(2025, *small)]).verdict == "large"


def test_a_parent_or_subsidiary_is_no_micro_company():
    tiny = [year(2024, 1, 1, 1)]
    assert assess(tiny, group_member=False).verdict == "micro"
    assert assess(tiny, group_member=True).verdict == "small"
    unknown = assess(tiny)
    assert (unknown.verdict, unknown.possible, unknown.group_decides) == ("unknown", ("micro", "small"), True)


def test_two_criteria_are_enough():
    assert assess([year(2024, 3, 100_000, None)], group_member=False).verdict == "micro"
    assert assess([year(2024, None, 99_000_000, 99_000_000)]).verdict == "large"


def test_the_figure_that_would_decide_is_named():
    result = assess([year(2024, 60, None, 100)], group_member=False)
    assert result.verdict == "unknown"
    assert [need.figure for need in result.deciding] == ["turnover"]


@settings(max_examples=60, deadline=None)
@given(st.lists(figures, min_size=1, max_size=2), st.booleans())
def test_the_verdict_is_exactly_what_the_missing_figures_leave_open(years, first_year):
    gaps = [(position, figure) for position, values in enumerate(years) for figure in FIGURES if values[figure] is None]
    assume(len(gaps) <= 3)
    reached = set()
    for values in product(*(GRID[figure] for _position, figure in gaps)):
        complete = [dict(item) for item in years]
        for (position, figure), value in zip(gaps, values, strict=True):
            complete[position][figure] = value
        filled = [year(2025 + n, **item) for n, item in enumerate(complete)]
        reached |= set(assess(filled, first_year=first_year, group_member=False).possible)
    result = assess([year(2025 + n, **item) for n, item in enumerate(years)], first_year=first_year, group_member=False)
    assert set(result.possible) == reached
    if result.verdict == "unknown":
        assert result.deciding or result.earlier_year


@given(st.dates(min_value=date(2016, 1, 1), max_value=date(2040, 12, 31)))
def test_the_raised_ceilings_start_with_closings_after_2023(day):
    assert (ceilings_on(day) is NEW) == (day > date(2023, 12, 31))


def test_before_2016():
    with pytest.raises(ValueError, match="no ceilings"):
        ceilings_on(date(2015, 12, 31))


def test_nothing_is_known():
    assert assess([]).possible == CLASSES
