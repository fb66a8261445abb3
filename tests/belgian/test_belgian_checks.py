# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each Belgian rule fires on a document that breaks it, and all are quiet on a lawful one."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from be_peppol_einvoice.belgian import RULES, Context, check
from be_peppol_einvoice.belgian.checks import CHECKS
from be_peppol_einvoice.belgian.texts import mention, reason
from be_peppol_einvoice.en16931 import model, validate

ON = date(2026, 9, 1)
CAC = b"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = b"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"


def party(number="0477472701", country="BE", vat=None):
    return model.Party(
        name="NV",
        legal_id=number,
        legal_id_scheme="0208",
        vat_id=vat or f"BE{number}",
        endpoint=number,
        endpoint_scheme="0208",
        address=model.Address(country=country),
    )


def invoice(category="S", rate=21, tax=21, reason=None, code=None, **values):
    breakdown = model.VatBreakdown(
        taxable=Decimal(100),
        tax=Decimal(tax),
        category=category,
        rate=Decimal(rate),
        exemption_reason=reason,
        exemption_code=code,
    )
    payment = model.Payment(means_code="30", reference="+++000/0000/65472+++", account="BE68539007547034")
    defaults = {"date": ON, "seller": party(), "buyer": party("0202239951"), "payments": [payment], "vat": [breakdown]}
    return model.Invoice(**(defaults | values))


def zero(category, reason=None, code=None, **values):
    return invoice(category, 0, 0, reason, code, **values)


def changed(group, **values):
    return dataclasses.replace(group, **values)


SERVICE = {"buyer": party("123", "NL", "NL123456782B90")}
AE = {"reason": "Btw verlegd", "code": "VATEX-EU-AE"}
COCONTRACTOR = frozenset({"cocontractor"})
LAWFUL = {
    "21%": (invoice(), {"kinds": frozenset({"standard"})}),
    "co-contractor": (zero("AE", **AE, notes=[mention("cocontractor", "nl")]), {"kinds": COCONTRACTOR}),
    "co-contractor before 2023": (zero("AE", **AE), {"kinds": COCONTRACTOR, "on": date(2022, 12, 31)}),
    "goods to the Netherlands": (zero("K", code="VATEX-EU-IC", **SERVICE), {"kinds": frozenset({"eu_goods"})}),
    "services to the Netherlands": (
        zero("AE", "Reverse charge", "VATEX-EU-AE", **SERVICE),
        {"kinds": frozenset({"eu_services"}), "language": "en", "seat_languages": ("fr",)},
    ),
    "export": (
        zero("G", code="VATEX-EU-G", buyer=party("1", "CH", "CHE123")),
        {"kinds": frozenset({"export"})},
    ),
    "Art. 44": (zero("E", "Vrijgesteld – art. 44 Btw-Wetboek"), {"kinds": frozenset({"zero"})}),
    "franchise": (zero("E", reason("franchise", "fr")), {"franchise": True}),
    "credit note": (
        invoice(credit=True, preceding=[model.Reference(number="1")], notes=[mention("repay", "fr")]),
        {},
    ),
    "in the seat's language": (invoice(), {"language": "nl", "seat_languages": ("fr", "nl")}),
    "nothing is known": (model.Invoice(), {}),
    "free reference": (invoice(payments=[model.Payment(reference="INV/2026/1")]), {"payment_reference": "INV/2026/1"}),
    "foreign rate under the one-stop shop": (
        invoice(rate=20, delivery=model.Delivery(address=model.Address(country="FR"))),
        {},
    ),
    "both sides foreign": (invoice(seller=party("1", "FR", "FR1"), buyer=party("2", "DE", "DE2")), {}),
}
FAULTS = {
    "BE-ENT-01": (invoice(seller=changed(party(), legal_id="0477472702")), {}),
    "BE-ENT-02": (invoice(seller=changed(party(), vat_id="BE 0477.472.702")), {}),
    "BE-ENT-03": (invoice(seller=changed(party(), vat_id="BE0202239951")), {}),
    "BE-ENT-04": (invoice(seller=changed(party(), endpoint="0202239951")), {}),
    "BE-ENT-05": (invoice(seller=changed(party(), identifiers=["0202.239.951"])), {}),
    "BE-ENT-06": (invoice(seller=changed(party(), vat_id=None)), {}),
    "BE-ENT-11": (invoice(buyer=changed(party(), legal_id="0477472702")), {}),
    "BE-ENT-12": (invoice(buyer=changed(party(), vat_id="BE477")), {}),
    "BE-ENT-13": (invoice(buyer=changed(party(), vat_id="BE0202239951")), {}),
    "BE-ENT-14": (invoice(buyer=changed(party(), endpoint="BE0202239951", endpoint_scheme="9925")), {}),
    "BE-PAY-01": (invoice(payments=[model.Payment(reference="+++000/0000/65473+++")]), {}),
    "BE-PAY-02": (invoice(), {"payment_reference": "+++000/0000/00101+++"}),
    "BE-PAY-03": (invoice(payments=[model.Payment(means_code="30", account="BE68539007547035")]), {}),
    "BE-PAY-04": (invoice(payments=[model.Payment(means_code="58", account="FR7630006000011234567890188")]), {}),
    "BE-VAT-01": (zero("E", "Exempt from tax", notes=[mention("cocontractor")]), {"kinds": COCONTRACTOR}),
    "BE-VAT-02": (zero("E", "x", **SERVICE), {"kinds": frozenset({"eu_goods"})}),
    "BE-VAT-03": (zero("K", code="VATEX-EU-IC", **SERVICE), {"kinds": frozenset({"eu_services"})}),
    "BE-VAT-04": (zero("E", "x"), {"kinds": frozenset({"standard"})}),
    "BE-VAT-05": (zero("E", "x"), {"kinds": frozenset({"export"})}),
    "BE-VAT-06": (zero("E", "Articles 226 items 11 to 15 Directive 2006/112/EN"), {}),
    "BE-VAT-07": (zero("E", "x", "VATEX-FR-FRANCHISE"), {}),
    "BE-VAT-08": (invoice(rate=20), {}),
    "BE-VAT-09": (
        zero("AE", **AE, notes=[mention("cocontractor")], **SERVICE),
        {"kinds": COCONTRACTOR},
    ),
    "BE-VAT-10": (zero("K", code="VATEX-EU-IC"), {}),
    "BE-VAT-11": (invoice(), {"franchise": True}),
    "BE-VAT-12": (zero("E", "x"), {"franchise": True}),
    "BE-TXT-01": (zero("AE", "Reverse charge", "VATEX-EU-AE"), {}),
    "BE-TXT-02": (zero("AE", **AE), {"kinds": COCONTRACTOR}),
    "BE-TXT-03": (invoice(credit=True, preceding=[model.Reference(number="1")]), {}),
    "BE-TXT-04": (invoice(), {"language": "fr", "seat_languages": ("nl",)}),
    "BE-DOC-01": (None, {"document": "DebitNote"}),
    "BE-DOC-02": (
        invoice(buyer=model.Party(name="An", address=model.Address(country="BE"))),
        {"buyer_private": True},
    ),
    "BE-DOC-03": (invoice(credit=True, notes=[mention("repay")]), {}),
    "BE-DOC-04": (invoice(), {"delivery_date": date(2026, 8, 30)}),
}


