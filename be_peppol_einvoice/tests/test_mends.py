# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from ..en16931 import validate
from ..mend import Facts
from ..mend.document import NAMESPACES, Document
from .random_invoices.build import build
from .random_invoices.judge import core_alone, wrong_totals
from .random_invoices.spec import Line, Spec
from .random_invoices.world import World


@tagged("post_install", "-at_install")
class TestMends(AccountTestInvoicingCommon):
    """For each mend an invoice that needs it: core alone is refused, ours is not, and the ledger's amounts stay."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")
        cls.world = World(cls.company_data["company"])

    def _move(self, *lines, document="invoice", **values):
        return build(self.world, Spec(1, frozenset(), document, lines=lines, **values))

    def _export(self, move):
        return move.partner_id.commercial_partner_id._get_edi_builder("ubl_bis3")._export_invoice(move)

    def _assert_mended(self, move, *rules):
        """Core's document breaks these rules; ours breaks none and has the ledger's amounts."""
        with core_alone():
            core, _errors = self._export(move)
        self.assertLessEqual(set(rules), validate(core).ids[0])
        return self._assert_right(move)

    def _assert_right(self, move):
        xml, errors = self._export(move)
        report = validate(xml)
        self.assertFalse(errors)
        self.assertEqual([finding.message() for finding in (*report.fatal, *report.structure)], [])
        self.assertEqual(wrong_totals(move, xml), "")
        return Document(xml, Facts())

    def _imported_total(self, xml):
        """What Odoo's own importer makes of a document."""
        attachment = self.env["ir.attachment"].create({"name": "bill.xml", "raw": xml, "mimetype": "application/xml"})
        journal = self.company_data["default_journal_purchase"]
        return journal._create_document_from_attachment(attachment.ids).amount_total

    def _text(self, document, path):
        return document.root.findtext(path, namespaces=NAMESPACES)

    # ------------------------------------------------------------------------------------------------------------------

    def test_right_document_stays_as_it_is(self):
        move = self._move(
            Line("Werk", quantity=3, price=12.5, discount=10, taxes=("21",)), Line("x", price=1, taxes=("6",))
        )
        with core_alone():
            core, _errors = self._export(move)
        self.assertEqual(self._export(move)[0], core)

    def test_taxable_amount(self):
        move = self._move(
            Line("A", quantity=2.28, price=0.456, taxes=("exempt",)),
            Line("B", quantity=1.31, price=3.592, taxes=("exempt",)),
            Line("C", quantity=4.37, price=5.087, taxes=("exempt",)),
            Line("D", quantity=1.5, price=3.333, taxes=("21",)),
            rounding="round_globally",
        )
        document = self._assert_mended(move, "BR-E-08")
        with core_alone():
            core, _errors = self._export(move)
        # Odoo's importer multiplies quantity and price again: what it makes of the document is not ours to change
        self.assertEqual(self._imported_total(document.serialize()), self._imported_total(core))

    def test_tax_breakdown(self):
        move = self._move(
            Line("Cursus", price=100, taxes=("exempt",)), Line("Bier", quantity=24, price=1, taxes=("deposit", "21"))
        )
        document = self._assert_mended(move, "BR-E-01", "BR-E-08")
        reasons = document.root.findall(".//cbc:TaxExemptionReason", NAMESPACES)
        self.assertEqual(len(reasons), 1, "one group for exempt lines and deposit")
        self.assertEqual(self._imported_total(document.serialize()), move.amount_total)

    def test_conditional_cash_discount_of_an_exempt_seller(self):
        move = self._move(Line("Cursus", price=100, taxes=("exempt",)), cash_discount="mixed")
        self._assert_mended(move, "BR-E-01", "BR-E-08")

    def test_deposit_keeps_the_line_text(self):
        move = self._move(Line("Bier\nBlond", quantity=24, price=1, taxes=("deposit", "21")))
        with core_alone():
            self.assertTrue(self._export(move)[1], "core refuses to make the document")
        document = self._assert_mended(move, "BR-25")
        self.assertIn("Blond", self._text(document, "cac:InvoiceLine/cac:Item/cbc:Description"))
        self.assertEqual(self._imported_total(document.serialize()), move.amount_total)

    def test_deposit_on_a_free_line(self):
        move = self._move(
            Line("Bier", quantity=24, price=1, discount=100, taxes=("deposit", "21")),
            Line("Glas", price=3, taxes=("21",)),
        )
        document = self._assert_mended(move, "BR-CO-16")
        self.assertEqual(self._text(document, "cac:InvoiceLine[3]/cbc:LineExtensionAmount"), "2.40")

    def test_contribution_on_a_negative_line(self):
        move = self._move(
            Line("Koelkast", quantity=2, price=100, taxes=("recupel", "21")),
            Line("Retour", quantity=-1, price=100, taxes=("recupel", "21")),
        )
        document = self._assert_mended(move, "BR-CL-19", "PEPPOL-EN16931-CL002")
        charge, allowance = document.root.findall("cac:InvoiceLine/cac:AllowanceCharge", NAMESPACES)
        self.assertEqual(charge.findtext("cbc:AllowanceChargeReasonCode", namespaces=NAMESPACES), "AEO")
        self.assertFalse(allowance.findtext("cbc:AllowanceChargeReasonCode", namespaces=NAMESPACES))
        self.assertIn("Recupel", allowance.findtext("cbc:AllowanceChargeReason", namespaces=NAMESPACES))

    def test_currency_without_decimals(self):
        move = self._move(
            Line("Dienst", quantity=14, price=25.04, discount=33.33, taxes=("21",)),
            currency="JPY",
            rounding="round_globally",
        )
        document = self._assert_mended(move, "PEPPOL-EN16931-R120")
        self.assertEqual(self._imported_total(document.serialize()), move.amount_total)

    def test_self_billed_credit_note(self):
        move = self._move(Line("Melk", quantity=10, price=1, taxes=("in_6",)), document="self-billed credit note")
        with core_alone():
            self.assertEqual(validate(self._export(move)[0]).root, "Invoice", "a demand for what is owed")
        document = self._assert_right(move)
        self.assertEqual((document.kind, self._text(document, "cbc:CreditNoteTypeCode")), ("CreditNote", "261"))
        self.assertTrue(self._text(document, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"))

    def test_credit_note_names_its_invoice(self):
        move = self._move(Line("Werk", price=10, taxes=("21",)), document="credit note")
        document = self._assert_right(move)
        path = "cac:BillingReference/cac:InvoiceDocumentReference"
        origin = move.reversed_entry_id
        self.assertEqual(self._text(document, f"{path}/cbc:ID"), origin.name)
        self.assertEqual(self._text(document, f"{path}/cbc:IssueDate"), str(origin.invoice_date))

    def test_credit_note_without_invoice_stays(self):
        move = self._move(Line("Werk", price=10, taxes=("21",)), document="credit note")
        move.reversed_entry_id = False
        with core_alone():
            core, _errors = self._export(move)
        self.assertEqual(self._export(move)[0], core)

    def test_debit_note(self):
        """Peppol has no DebitNote; without the add-on for debit notes there is nothing to export."""
        if "debit_origin_id" not in self.env["account.move"]._fields:
            self.skipTest("account_debit_note is not installed")
        move = self._move(Line("Toeslag", price=10, taxes=("21",)), document="debit note")
        document = self._assert_right(move)
        self.assertEqual((document.kind, self._text(document, "cbc:InvoiceTypeCode")), ("Invoice", "383"))
        self.assertTrue(self._text(document, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"))

    def test_explained_while_a_draft(self):
        """Where no lawful e-invoice exists, the draft already says why and what to do."""
        lines = [Line("Schroef", price=0.12, taxes=("21",)) for _index in range(400)]
        spec = Spec(1, frozenset(), lines=tuple(lines))
        move = build(self.world, spec, post=False)
        self.assertEqual(move.state, "draft")
        found = {finding.id: finding for finding in move._einvoice_preview("ubl_bis3").fatal}
        self.assertIn("Globaal afronden", found["ODOO-VAT-ROUNDING"].message("nl"))
        move.action_post()
        self.assertEqual(move.state, "posted", "the invoice itself is lawful")
