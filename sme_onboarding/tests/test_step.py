# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestStep(OnboardingCommon):
    def test_every_step_has_its_check_and_its_screen(self):
        steps = self.env["sme.onboarding.step"].search([])
        self.assertGreaterEqual(len(steps), 18)
        for step in steps:
            with self.subTest(step.code):
                self.assertTrue(callable(getattr(self.env["sme.onboarding.check"], step.check_method, None)))
                if step.screen_method:
                    self.assertTrue(callable(getattr(self.env["sme.onboarding.screen"], step.screen_method, None)))
                if not step._missing_modules():
                    self.assertIn(step.target_model, self.env)

    def test_every_screen_opens_a_model_that_exists(self):
        company = self.company.with_user(self.owner)
        for step in self.env["sme.onboarding.step"].with_user(self.owner).search([]):
            if step._missing_modules():
                continue
            with self.subTest(step.code):
                action = step._open_screen(company)
                self.assertEqual(action["type"], "ir.actions.act_window")
                self.assertIn(action["res_model"], self.env)
                if action.get("res_id"):
                    self.assertTrue(self.env[action["res_model"]].browse(action["res_id"]).exists())

    def test_a_step_can_open_a_plain_action(self):
        step = self.step("first_product")
        step.write({"screen_method": False, "action_xmlid": "account.product_product_action_sellable"})
        self.assertEqual(step._open_screen(self.company)["res_model"], "product.template")

    def test_method_names_are_kept_to_their_prefix(self):
        step = self.step("first_product")
        for values in (
            {"check_method": "unlink"},
            {"screen_method": "unlink"},
            {"screen_method": False, "action_xmlid": False},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                step.write(values)

    def test_module_that_is_not_installed_means_not_measured(self):
        step = self.step("first_product")
        step.required_modules = "product, no_such_module"
        outcome = self.outcome("first_product")
        self.assertEqual(outcome.status, "unmeasured")
        status = self.status("first_product")
        status._check()
        self.assertEqual(status.state, "unmeasured")
        self.assertEqual(status.found, "Not installed: no_such_module")

    def test_check_that_fails_to_run_means_not_measured(self):
        checks = self.env.registry["sme.onboarding.check"]
        status = self.status("company_address")
        status._check()
        self.assertEqual(status.state, "done")

        def broken(self, company):
            self.env.cr.execute("SELECT no_such_column FROM res_company")

        logger = "odoo.addons.sme_onboarding.models.sme_onboarding_check"
        with (
            patch.object(checks, "_check_company_address", broken),
            self.assertLogs(logger, "ERROR"),
            self.assertLogs("odoo.sql_db", "ERROR"),
        ):
            status._check()
        self.assertEqual(status.state, "unmeasured")
        self.assertIn("no_such_column", status.found)
        # Neither done nor failed, and the transaction still works.
        self.assertFalse(status.reopened_on)
        status._check()
        self.assertEqual(status.state, "done")
