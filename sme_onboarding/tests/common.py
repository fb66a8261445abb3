# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class OnboardingCommon(AccountTestInvoicingCommon):
    """A company of its own, and a way to run one check on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.belgium = cls.env.ref("base.be")
        cls.company.write(
            {
                "name": "Atelier Ourthe SRL",
                "street": "Rue des Guillemins 27",
                "zip": "4000",
                "city": "Liège",
                "country_id": cls.belgium.id,
                "vat": "BE0999999922",
                "company_registry": "0999999922",
                "email": "bonjour@ourthe.example",
                "phone": "+32 4 000 00 00",
            }
        )
        cls.other_company = cls.env["res.company"].create({"name": "Gand Web BV", "country_id": cls.belgium.id})
        cls.owner = new_test_user(
            cls.env,
            "owner",
            groups="base.group_system,account.group_account_manager",
            email="owner@ourthe.example",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.accountant = new_test_user(
            cls.env,
            "plain_accountant",
            groups="base.group_user,account.group_account_user",
            email="accountant@ourthe.example",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.employee = new_test_user(
            cls.env,
            "employee",
            groups="base.group_user",
            email="employee@ourthe.example",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def step(self, code):
        return self.env["sme.onboarding.step"].search([("code", "=", code)])

    def status(self, code, company=None, user=None):
        statuses = self.env["sme.onboarding.status"]._of_company(company or self.company)
        status = statuses.filtered(lambda one: one.step_id.code == code)
        return status.with_user(user) if user else status

    def outcome(self, code, remote=False, company=None):
        """Run the check of one step, without keeping what it finds."""
        return self.env["sme.onboarding.check"]._run(self.step(code), company or self.company, remote=remote)

    def texts(self, outcome):
        """What was found, in English."""
        return [text["source"] % text["values"] for text in outcome.found]

    def assert_passed(self, outcome):
        self.assertEqual(outcome.status, "passed", self.texts(outcome))

    def assert_failed(self, outcome, *texts):
        self.assertEqual(outcome.status, "failed", self.texts(outcome))
        self.assertEqual(self.texts(outcome), list(texts))

    def records(self, outcome):
        """The records that the user is shown."""
        return self.env[outcome.model].search(outcome.domain)
