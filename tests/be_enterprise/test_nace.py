# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
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


def test_a_longer_code_is_found_by_its_class():
    assert nace.convert("62.020").choices == ("6220",)


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
