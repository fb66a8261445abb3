# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is said of rows: values, proposals and refusals."""

import json
from datetime import date
from decimal import Decimal

import pytest
from be_enterprise.engine import number, region
from hypothesis import given, settings
from hypothesis import strategies as st
from sme_import.engine import balances, cells, dialects, iban, items, mapper, partners, products, reading, targets
from sme_import.engine.errors import CellError
from sme_import.engine.verdict import Verdict

RULES = partners.Rules(number, region, date(2026, 1, 1), countries={"nederland": "NL", "nl": "NL", "be": "BE"})


def codes(verdict):
    return [code for code, _details in verdict.notes]


def partner(**values):
    return partners.check(values, RULES)


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from([",", "."]), st.booleans())
def test_numbers_as_belgium_writes_them(amount, sign, grouped):
    """A number in either writing is read back as itself, once the column's decimal sign is known."""
    text = f"{amount:,.2f}" if grouped else f"{amount:.2f}"
    if sign == ",":
        text = text.translate(str.maketrans(",.", ".,"))
    assert cells.number(text, cells.Style(decimal=sign)) == amount


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_refused(text):
    for read in (cells.number, cells.date, cells.flag):
        try:
            read(text)
        except CellError:
            pass


@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_dates_as_belgium_writes_them(day):
    for pattern in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%d/%m/%Y 00:00:00"):
        assert cells.date(day.strftime(pattern)) == day


@pytest.mark.parametrize("text", ["31/02/2025", "13/13/2025", "2025", "morgen", "1/2"])
def test_dates_that_are_none(text):
    with pytest.raises(CellError):
        cells.date(text)


def test_a_column_of_amounts_tells_how_it_is_written():
    mapping = ["", "debit", "credit"]
    styles = reading.styles([["x", "1.234", ""], ["x", "", "12,50"]], mapping, "balances")
    verdict = Verdict()
    assert reading.read(["x", "1.234", ""], mapping, "balances", verdict, styles=styles)["debit"] == 1234
    assert not verdict.refused


def test_a_cell_with_an_error_of_the_workbook_refuses_the_row():
    verdict = Verdict()
    reading.read(["#N/A"], ["name"], "partners", verdict)
    assert (verdict.refused, codes(verdict)) == (True, ["cell_excel"])


@given(st.integers(0, 10**10 - 1))
def test_old_belgian_account_numbers(base):
    old = f"{base:010d}{base % 97 or 97:02d}"
    found, was_old = iban.account_number(f"{old[:3]}-{old[3:10]}-{old[10:]}")
    assert was_old and found.endswith(old)
    assert iban.account_number(found) == (found, False)


@pytest.mark.parametrize(
    "text", ["DE89370400440532013000", "NL91 ABNA 0417 1643 00", "FR14 2004 1010 0505 0001 3M02 606"]
)
def test_foreign_account_numbers(text):
    assert iban.account_number(text) == (text.replace(" ", ""), False)
    assert iban.account_number(text[:-1])[0] is None


@pytest.mark.parametrize(
    ("values", "vat", "country", "notes"),
    [
        ({"vat": "200000043"}, "BE0200000043", "BE", {"country_from_vat", "vat_prefix", "number_from_vat"}),
        ({"vat": "TVA BE 0200.000.043"}, "BE0200000043", "BE", {"country_from_vat", "vat_prefix", "number_from_vat"}),
        ({"vat": "BE0200000044"}, None, None, {"vat_wrong"}),
        ({"vat": "123456782B90", "country": "Nederland"}, "NL123456782B90", "NL", {"vat_prefix"}),
        ({"vat": "NL123456782B90"}, "NL123456782B90", "NL", {"country_from_vat"}),
        ({"vat": "n/a"}, None, None, set()),
        ({"vat": "niet plichtig"}, None, None, set()),
        ({"enterprise": "0200.000.043"}, None, None, set()),
        ({"enterprise": "0200.000.044"}, None, None, {"enterprise_wrong"}),
        (
            {"vat": "BE0200000043", "enterprise": "0200000142"},
            "BE0200000043",
            "BE",
            {"country_from_vat", "numbers_disagree"},
        ),
    ],
)
def test_numbers_of_partners(values, vat, country, notes):
    verdict = partner(name="X", **values)
    assert (verdict.values.get("vat"), verdict.values.get("country") if vat else country) == (vat, country)
    assert set(codes(verdict)) == notes


@pytest.mark.parametrize(
    ("values", "postal", "city", "notes"),
    [
        ({"zip": "B-4000", "city": "Liège"}, "4000", "Liège", {"country_from_zip", "language_from_zip"}),
        ({"zip": "4000 Liège"}, "4000", "Liège", {"zip_from_city", "country_from_zip", "language_from_zip"}),
        ({"city": "1000 Bruxelles"}, "1000", "Bruxelles", {"zip_from_city", "country_from_zip"}),
        ({"zip": "1001", "city": "X", "country": "BE"}, "1001", "X", {"zip_unknown"}),
        ({"zip": "1011 AB", "city": "Amsterdam", "country": "NL"}, "1011 AB", "Amsterdam", set()),
        ({"zip": "75001", "city": "Paris"}, "75001", "Paris", set()),
        (
            {"zip": "4000", "country": "Nergensland"},
            "4000",
            None,
            {"country_unknown", "country_from_zip", "language_from_zip"},
        ),
    ],
)
def test_places(values, postal, city, notes):
    verdict = partner(name="X", **values)
    assert (verdict.values.get("zip"), verdict.values.get("city")) == (postal, city)
    assert set(codes(verdict)) == notes


