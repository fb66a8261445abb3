# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The mends on documents of our own: when they act, and when they must not.

What core really writes is mended in be_peppol_einvoice/tests/test_mends.py.
"""

import doctest
import importlib
import pkgutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_invoices import invoice

from be_peppol_einvoice import mend as mends
from be_peppol_einvoice.en16931 import validate

mend, Facts = mends.mend, mends.Facts
EURO = Facts()


def changed(data, *pairs):
    for old, new in pairs:
        assert data.count(old), old
        data = data.replace(old, new)
    return data


def fatal(data):
    return validate(data).ids[0]


def amounts(data, tag):
    return [part.split(b">", 1)[1].split(b"<")[0] for part in data.split(b"<cbc:" + tag)[1:]]


@pytest.mark.parametrize("name", [info.name for info in pkgutil.iter_modules(mends.__path__)])
def test_examples(name):
    assert not doctest.testmod(importlib.import_module(f"be_peppol_einvoice.mend.{name}")).failed


def test_right_document_is_the_same_object():
    data = invoice(3)
    assert mend(data, EURO) is data


def test_nothing_known_about_the_fault():
    data = changed(invoice(3), (b"<cbc:CustomizationID>", b"<cbc:CustomizationID>x"))
    assert fatal(data)
    assert mend(data, EURO) is data


def test_what_is_no_xml_stays():
    for data in (b"", b"no invoice", b"<a/>", b"<!DOCTYPE a><a/>"):
        assert mend(data, EURO) is data
        assert mend(data, replace(EURO, debit_note=True)) is data


def due(data, cents):
    """The document with an amount due so many cents beside its total."""
    old = amounts(data, b"PayableAmount")[0]
    new = str(Decimal(old.decode()) + Decimal(cents) / 100).encode()
    return changed(data, (b">" + old + b"</cbc:PayableAmount>", b">" + new + b"</cbc:PayableAmount>"))


@given(cents=st.integers(-4, 4).filter(bool))
def test_amount_due_some_cents_beside_the_total(cents):
    data = due(invoice(6), cents)
    assert fatal(data) == {"BR-CO-16"}
    mended = mend(data, EURO)
    if abs(cents) <= 3:
        assert not fatal(mended)
        assert amounts(mended, b"PayableAmount") == amounts(data, b"PayableAmount")
        assert Decimal(amounts(mended, b"PayableRoundingAmount")[0].decode()) == Decimal(cents) / 100
    else:
        assert mended is data or not fatal(mended)


@given(cents=st.integers(100, 10_000))
def test_amount_due_far_beside_the_total_is_no_rounding(cents):
    data = due(invoice(6), cents)
    assert mend(data, EURO) is data


def test_discount_rounded_to_whole_units():
    discount = (
        b"<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        b"<cbc:AllowanceChargeReason>Discount</cbc:AllowanceChargeReason>"
        b"<cbc:MultiplierFactorNumeric>33.33</cbc:MultiplierFactorNumeric>"
        b'<cbc:Amount currencyID="EUR">118.00</cbc:Amount><cbc:BaseAmount currencyID="EUR">351.00</cbc:BaseAmount>'
        b"</cac:AllowanceCharge><cac:Item>"
    )
    data = changed(invoice(1), (b"<cac:Item>", discount))
    assert "PEPPOL-EN16931-R040" in fatal(data)
    mended = mend(data, EURO)
    assert fatal(mended) == fatal(data) - {"PEPPOL-EN16931-R040"}
    assert b">118.00<" in mended
    assert b"MultiplierFactorNumeric" not in mended


def test_another_kind_of_document_stays():
    data = invoice(1).replace(b"<Invoice ", b"<Order ").replace(b"</Invoice>", b"</Order>")
    assert mend(data, Facts(debit_note=True, reference="INV/7", deposits=(("Leeggoed", Decimal(1)),))) is data


def test_debit_note_and_reference():
    facts = Facts(reference="INV/7", reference_date=date(2026, 11, 1), debit_note=True)
    mended = mend(invoice(1), facts)
    assert amounts(mended, b"InvoiceTypeCode") == [b"383"]
    assert b"<cbc:ID>INV/7</cbc:ID><cbc:IssueDate>2026-11-01</cbc:IssueDate>" in mended
    assert validate(mended).valid
    assert mend(mended, facts) is mended


def test_delivery_date_of_the_ledger():
    facts = Facts(delivery_date=date(2026, 10, 30))
    data = invoice(1)
    assert mend(data, facts) is data  # a document without a delivery gets none
    delivery = b"<cac:Delivery><cbc:ActualDeliveryDate>2026-11-20</cbc:ActualDeliveryDate></cac:Delivery>"
    delivered = changed(data, (b"<cac:PaymentMeans>", delivery + b"<cac:PaymentMeans>"))
    mended = mend(delivered, facts)
    assert amounts(mended, b"ActualDeliveryDate") == [b"2026-10-30"]
    assert validate(mended).valid
    assert mend(mended, facts) is mended


@pytest.mark.parametrize(
    ("codes", "left"),
    [
        (("VATEX-EU-132-1A", "VATEX-EU-132-1A"), ["VATEX-EU-132-1A"]),
        (("VATEX-EU-132-1A", "VATEX-EU-132-1C"), []),
        (("VATEX-EU-132-1A", None), []),
        ((None, "VATEX-EU-132-1C"), []),
    ],
)
def test_merged_exemptions_keep_only_a_code_that_is_true_of_all(codes, left):
    document = mends.document.Document(exempt(codes), EURO)
    assert mends.tax_breakdown.apply(document)
    merged = document.serialize()
    assert amounts(merged, b"TaxExemptionReasonCode") == [code.encode() for code in left]
    reason = document.root.findtext(".//{*}TaxExemptionReason")
    for code in filter(None, codes):
        assert code in left or code in reason
    assert amounts(merged, b"TaxableAmount") == [b"30.00"]


def exempt(codes):
    """A document with a group of category E for each code, of 10 and 20 euros; one without a code has words."""
    groups = b""
    for number, code in enumerate(codes, 1):
        why = (
            f"<cbc:TaxExemptionReasonCode>{code}</cbc:TaxExemptionReasonCode>"
            if code
            else "<cbc:TaxExemptionReason>Art. 44</cbc:TaxExemptionReason>"
        )
        if code and len(set(codes)) == 1:
            why += "<cbc:TaxExemptionReason>Art. 44</cbc:TaxExemptionReason>"
        groups += (
            f'<cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{number}0.00</cbc:TaxableAmount>'
            '<cbc:TaxAmount currencyID="EUR">0.00</cbc:TaxAmount><cac:TaxCategory><cbc:ID>E</cbc:ID>'
            f"<cbc:Percent>0</cbc:Percent>{why}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
            "</cac:TaxCategory></cac:TaxSubtotal>"
        ).encode()
    data = invoice(1)
    start, end = data.index(b"<cac:TaxSubtotal>"), data.rindex(b"</cac:TaxSubtotal>") + len(b"</cac:TaxSubtotal>")
    return data[:start] + groups + data[end:]


def test_deposit_that_closes_no_gap_is_not_lost():
    facts = replace(EURO, deposits=(("Leeggoed", Decimal("2.40")),))
    data = invoice(3)
    assert mend(data, facts) is data
    assert mend(due(data, -240), facts) == due(data, -240)


def test_lost_deposit():
    facts = replace(EURO, deposits=(("Leeggoed", Decimal("2.40")),))
    mended = mend(due(invoice(3), 240), facts)
    assert validate(mended).valid
    assert amounts(mended, b"LineExtensionAmount")[-1] == b"2.40"


def test_the_amount_due_never_changes():
    """Whatever a mend might do: another amount due means the document as it came."""
    data = invoice(3)
    calls = []

    class Greedy:
        RULES = frozenset()

        @staticmethod
        def concerns(_facts):
            return True

        @staticmethod
        def apply(document):
            calls.append(document)
            document.totals[-1].text = "0.00"
            return True

    from be_peppol_einvoice.mend import run

    before, run.BY_FACTS = run.BY_FACTS, (Greedy,)
    try:
        assert mend(data, EURO) is data
    finally:
        run.BY_FACTS = before
    assert calls
