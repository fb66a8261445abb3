# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2 import IntegrityError
from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestStatus(OnboardingCommon):
    def test_one_status_for_each_step_and_company(self):
        first = self.env["sme.onboarding.status"]._of_company(self.company)
        steps = self.env["sme.onboarding.step"].search([])
        self.assertEqual(first.step_id, steps.filtered(lambda step: step._applies()))
        self.assertEqual(self.env["sme.onboarding.status"]._of_company(self.company), first)
        second = self.env["sme.onboarding.status"]._of_company(self.other_company)
        self.assertFalse(first & second)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            first[0].sudo().copy()
            self.env.flush_all()

    def test_step_that_a_module_adds_joins_by_itself(self):
        statuses = self.env["sme.onboarding.status"]._of_company(self.company)
        step = self.step("first_product").copy({"code": "another", "sequence": 1})
        added = self.env["sme.onboarding.status"]._of_company(self.company) - statuses
        self.assertEqual(added.step_id, step)
        step.active = False
        self.assertEqual(self.env["sme.onboarding.status"]._of_company(self.company), statuses)

    def test_opening_the_screen_means_started_not_done(self):
        status = self.status("first_bill", user=self.owner)
        action = status.action_open_screen()
        self.assertEqual(action["res_model"], "account.move")
        status._check()
        self.assertEqual(status.state, "doing")
        self.assertFalse(status.verified_on)

    def test_not_needed_asks_for_a_reason_and_can_be_taken_back(self):
        status = self.status("company_vat", user=self.owner)
        status._check()
        self.assertEqual(status.state, "done")
        for empty in ("", "   ", None):
            with self.assertRaises(UserError):
                status.action_set_aside(empty)
        status.action_set_aside("  No VAT: exempt association ")
        self.assertEqual((status.state, status.reason), ("not_needed", "No VAT: exempt association"))
        self.assertEqual(status.set_aside_by_id, self.owner)
        # The check leaves it alone.
        self.company.vat = False
        status._check(remote=True)
        self.assertEqual(status.state, "not_needed")
        status.action_take_back()
        self.assertEqual(status.state, "todo")
        self.assertFalse(status.reason)
        self.assertEqual(status.found, "The VAT number is missing")

    def test_taking_back_what_was_not_set_aside_changes_nothing(self):
        status = self.status("company_address", user=self.owner)
        status._check()
        verified_on = status.verified_on
        status.action_take_back()
        self.assertEqual((status.state, status.verified_on), ("done", verified_on))

    def test_records_behind_a_step(self):
        status = self.status("company_address", user=self.owner)
        with self.assertRaises(UserError):
            status.action_open_records()
        status._check()
        action = status.action_open_records()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.company", self.company.id))
        self.init_invoice("out_invoice", amounts=[100], post=True)
        self.init_invoice("out_invoice", amounts=[100], post=True)
        status = self.status("first_invoice", user=self.owner)
        status._check()
        action = status.action_open_records()
        self.assertNotIn("res_id", action)
        self.assertEqual(self.env["account.move"].search_count(action["domain"]), 2)

    def test_clash_with_another_request_is_no_finding(self):
        """Odoo runs the request again, which it can only do where it hears of the clash."""
        checks = type(self.env["sme.onboarding.check"])
        with (
            patch.object(checks, self.step("first_customer").check_method, side_effect=SerializationFailure),
            self.assertRaises(SerializationFailure),
        ):
            self.outcome("first_customer")

    def test_new_customer_is_addressed_in_the_language_of_the_owner(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.owner.lang = "nl_BE"
        context = self.status("first_customer", user=self.owner).action_open_screen()["context"]
        self.assertEqual(context["default_lang"], "nl_BE")

    def test_every_outcome_can_be_kept_and_shown(self):
        self.init_invoice("out_invoice", amounts=[100], post=True)
        statuses = self.env["sme.onboarding.status"]._of_company(self.company)
        statuses._check()
        self.env.flush_all()
        self.env.invalidate_all()
        for status in statuses.with_user(self.owner):
            with self.subTest(status.step_id.code):
                self.assertTrue(status.checked_on)
                self.assertTrue(status.found)
                if status.outcome["model"]:
                    self.env[status.outcome["model"]].search(status.outcome["domain"])
