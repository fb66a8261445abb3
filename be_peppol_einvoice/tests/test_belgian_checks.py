# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from lxml import etree

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import SQL

from ..belgian.taxes import CATEGORIES
from .einvoice_common import EinvoiceCommon
from .random_invoices.judge import core_alone

NOTE = "{*}Note"
REASON = "{*}TaxTotal/{*}TaxSubtotal/{*}TaxCategory/{*}TaxExemptionReason"
SALES = {
    "attn_VAT-OUT-21-L": "standard",
    "attn_VAT-OUT-21-S": "standard",
    "attn_VAT-OUT-12-L": "standard",
    "attn_VAT-OUT-12-S": "standard",
    "attn_VAT-OUT-06-L": "standard",
    "attn_VAT-OUT-06-S": "standard",
    "attn_VAT-OUT-00-L": "zero",
    "attn_VAT-OUT-00-S": "zero",
    "attn_VAT-OUT-00-CC": "cocontractor",
    "attn_VAT-OUT-00-EU-S": "eu_services",
    "attn_VAT-OUT-00-EU-L": "eu_goods",
    "attn_VAT-OUT-00-EU-T": "eu_triangular",
    "attn_VAT-OUT-00-ROW": "export",
}


@tagged("post_install", "-at_install")
class TestBelgianChecks(EinvoiceCommon):
    """Real invoices with each Belgian tax, exported by core and judged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fr_BE", "nl_BE", "de_DE"):
            cls.env["res.lang"]._activate_lang(code)
        cls.chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.belgian = cls._customer(lang="nl_BE")
        cls.dutch = cls._customer(
            "Bakker", vat="NL123456782B90", country_id=cls.env.ref("base.nl").id, lang="nl_BE", zip="1011AB"
        )
        cls.swiss = cls._customer("Schweizer", vat="CHE-123.456.788 MWST", country_id=cls.env.ref("base.ch").id)
        cls.swiss.write({"peppol_eas": "0183", "peppol_endpoint": "CHE123456788"})

    def template(self, name):
        return self.chart.ref(name)

    def customer_for(self, kind):
        return {"export": self.swiss}.get(kind, self.dutch if kind.startswith("eu_") else self.belgian)

    def verdict(self, invoice):
        """Belgian findings on the invoice as core exports it now."""
        verdict = invoice._einvoice_preview()
        return [finding for finding in verdict.findings if finding.id.startswith("BE-")]

    def ids(self, invoice, severity=None):
        return {finding.id for finding in self.verdict(invoice) if severity in (None, finding.severity)}

    def document(self, invoice):
        xml, _errors = invoice._einvoice_builder()._export_invoice(invoice)
        return etree.fromstring(xml)

    def with_tax(self, name, kind, **values):
        return self._invoice(self.customer_for(kind), tax=self.template(name).with_context(active_test=False), **values)

    # -- Lawful invoices -----------------------------------------------------------------------------------------------

    def test_kinds_of_the_chart(self):
        taxes = self.env["account.tax"].union(*map(self.template, SALES))
        kinds = taxes._be_kinds()
        self.assertEqual([kind for kind, _name in kinds], [SALES[name] for name in SALES])

    def test_no_fatal_finding_on_any_tax_of_the_chart(self):
        expected = {"zero": {"BE-VAT-06"}, "eu_services": {"BE-VAT-03"}}
        for name, kind in SALES.items():
            for move_type in ("out_invoice", "out_refund"):
                with self.subTest(tax=name, move_type=move_type):
                    invoice = self.with_tax(name, kind, move_type=move_type)
                    found = self.ids(invoice) - {"BE-DOC-03"}
                    self.assertEqual(found, expected.get(kind, set()))

    def test_no_fatal_finding_with_any_fiscal_position(self):
        """Each fiscal position's own taxes, on the customers it is made for."""
        customers = {1: self.belgian, 2: self.swiss, 3: self.dutch, 4: self.belgian, 5: self.belgian, 6: self.belgian}
        source = self.template("attn_VAT-OUT-21-L") | self.template("attn_VAT-OUT-21-S")
        for number, customer in customers.items():
            position = self.template(f"fiscal_position_template_{number}")
            for tax in source:
                with self.subTest(position=position.name, tax=tax.name):
                    invoice = self._invoice(customer, tax=position.map_tax(tax), fiscal_position_id=position.id)
                    self.assertEqual(self.ids(invoice, "fatal"), set())

    def test_draft(self):
        self.assertEqual(self.ids(self._invoice(self.belgian, post=False)), set())

    # -- What is added to core's document ------------------------------------------------------------------------------

    def test_reverse_charge_in_the_customers_language(self):
        for language, wording in (
            ("nl_BE", "Btw verlegd"),
            ("fr_BE", "Autoliquidation"),
            ("de_DE", "Steuerschuldnerschaft des Leistungsempfängers"),
        ):
            with self.subTest(language=language):
                customer = self._customer(lang=language)
                invoice = self._invoice(customer, tax=self.template("attn_VAT-OUT-00-CC"))
                document = self.document(invoice)
                self.assertEqual(document.findtext(REASON), wording)
                self.assertEqual(len(document.findall(NOTE)), 1)
                self.assertEqual(self.ids(invoice), set())

    def test_reverse_charge_at_home_is_never_in_english(self):
        customer = self._customer(lang="en_US")
        invoice = self._invoice(customer, tax=self.template("attn_VAT-OUT-00-CC"))
        self.assertEqual(self.document(invoice).findtext(REASON), "Autoliquidation / Btw verlegd")
        self.assertEqual(self.ids(invoice), set())

    def test_note_of_the_fiscal_position_is_preferred(self):
        position = self.template("fiscal_position_template_4")
        own = "Autoliquidation. Le client est présumé reconnaître qu'il est un assujetti. Merci."
        position.note = own
        invoice = self._invoice(
            self.belgian,
            tax=self.template("attn_VAT-OUT-00-CC"),
            fiscal_position_id=position.id,
            narration="Graag binnen 30 dagen.",
        )
        note = self.document(invoice).findtext(NOTE)
        self.assertEqual(note.splitlines(), ["Graag binnen 30 dagen.", own])

    def test_note_stands_once(self):
        position = self.template("fiscal_position_template_4")
        invoice = self._invoice(
            self.belgian,
            tax=self.template("attn_VAT-OUT-00-CC"),
            fiscal_position_id=position.id,
            narration=position.with_context(lang="nl_BE").note,
        )
        self.assertEqual(self.document(invoice).findtext(NOTE).count("geacht te erkennen"), 1)

    def test_credit_note_asks_to_repay_the_vat(self):
        credit = self._invoice(self.belgian, move_type="out_refund")
        self.assertIn("terug te storten aan de Staat", self.document(credit).findtext(NOTE))
        private = self.env["res.partner"].create({"name": "An", "country_id": self.env.ref("base.be").id})
        credit = self._invoice(private, move_type="out_refund")
        self.assertIsNone(self.document(credit).find(NOTE))

    def test_ordinary_invoice_is_as_core_makes_it(self):
        document = self.document(self._invoice(self.belgian))
        self.assertIsNone(document.find(NOTE))
        self.assertIsNone(document.find(REASON))

    def test_two_exemptions_share_one_breakdown(self):
        zero, other = self.template("attn_VAT-OUT-00-L"), self.template("attn_VAT-OUT-00-S")
        zero.write({"ubl_cii_tax_exemption_reason_code": "VATEX-EU-132-1A"})
        other.write({"ubl_cii_tax_exemption_reason_code": "VATEX-EU-132-1C", "be_exemption_reason": "Art. 44 §1"})
        lines = [{"name": "a", "price_unit": 10, "tax_ids": [Command.set(tax.ids)]} for tax in (zero, other)]
        invoice = self._invoice(self.belgian, lines=lines)
        document = self.document(invoice)
        self.assertEqual(len(document.findall(REASON)), 1)
        self.assertIn("Art. 44 §1", document.findtext(REASON))
        self.assertIsNone(document.find(f"{REASON}Code"), "one code would not be true of both")
        self.assertFalse(invoice._einvoice_preview().fatal)

    # -- Faulty invoices -----------------------------------------------------------------------------------------------

    def test_missing_category_of_a_co_contractor(self):
        tax = self.template("attn_VAT-OUT-00-CC")
        tax.write({"ubl_cii_tax_category_code": False, "ubl_cii_tax_exemption_reason_code": False})
        invoice = self._invoice(self.belgian, tax=tax)
        (finding,) = [finding for finding in self.verdict(invoice) if finding.severity == "fatal"]
        self.assertEqual(finding.id, "BE-VAT-01")
        self.assertIn("0% Cocont", finding.message("nl"))

    def test_wrong_category(self):
        for name, kind, rule in (
            ("attn_VAT-OUT-00-EU-L", "eu_goods", "BE-VAT-02"),
            ("attn_VAT-OUT-21-L", "standard", "BE-VAT-04"),
            ("attn_VAT-OUT-00-ROW", "export", "BE-VAT-05"),
        ):
            with self.subTest(rule=rule):
                self.template(name).write(
                    {"ubl_cii_tax_category_code": "E", "ubl_cii_tax_exemption_reason_code": False}
                )
                self.assertIn(rule, self.ids(self.with_tax(name, kind)))

    def test_user_made_tax_by_its_box(self):
        tag = self.template("attn_VAT-OUT-00-CC").invoice_repartition_line_ids.tag_ids
        tax = self.env["account.tax"].create(
            {
                "name": "Medecontractant",
                "amount": 0,
                "type_tax_use": "sale",
                "ubl_cii_tax_category_code": "E",
                "invoice_repartition_line_ids": [
                    Command.create({"repartition_type": "base", "tag_ids": [Command.set(tag.ids)]}),
                    Command.create({"repartition_type": "tax"}),
                ],
            }
        )
        self.assertIn("BE-VAT-01", self.ids(self._invoice(self.belgian, tax=tax)))

    def test_structured_communication(self):
        invoice = self._invoice(self.belgian)
        invoice.payment_reference = "+++000/0000/65473+++"
        self.assertEqual(self.ids(invoice), {"BE-PAY-01"})
        invoice.payment_reference = "FAC-12"
        self.assertEqual(self.ids(invoice), set())

    def test_bank_account(self):
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "BE68539007547035", "partner_id": self.company.partner_id.id, "allow_out_payment": True}
        )
        invoice = self._invoice(self.belgian)
        invoice.partner_bank_id = bank
        self.assertEqual(self.ids(invoice), {"BE-PAY-03"})

    def test_numbers_of_the_customer(self):
        invoice = self._invoice(self.belgian)
        # be_enterprise refuses such a number; it may have been there before, or be written by an import
        self._write_number("0477472702")
        self.assertIn("BE-ENT-11", self.ids(invoice))
        self._write_number("0477472701")
        self.assertIn("BE-ENT-13", self.ids(invoice))

    def _write_number(self, number):
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE res_partner SET company_registry = %s WHERE id = %s", number, self.belgian.id))
        self.belgian.invalidate_recordset(["company_registry"])

    def test_language_of_the_seat(self):
        self.company.be_principal_seat_id = self.env["be.establishment"].create(
            {
                "partner_id": self.company.partner_id.id,
                "name": "Antwerpen",
                "zip": "2000",
                "country_id": self.env.ref("base.be").id,
            }
        )
        self.assertEqual(self.company.be_seat_language_area, "nl")
        self.assertEqual(self.ids(self._invoice(self.belgian)), set())
        self.belgian.lang = "fr_BE"
        invoice = self._invoice(self.belgian)
        (finding,) = self.verdict(invoice)
        self.assertEqual((finding.id, finding.severity), ("BE-TXT-04", "warning"))
        self.assertIn("français", finding.message("fr"))
        self.dutch.lang = "en_US"
        self.assertEqual(self.ids(self._invoice(self.dutch, tax=self.template("attn_VAT-OUT-00-EU-L"))), set())

    def test_delivery_date_that_core_replaces(self):
        """Core writes the invoice date as the delivery date of a supply to another Member State: it is mended."""
        invoice = self._invoice(
            self.dutch,
            tax=self.template("attn_VAT-OUT-00-EU-L"),
            delivery_date=fields.Date.today() - timedelta(days=3),
        )
        stated = self.document(invoice).findtext("{*}Delivery/{*}ActualDeliveryDate")
        self.assertEqual(stated, str(invoice.delivery_date))
        self.assertEqual(self.ids(invoice), set())
        with core_alone():
            core = invoice._einvoice_builder()._export_invoice(invoice)[0]
        stated = etree.fromstring(core).findtext("{*}Delivery/{*}ActualDeliveryDate")
        if stated != str(invoice.delivery_date):
            self.assertIn("BE-DOC-04", {finding.id for finding in invoice._einvoice_judge(core).findings})

    def test_debit_note(self):
        invoice = self._invoice(self.belgian)
        xml = b'<?xml version="1.0"?><DebitNote xmlns="urn:oasis:names:specification:ubl:schema:xsd:DebitNote-2"/>'
        verdict = invoice._einvoice_judge(xml)
        self.assertIn("BE-DOC-01", {finding.id for finding in verdict.fatal})

    def test_small_enterprise(self):
        self.company.be_vat_franchise = True
        self.assertEqual(self.ids(self._invoice(self.belgian)), {"BE-VAT-11"})
        tax = self.company._be_make_franchise_tax()
        self.assertEqual(self.company._be_make_franchise_tax(), tax)
        self.assertEqual(self.company.account_sale_tax_id, tax)
        invoice = self._invoice(self.belgian, tax=tax)
        self.assertEqual(self.ids(invoice), set())
        self.assertEqual(
            self.document(invoice).findtext(REASON), "Bijzondere vrijstellingsregeling kleine ondernemingen"
        )
        self.assertFalse(invoice._einvoice_preview().fatal)
        self.assertIn("Bijzondere", invoice.with_context(lang="nl_BE").taxes_legal_notes)
        # products keep the tax of the chart: within Belgium the new one takes its place
        product = self.env["product.product"].create({"name": "Brood", "taxes_id": [Command.set(self.tax.ids)]})
        line = {"product_id": product.id}
        move = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.belgian.id, "invoice_line_ids": [Command.create(line)]}
        )
        self.assertEqual(move.invoice_line_ids.tax_ids, tax)

    def test_bill_of_a_vendor_is_not_judged_by_our_facts(self):
        context = (
            self.env["account.move"]
            .create({"move_type": "in_invoice", "partner_id": self.belgian.id})
            ._be_context(b"<Invoice/>")
        )
        self.assertFalse(context.kinds)
        self.assertFalse(context.language)

    def test_core_proposes_the_same_but_for_services(self):
        """The chart's own presets, tax by tax."""
        for name, kind in SALES.items():
            tax = self.template(name)
            expected = CATEGORIES[kind] if kind != "eu_services" else ("K", "VATEX-EU-IC")
            with self.subTest(tax=name):
                self.assertEqual(
                    (tax.ubl_cii_tax_category_code, tax.ubl_cii_tax_exemption_reason_code or None), expected
                )
