# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytest
from be_enterprise.engine import number
from hypothesis import given
from hypothesis import strategies as st

bases = st.integers(min_value=1, max_value=19_999_999).map("{:08d}".format)
unit_bases = st.integers(min_value=20_000_000, max_value=89_999_999).map(str)
labels = st.sampled_from(["", "BE", "be ", "TVA BE ", "BTW-", "N° ", "KBO: ", "BCE ", "0208:", "9925:BE", "RPM BE-"])
separators = st.sampled_from(["", ".", " ", "-", "\u00a0", "\u202f", "/", "‑"])


def numbered(base):
    return base + number.check_digits(base)


def written(digits, label, gaps):
    return f"{label}{digits[:4]}{gaps[0]}{digits[4:7]}{gaps[1]}{digits[7:]}"


@given(bases, labels, st.tuples(separators, separators))
def test_any_usual_writing_is_read(base, label, gaps):
    digits = numbered(base)
    assert number.enterprise(written(digits, label, gaps)) == digits
    assert number.vat(written(digits, label, gaps)) == f"BE{digits}"


@given(bases)
def test_writing_and_reading_are_inverse(base):
    digits = numbered(base)
    for write in (number.format_enterprise, number.format_vat, number.vat):
        assert number.enterprise(write(digits)) == digits


@given(unit_bases)
def test_establishments_are_read_and_are_no_enterprises(base):
    digits = numbered(base)
    assert number.establishment(number.format_establishment(digits)) == digits
    assert number.problem(digits) == "first_digit"


@given(bases)
def test_enterprises_are_no_establishments(base):
    assert number.problem(numbered(base), number.establishment) == "first_digit"


@given(bases, st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_always_caught(base, place, digit):
    """97 is prime and divides no difference of one digit: no single slip goes through."""
    digits = numbered(base)
    wrong = digits[:place] + str(digit) + digits[place + 1 :]
    assert (wrong == digits) == number.is_enterprise(wrong)


@given(bases, st.integers(0, 8))
def test_two_neighbours_swapped_are_always_caught(base, place):
    digits = numbered(base)
    wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert (wrong == digits) == number.is_enterprise(wrong)


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_a_typed_error(text):
    try:
        digits = number.enterprise(text)
    except number.NumberError as error:
        assert error.code in {"empty", "foreign", "format", "first_digit", "checksum"}
        assert error.value == text
    else:
        assert len(digits) == 10
        assert digits[0] in "01"
        assert number.enterprise(digits) == digits


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "empty"),
        ("  ", "empty"),
        ("0477472702", "checksum"),
        ("0000000097", "checksum"),
        ("0000000000", "checksum"),
        ("2000000042", "first_digit"),
        ("9999999999", "first_digit"),
        ("BEBE0477472701", "format"),
        ("BE", "format"),
        ("04774727011", "format"),
        ("47747270", "format"),
        ("0477x472701", "format"),
        ("NL123456782B90", "foreign"),
        ("FR23334175221", "foreign"),
    ],
)
def test_each_error_has_its_code(text, code):
    assert number.problem(text) == code


def test_check_digits_00_do_not_exist():
    """Where the base is a multiple of 97 the digits are 97; a check by sum modulo 97 alone would let 00 through."""
    assert number.enterprise("0000009797") == "0000009797"
    assert number.problem("0000009700") == "checksum"


def test_check_digits_need_eight_digits():
    with pytest.raises(ValueError, match="eight digits"):
        number.check_digits(100_000_000)


def test_nine_digits_are_no_establishment():
    assert number.problem("200000004", number.establishment) == "format"
