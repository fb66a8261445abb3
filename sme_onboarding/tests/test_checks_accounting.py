# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksAccounting(OnboardingCommon):
    def _set_chart(self, code):
        # Written past the ORM, so that the test also runs where the Belgian localisation is not installed.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET chart_template = %s WHERE id = %s", (code, self.company.id))
        self.env.invalidate_all()

    def test_chart_of_accounts(self):
        outcome = self.outcome("chart_of_accounts")
        self.assert_failed(outcome, "The chart of accounts is not a Belgian one")
        self.assertTrue(outcome.started)
        self._set_chart("be_comp")
        outcome = self.outcome("chart_of_accounts")
        self.assert_passed(outcome)
        self.assertTrue(self.records(outcome))
        self.company.account_sale_tax_id = False
        self.company.account_purchase_tax_id = False
        self.assert_failed(
            self.outcome("chart_of_accounts"),
            "No usual VAT rate for sales is set",
            "No usual VAT rate for purchases is set",
        )
        self._set_chart(None)
        self.assert_failed(self.outcome("chart_of_accounts"), "No chart of accounts is installed")

    def test_chart_of_accounts_of_a_branch_is_that_of_its_parent(self):
        branch = self.env["res.company"].create({"name": "Ourthe Verviers", "parent_id": self.company.id})
        self._set_chart("be_comp")
        self.assert_passed(self.outcome("chart_of_accounts", company=branch))

    def test_bank_account(self):
        journal = self.company_data["default_journal_bank"]
        journal.bank_account_id = False
        outcome = self.outcome("bank_account")
        self.assert_failed(outcome, "No bank account of your firm has an account number")
        self.assertIn(journal, self.records(outcome))

        accounts = self.env["res.partner.bank"]
        wrong = accounts.create({"acc_number": "BE71 0961 2345 6760", "partner_id": self.company.partner_id.id})
        journal.bank_account_id = wrong
        self.assert_failed(self.outcome("bank_account"), "The account number BE71 0961 2345 6760 is not a valid IBAN")
        right = accounts.create({"acc_number": "BE71 0961 2345 6769", "partner_id": self.company.partner_id.id})
        journal.bank_account_id = right
        outcome = self.outcome("bank_account")
        self.assert_passed(outcome)
        self.assertEqual(outcome.found[0]["values"], {"numbers": ["BE71 0961 2345 6769"]})

    def test_bank_account_of_somebody_else(self):
        journal = self.company_data["default_journal_bank"]
        account = self.env["res.partner.bank"].create(
            {"acc_number": "BE71 0961 2345 6769", "partner_id": self.company.partner_id.id}
        )
        journal.bank_account_id = account
        self.env.flush_all()
        # Odoo refuses this today; older databases and imports hold it.
        self.env.cr.execute(
            "UPDATE res_partner_bank SET partner_id = %s WHERE id = %s", (self.partner_a.id, account.id)
        )
        self.env.invalidate_all()
        self.assert_failed(
            self.outcome("bank_account"), "The account BE71 0961 2345 6769 is not in the name of your firm"
        )
