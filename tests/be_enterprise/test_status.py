# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from itertools import product

import pytest
from be_enterprise.engine import status
from hypothesis import given
from hypothesis import strategies as st

CLASSES = 4
one_class = st.integers(0, CLASSES - 1)
some_classes = st.sets(one_class, min_size=1)


def by_ceilings(years, start):
    """The rule as it is written: each ceiling by itself, crossed only by two years in a row."""
    inside = [start[0] <= ceiling for ceiling in range(CLASSES - 1)]
    previous = start[1]
    for current in years:
        for ceiling in range(CLASSES - 1):
            if (previous <= ceiling) == (current <= ceiling):
                inside[ceiling] = current <= ceiling
        previous = current
    return inside.index(True) if True in inside else CLASSES - 1


@given(st.lists(one_class, min_size=1, max_size=6), one_class, one_class)
def test_one_step_formula_is_the_rule_per_ceiling(years, start, previous):
    found, last = start, previous
    for current in years:
        found, last = status.step(found, last, current), current
    assert found == by_ceilings(years, (start, previous))


@given(st.lists(some_classes, min_size=1, max_size=4), st.booleans())
def test_possible_statuses_are_exactly_those_reached(years, first_year):
    reached = set()
    for path in product(*years):
        starts = [(path[0], path[0])] if first_year else product(range(CLASSES), repeat=2)
        reached |= {by_ceilings(path, start) for start in starts}
    assert status.possible_statuses(years, classes=CLASSES, first_year=first_year) == reached


@given(st.lists(one_class, max_size=4), one_class)
def test_two_equal_years_settle_it(before, last):
    years = [{current} for current in [*before, last, last]]
    assert status.possible_statuses(years, classes=CLASSES) == {last}


@given(st.lists(some_classes, min_size=1, max_size=3), one_class)
def test_a_reset_year_counts_by_itself(before, last):
    assert status.possible_statuses([*before, {last}], classes=CLASSES, resets={len(before)}) == {last}


@pytest.mark.parametrize("years", [[], [set()]])
def test_years_are_needed(years):
    with pytest.raises(ValueError, match="at least one"):
        status.possible_statuses(years, classes=CLASSES)
