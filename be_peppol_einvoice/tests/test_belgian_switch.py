# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..belgian import RULES
from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestBelgianSwitch(EinvoiceCommon):
    """Each Belgian check can be switched off, per company, by accounting administrators."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.switches = cls.env["be.einvoice.rule.switch"]
        cls.other = cls.env["res.company"].create({"name": "Second", "country_id": cls.env.ref("base.be").id})

    def switch(self, code, company=None):
        return self.switches.search([("code", "=", code), ("company_id", "=", (company or self.company).id)])

    def faulty(self):
        invoice = self._invoice()
        invoice.payment_reference = "+++000/0000/65473+++"
        return invoice

    def found(self, invoice):
        return {finding.id for finding in invoice._einvoice_preview().findings if finding.id.startswith("BE-")}

    def test_every_company_has_every_rule(self):
        for company in (self.company, self.other):
            rows = self.switches.search([("company_id", "=", company.id)])
            self.assertEqual(set(rows.mapped("code")), set(RULES))
            self.assertTrue(all(rows.mapped("enabled")))

    def test_rows_are_completed_once(self):
        self.switch("BE-PAY-01").sudo().unlink()
        before = self.switches.search_count([])
        self.switches._complete()
        self.switches._complete()
        self.assertEqual(self.switches.search_count([]), before + 1)

    def test_switched_off_says_nothing(self):
        invoice = self.faulty()
        self.assertEqual(self.found(invoice), {"BE-PAY-01"})
        self.switch("BE-PAY-01").enabled = False
        self.assertEqual(self.found(invoice), set())

    def test_switch_of_another_company_changes_nothing(self):
        self.switch("BE-PAY-01", self.other).enabled = False
        self.assertEqual(self.found(self.faulty()), {"BE-PAY-01"})

    def test_verdicts_are_out_of_date_after_a_switch(self):
        invoice = self.faulty()
        self.env["be.einvoice.check"]._keep({invoice: invoice._einvoice_preview()})
        self.assertTrue(self._check(invoice).fingerprint)
        self.switch("BE-PAY-01").enabled = False
        self.assertFalse(self._check(invoice).fingerprint)

    def test_texts_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        row = self.switch("BE-PAY-01").with_context(lang="nl_BE")
        self.assertEqual(row.title, "Controlegetal van de gestructureerde mededeling")
        self.assertEqual(row.severity, "fatal")
        rule = self.env["be.einvoice.rule"].browse(self.env["be.einvoice.rule"]._for_codes({"BE-PAY-01"})["BE-PAY-01"])
        self.assertEqual(rule.with_context(lang="nl_BE").title, row.title)

    def test_only_administrators_switch(self):
        for role in ("accountant", "invoicing", "auditor"):
            with self.subTest(role=role):
                row = self.switch("BE-PAY-01").with_user(self._user(role))
                self.assertEqual(row.code, "BE-PAY-01")
                with self.assertRaises(AccessError):
                    row.enabled = False
        with self.assertRaises(AccessError):
            self.switch("BE-PAY-01").with_user(self._user("employee")).read(["code"])

    def test_an_administrator_of_one_company_does_not_reach_another(self):
        user = self._user("accountant")
        user.group_ids += self.env.ref("account.group_account_manager")
        self.switch("BE-PAY-01").with_user(user).enabled = False
        with self.assertRaises(AccessError):
            self.switch("BE-PAY-01", self.other).with_user(user).enabled = False

    def test_checks_run_for_users_who_may_not_see_switches(self):
        invoice = self.faulty()
        self.switch("BE-PAY-01").enabled = False
        self.assertEqual(self.found(invoice.with_user(self._user("invoicing"))), set())
