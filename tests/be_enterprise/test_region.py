# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

import pytest
from be_enterprise.engine import region
from hypothesis import given
from hypothesis import strategies as st

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("1000", ("brussels", "bilingual", None, False)),
        ("1299", None),
        ("1300", ("wallonia", "fr", None, False)),
        ("1500", ("flanders", "nl", None, False)),
        ("1780", ("flanders", "nl", "fr", False)),
        ("3790", ("flanders", "nl", "fr", False)),
        ("4000", ("wallonia", "fr", None, False)),
        ("4700", ("wallonia", "de", "fr", True)),
        ("4791", ("wallonia", "de", "fr", True)),
        ("4800", ("wallonia", "fr", None, False)),
        ("4950", ("wallonia", "fr", "de", False)),
        ("7700", ("wallonia", "fr", "nl", False)),
        ("7850", ("wallonia", "fr", "nl", False)),
        ("8000", ("flanders", "nl", None, False)),
        ("9600", ("flanders", "nl", "fr", False)),
        ("9992", ("flanders", "nl", None, False)),
        ("1047", ("brussels", "bilingual", None, False)),  # the European Parliament's own code
        ("0000", None),
        ("9999", None),
        ("75001", None),
        ("", None),
        (None, None),
    ],
)
def test_places(code, expected):
    place = region.lookup(code, on=DAY)
    found = place and (place.region, place.language, place.facilities, place.german_community)
    assert found == expected


@given(st.text(max_size=8), st.sampled_from(["BE", "NL", "FR", None]))
def test_never_guessed(text, country):
    place = region.lookup(text, on=DAY, country=country)
    digits = region.normalise(text)
    known = country == "BE" and digits is not None and int(digits) in region.codes()
    assert (place is not None) == known


def test_every_code_in_use_has_a_place():
    for code in region.codes():
        place = region.lookup(str(code), on=DAY)
        assert place.region in region.REGIONS
        assert place.language in region.LANGUAGES
        assert place.german_community == (place.language == "de")


def test_every_special_rule_has_a_code():
    """A rule about facilities that no code in use reaches would be a mistyped one."""
    for rule in region.rules():
        assert any(rule.first <= code <= rule.last for code in region.codes())


def test_rules_are_dated():
    old = region.Place("wallonia", "fr")
    new = region.Place("flanders", "nl")
    table = (
        region.Rule(1000, 1999, old, valid_to=date(1999, 12, 31)),
        region.Rule(1000, 1999, new, valid_from=date(2000, 1, 1)),
    )
    assert region.lookup("1000", on=date(1999, 12, 31), table=table) == old
    assert region.lookup("1000", on=date(2000, 1, 1), table=table) == new


@pytest.mark.parametrize(("code", "languages"), [("1000", ("fr", "nl")), ("1640", ("nl",)), ("4700", ("de",))])
def test_facilities_do_not_change_a_companys_documents(code, languages):
    assert region.lookup(code, on=DAY).document_languages == languages
