# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

import pytest
from be_enterprise.engine import nace
from hypothesis import given
from hypothesis import strategies as st


@given(st.from_regex(r"\A[0-9]{2,7}\Z"))
def test_writing_and_reading_are_inverse(digits):
    assert nace.normalise(nace.write(digits)) == digits


@given(st.text(max_size=10))
def test_any_text_is_a_code_or_an_error(text):
    try:
        digits = nace.normalise(text)
    except nace.NaceError:
        return
    assert digits.isdigit()


def test_a_subclass_becomes_the_subclasses_of_its_classs_successors():
    assert nace.convert("62.020").choices == ("62200",)
    assert nace.convert("62.02").choices == ("6220",)
    for old, choices in ((code, nace.convert(code + "0").choices) for code in nace.correspondence()):
        assert {choice[:4] for choice in choices} == set(nace.correspondence()[old])
        assert all(len(choice) == 5 for choice in choices)


def test_every_class_of_2008_has_successors_that_exist():
    codes = {(version, code) for version, code, _titles in nace.titles()}
    assert {code for version, code in codes if version == "2008" and len(code) == 4} == set(nace.correspondence())
    for choices in nace.correspondence().values():
        assert {("2025", choice) for choice in choices} <= codes


def test_the_lists_are_whole():
    """As many divisions, groups and classes as the two regulations have; no code without its parents or a title."""
    counts, codes = Counter(), set()
    for version, code, titles in nace.titles():
        assert nace.normalise(code) == code
        assert {"fr", "nl", "de"} <= titles.keys() and all(titles.values())
        assert "en" in titles or (version == "2008" and len(code) == 5)
        counts[version, len(code)] += 1
        codes.add((version, code))
    for version, code in codes:
        assert len(code) == 2 or any((version, code[:length]) in codes for length in (len(code) - 1, len(code) - 2))
    assert [counts["2008", length] for length in (2, 3, 4)] == [88, 272, 615]
    assert [counts["2025", length] for length in (2, 3, 4)] == [87, 287, 651]
    assert sum(counts.values()) == len(codes)


def test_no_choice_is_made_where_the_fifth_digit_is_open():
    assert nace.convert("47.910").single is None
    assert len(nace.convert("47.910").choices) > 10


def test_the_longest_known_code_wins():
    table = {"4711": ("4711",), "47111": ("47112", "47113")}
    assert nace.convert("47.111", table).choices == ("47112", "47113")
    assert nace.convert("47.112", table).choices == ("4711",)


def test_unknown_is_unknown():
    assert nace.convert("99.99") is None
    assert nace.convert("62") is None


def test_successors_are_ordered_and_well_formed():
    table = nace.correspondence()
    assert table
    for old, successors in table.items():
        assert nace.normalise(old) == old
        assert list(successors) == sorted(set(successors))


@pytest.mark.parametrize("text", ["2003", "", "2008/2025", "1.1"])
def test_unknown_versions(text):
    with pytest.raises(nace.NaceError):
        nace.version(text)
