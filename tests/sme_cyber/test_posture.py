# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engines of the security posture: a mended weakness closes itself, and unknown is neither good nor bad."""

import doctest
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sme_cyber.engine import posture, support

STATUSES = st.sampled_from([posture.OK, posture.WEAK, posture.UNKNOWN])
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ORDER = [support.SUPPORTED, support.SOON, support.ENDED]


@pytest.mark.parametrize("module", [posture, support])
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


@given(st.lists(STATUSES, min_size=1))
def test_a_weakness_is_open_until_it_is_seen_to_be_gone(statuses):
    standing, day, expected = posture.Standing(), date(2026, 1, 1), False
    for status in statuses:
        before = standing
        standing = posture.follow(standing, posture.Outcome(status), day)
        expected = expected if status == posture.UNKNOWN else status == posture.WEAK
        assert standing.status == status
        assert standing.is_open == expected
        if before.is_open and standing.is_open:
            assert standing.opened_on == before.opened_on
        if before.is_open and not standing.is_open:
            assert standing.closed_on == day
        assert standing.closed_on is None or standing.opened_on <= standing.closed_on
        day += timedelta(days=1)


@given(st.lists(st.tuples(STATUSES, st.sampled_from([posture.HIGH, posture.MEDIUM])), min_size=1))
def test_the_light_is_green_only_when_everything_is_in_order(findings):
    light = posture.light(findings)
    assert (light == posture.GREEN) == all(status == posture.OK for status, _severity in findings)
    assert (light == posture.RED) == ((posture.WEAK, posture.HIGH) in findings)


@given(DAYS, DAYS, DAYS)
def test_support_only_ever_runs_out(end, first, second):
    first, second = sorted((first, second))
    assert ORDER.index(support.state(end, first)) <= ORDER.index(support.state(end, second))
