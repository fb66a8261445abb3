# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestTaxBackfill(EinvoiceCommon):
    """A database whose taxes were made before there were VAT categories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.sales = cls.env["account.tax"].search([("company_id", "=", cls.company.id), ("type_tax_use", "=", "sale")])
        cls.sales.write({"ubl_cii_tax_category_code": False, "ubl_cii_tax_exemption_reason_code": False})
        cls.cocontractor = cls.chart.ref("attn_VAT-OUT-00-CC")
        cls.zero = cls.chart.ref("attn_VAT-OUT-00-L")
        cls.own = cls.env["account.tax"].create({"name": "Eigen 0%", "amount": 0, "type_tax_use": "sale"})
        cls.env.user.group_ids += cls.env.ref("account.group_account_manager")

    def backfill(self):
        backfill = self.env["be.tax.backfill"].create({"company_id": self.company.id})
        backfill.flush_recordset()  # the lines are made now, as they are when the page opens
        return backfill

    def line(self, backfill, tax):
        return backfill.line_ids.filtered(lambda line: line.tax_id == tax)

    def test_proposals(self):
        backfill = self.backfill()
        percent = (self.sales | self.own).filtered(lambda tax: tax.amount_type == "percent")
        self.assertEqual(backfill.line_ids.tax_id, percent)
        for name, category, code, selected, state in (
            ("attn_VAT-OUT-21-L", "S", False, True, "missing"),
            ("attn_VAT-OUT-00-CC", "AE", "VATEX-EU-AE", True, "missing"),
            ("attn_VAT-OUT-00-EU-S", "AE", "VATEX-EU-AE", True, "missing"),
            ("attn_VAT-OUT-00-EU-L", "K", "VATEX-EU-IC", True, "missing"),
            ("attn_VAT-OUT-00-ROW", "G", "VATEX-EU-G", True, "missing"),
            ("attn_VAT-OUT-00-L", "E", False, False, "choose"),
        ):
            with self.subTest(tax=name):
                line = self.line(backfill, self.chart.ref(name))
                self.assertEqual(
                    (line.category, line.code, line.selected, line.state), (category, code, selected, state)
                )
                self.assertTrue(line.why)
        line = self.line(backfill, self.own)
        self.assertEqual((line.category, line.selected, line.state), (False, False, "choose"))

    def test_apply_writes_what_is_ticked_and_leaves_a_trace(self):
        backfill = self.backfill()
        chosen = backfill.line_ids.filtered("selected").tax_id
        self.assertNotIn(self.zero, chosen)
        notes = len(self.cocontractor.message_ids)
        action = backfill.action_apply()
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(self.cocontractor.ubl_cii_tax_category_code, "AE")
        self.assertEqual(self.cocontractor.ubl_cii_tax_exemption_reason_code, "VATEX-EU-AE")
        self.assertFalse(self.zero.ubl_cii_tax_category_code)
        self.assertEqual(len(self.cocontractor.message_ids), notes + 1)
        self.assertIn("AE · VATEX-EU-AE", self.cocontractor.message_ids[0].body)
        self.assertFalse(self.backfill().line_ids.filtered("selected"))

    def test_a_users_own_value_is_never_ticked(self):
        self.cocontractor.write({"ubl_cii_tax_category_code": "E", "ubl_cii_tax_exemption_reason_code": "VATEX-EU-O"})
        backfill = self.backfill()
        line = self.line(backfill, self.cocontractor)
        self.assertEqual((line.selected, line.state, line.category), (False, "differs", "AE"))
        self.assertIn("E · VATEX-EU-O", line.current)
        backfill.action_apply()
        self.assertEqual(self.cocontractor.ubl_cii_tax_category_code, "E")

    def test_a_named_exemption_stays(self):
        self.zero.write({"ubl_cii_tax_category_code": "E", "ubl_cii_tax_exemption_reason_code": "VATEX-EU-132-1C"})
        line = self.line(self.backfill(), self.zero)
        self.assertEqual((line.code, line.state, line.selected), ("VATEX-EU-132-1C", "right", False))

    def test_a_tax_changed_in_the_meantime_is_not_overwritten(self):
        backfill = self.backfill()
        self.cocontractor.ubl_cii_tax_category_code = "E"
        with self.assertRaisesRegex(UserError, "changed in the meantime"):
            backfill.action_apply()

    def test_nothing_ticked(self):
        backfill = self.backfill()
        backfill.line_ids.selected = False
        with self.assertRaises(UserError):
            backfill.action_apply()
        self.line(backfill, self.own).selected = True
        with self.assertRaisesRegex(UserError, "Choose a category"):
            backfill.action_apply()

    def test_choosing_ticks(self):
        form = Form(self.env["be.tax.backfill"].with_company(self.company))
        position = next(
            index
            for index in range(len(form.line_ids._records))
            if form.line_ids._records[index]["tax_id"] == self.own.id
        )
        with form.line_ids.edit(position) as line:
            line.category = "E"
            line.reason = "Vrijgesteld, art. 44"
            self.assertTrue(line.selected)
        backfill = form.save()
        backfill.action_apply()
        self.assertEqual(self.own.be_exemption_reason, "Vrijgesteld, art. 44")
        self.assertEqual(self.own.ubl_cii_tax_category_code, "E")

    def test_how_many_unsent_invoices_use_a_tax(self):
        customer = self._customer()
        for _number in range(2):
            lines = [{"name": name, "price_unit": 1} for name in "ab"]
            self._invoice(customer, tax=self.cocontractor, lines=lines)
        self._invoice(customer, tax=self.cocontractor).is_move_sent = True
        backfill = self.backfill()
        self.assertEqual(self.line(backfill, self.cocontractor).invoice_count, 2)
        self.assertEqual(self.line(backfill, self.zero).invoice_count, 0)

    def test_the_invoice_is_right_afterwards(self):
        invoice = self._invoice(tax=self.cocontractor)
        self.assertIn("BE-VAT-01", {finding.id for finding in invoice._einvoice_preview().fatal})
        self.backfill().action_apply()
        self.assertFalse(invoice._einvoice_preview().fatal)

    def test_taxes_of_purchases_where_the_company_makes_its_vendors_invoices(self):
        journal = self.company_data["default_journal_purchase"]
        self.assertEqual(set(self.backfill().line_ids.tax_id.mapped("type_tax_use")), {"sale"})
        journal.is_self_billing = True
        self.assertEqual(set(self.backfill().line_ids.tax_id.mapped("type_tax_use")), {"sale", "purchase"})

    def test_small_enterprise(self):
        backfill = self.backfill()
        self.assertFalse(backfill.franchise_tax)
        backfill.action_small_enterprise()
        self.assertTrue(self.company.be_vat_franchise)
        tax = self.company._be_franchise_tax()
        self.assertEqual(self.line(self.backfill(), tax).state, "right")

    def test_access(self):
        user = self._user("invoicing")
        with self.assertRaisesRegex(AccessError, "accounting administrator"):
            self.company.with_user(user).action_open_tax_backfill()
        with self.assertRaises(AccessError):
            self.env["be.tax.backfill"].with_user(user).create({"company_id": self.company.id})
        self.assertEqual(self.company.action_open_tax_backfill()["res_model"], "be.tax.backfill")

    def test_other_companies(self):
        other = self.setup_other_company(name="Tweede")["company"]
        mine = self.own
        theirs = self.env["account.tax"].search([("company_id", "=", other.id), ("type_tax_use", "=", "sale")])
        self.assertTrue(theirs)
        self.assertFalse(self.backfill().line_ids.tax_id & theirs)
        backfill = self.env["be.tax.backfill"].create({"company_id": other.id})
        self.assertNotIn(mine, backfill.line_ids.tax_id)
        user = self._user("accountant")
        user.group_ids += self.env.ref("account.group_account_manager")
        with self.assertRaises(AccessError):
            backfill.with_user(user).read(["company_id"])

    def test_branch_uses_the_taxes_of_its_root(self):
        branch = self.env["res.company"].create({"name": "Filiaal", "parent_id": self.company.id})
        self.env.user.company_ids = [Command.link(branch.id)]
        backfill = self.env["be.tax.backfill"].with_company(branch).create({"company_id": branch.id})
        self.assertIn(self.cocontractor, backfill.line_ids.tax_id)
