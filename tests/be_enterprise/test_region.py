# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

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
        region.Rule(1000, 1999, old, region.Period(valid_to=date(1999, 12, 31))),
        region.Rule(1000, 1999, new, region.Period(valid_from=date(2000, 1, 1))),
    )
    assert region.lookup("1000", on=date(1999, 12, 31), table=table) == old
    assert region.lookup("1000", on=date(2000, 1, 1), table=table) == new


def test_codes_are_dated():
    in_use = {1000: region.Period(date(2001, 1, 1), date(2001, 12, 31))}
    days = (date(2000, 12, 31), date(2001, 1, 1), date(2001, 12, 31), date(2002, 1, 1))
    found = [region.lookup("1000", on=day, in_use=in_use) is not None for day in days]
    assert found == [False, True, True, False]
    assert region.lookup("1030", on=days[1], in_use=in_use) is None


def test_what_held_before_the_table_is_unknown():
    for code in region.codes():
        assert region.lookup(str(code), on=date(1995, 1, 1)) is not None
        assert region.lookup(str(code), on=date(1994, 12, 31)) is None


@pytest.mark.parametrize(
    ("code", "merged_on"),
    [
        ("2870", date(2019, 1, 1)),  # Puurs-Sint-Amands
        ("9850", date(2019, 1, 1)),  # Nevele, now Deinze
        ("1570", date(2025, 1, 1)),  # Galmaarden, now Pajottegem
        ("2070", date(2025, 1, 1)),  # Zwijndrecht: another province, the same region
        ("3840", date(2025, 1, 1)),  # Borgloon, now Tongeren-Borgloon
        ("6687", date(2025, 1, 1)),  # Bertogne, now Bastogne
    ],
)
def test_mergers_of_municipalities_change_nothing(code, merged_on):
    before = region.lookup(code, on=merged_on - timedelta(days=1))
    assert before is not None
    assert region.lookup(code, on=merged_on) == before


@given(st.dates(), st.sampled_from(sorted(region.codes())))
def test_at_most_one_narrowest_rule_holds(day, code):
    """Two rules of one width would leave the answer to their order."""
    widths = [rule.last - rule.first for rule in region.rules() if rule.covers(code, day)]
    assert widths.count(min(widths, default=0)) <= 1


@pytest.mark.parametrize(("code", "languages"), [("1000", ("fr", "nl")), ("1640", ("nl",)), ("4700", ("de",))])
def test_facilities_do_not_change_a_companys_documents(code, languages):
    assert region.lookup(code, on=DAY).document_languages == languages