@pytest.mark.parametrize("case", LAWFUL)
def test_quiet_on_lawful_documents(case):
    document, facts = LAWFUL[case]
    assert [finding.id for finding in check(document, Context(**({"on": ON} | facts)))] == []


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_fires_alone(rule):
    document, facts = FAULTS[rule]
    findings = check(document, Context(**({"on": ON} | facts)))
    assert [finding.id for finding in findings] == [rule]
    assert check(document, Context(**({"on": ON} | facts)), off=frozenset({rule})) == []
    for language in ("en", "fr", "nl", "de"):
        text = findings[0].message(language)
        assert "{" not in text
        assert len(text) > 30
    assert findings[0].as_dict("nl")["id"] == rule
    assert findings[0].severity == RULES[rule].severity


def test_every_rule_has_a_check_and_a_test():
    assert set(CHECKS) | {"BE-DOC-01"} == set(RULES) == set(FAULTS)


def test_a_place_is_given():
    data = (
        b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="%s" xmlns:cbc="%s">\n'
        b"<cac:AccountingSupplierParty><cac:Party><cac:PostalAddress><cac:Country>"
        b"<cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress></cac:Party>"
        b"</cac:AccountingSupplierParty>\n<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>"
        b"<cbc:PaymentID>+++000/0000/65473+++</cbc:PaymentID></cac:PaymentMeans></Invoice>"
    ) % (CAC, CBC)
    (finding,) = check(validate(data).model(), Context(ON))
    assert finding.id == "BE-PAY-01"
    assert finding.path == "/Invoice/cac:PaymentMeans/cbc:PaymentID"
    assert finding.line == 3