def test_names_roles_and_languages():
    assert partner(name="Peeters", first_name="An").values["is_company"] is False
    assert partner(name="Peeters", first_name="An", vat="BE0200000043").values["name"] == "An Peeters"
    assert partner(name="Dupont", title="SRL").values["name"] == "Dupont SRL"
    assert partner(name="Dupont", title="Mme").values["is_company"] is False
    assert partner(name="X", relation="Fournisseur").values["roles"] == ["supplier"]
    assert partner(name="X", customer=True, supplier=True).values["roles"] == ["customer", "supplier"]
    assert partner(name="X", customer=False, supplier=False).values["roles"] == []
    assert partner(name="X", language="Nederlands").values["language"] == "nl"
    assert codes(partner(name="X", language="Klingon")) == ["language_unknown"]
    assert codes(partner(name="X", email="a@b.be; c@d.be")) == ["email_more"]
    assert partner().refused


def test_open_items():
    customer = partners.Rules(number, region, date(2026, 1, 1), role="customer")
    supplier = partners.Rules(number, region, date(2026, 1, 1), role="supplier")
    base = {"name": "X", "document": "F1", "amount": Decimal(100), "date": date(2025, 12, 1)}
    assert items.check(base, customer).values["balance"] == "100"
    assert items.check(base, supplier).values["balance"] == "-100"
    assert items.check(base, supplier, sign="ledger").values["balance"] == "100"
    assert (
        items.check({**base, "amount": None, "debit": None, "credit": Decimal(5)}, customer).values["balance"] == "-5"
    )
    assert codes(items.check(base, RULES)) == ["no_side", "due_from_date"]
    assert codes(items.check({**base, "amount": Decimal(0)}, customer))[0] == "zero_item"
    assert codes(items.check({**base, "amount": Decimal("0.001")}, customer))[0] == "more_than_cents"
    assert codes(items.check({**base, "currency": "USD"}, customer))[-1] == "no_currency_amount"
    foreign = items.check({**base, "currency": "USD", "currency_amount": Decimal(-110)}, customer)
    assert foreign.values["currency_amount"] == "110"


@given(st.lists(st.decimals(-(10**9), 10**9, places=2), max_size=30))
def test_an_opening_is_balanced_to_the_cent(amounts):
    assert balances.difference([*amounts, -sum(amounts, Decimal(0))]) == 0
    assert balances.difference([*amounts, -sum(amounts, Decimal(0)) + Decimal("0.01")]) == Decimal("0.01")


def test_products():
    assert products.check({"name": "X", "price": Decimal(-1)}).refused
    assert products.check({"code": "A"}).values["name"] == "A"
    assert codes(products.check({"name": "X", "barcode": "5410000000001"})) == ["barcode_wrong"]
    assert products.check({"name": "X", "barcode": "INTERN-12"}).values["barcode"] == "INTERN-12"


@pytest.mark.parametrize("dialect", dialects.DIALECTS, ids=lambda one: f"{one.name}-{one.kind}")
def test_dialects_name_targets_that_exist(dialect):
    known = set(targets.codes(dialect.kind)) | {""}
    assert set(dialect.columns.values()) <= known
    assert set(dialect.codes) <= known
    assert dialects.recognise(dialect.needs, dialect.kind).name == dialect.name
    mapping = mapper.guess(list(dialect.needs), dialect.kind, dialect=dialect)
    assert not targets.missing(dialect.kind, mapping) or dialect.kind == "balances"


@pytest.mark.parametrize("kind", targets.KINDS)
def test_words_are_written_as_they_are_compared(kind):
    for target in targets.OF_KIND[kind]:
        assert [word for word in target.words if mapper.key(word) != word] == []


@given(st.lists(st.sampled_from([word for one in targets.PARTNERS for word in one.words]), max_size=12))
def test_no_target_is_proposed_twice(titles):
    chosen = [code for code in mapper.guess(titles, "partners") if code]
    assert len(chosen) == len(set(chosen))


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(targets.codes("partners")), st.text(max_size=30) | st.booleans(), max_size=12))
def test_any_row_gets_a_verdict_that_can_be_kept(values):
    flags = ("customer", "supplier", "active")
    try:
        values = {code: bool(value) if code in flags else cells.text(value) for code, value in values.items()}
    except CellError:
        return
    verdict = partner(**values)
    json.dumps([verdict.values, verdict.notes])
    assert verdict.status in ("ready", "fixed", "refused")
    assert verdict.refused or verdict.values["name"]
