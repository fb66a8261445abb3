# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestWork(OnboardingCommon):
    """Who does a step, by when, in which order."""

    def test_assign(self):
        status = self.status("first_bill", user=self.owner)
        status.action_assign(self.accountant.id, "2026-12-24")
        self.assertEqual(status.user_id, self.accountant)
        self.assertEqual(status.deadline.isoformat(), "2026-12-24")
        with self.assertRaises(AccessError):
            self.status("first_bill", user=self.accountant).action_assign(self.accountant.id)
        stranger = new_test_user(self.env, "stranger", groups="base.group_user", company_id=self.other_company.id)
        with self.assertRaises(UserError):
            status.action_assign(stranger.id)
        with self.assertRaises(UserError):
            status.action_assign(self.accountant.id, False, 1000)
        people = self.env["sme.onboarding.status"].with_user(self.owner).with_company(self.company).get_people()
        self.assertIn(self.accountant.id, [person["id"] for person in people])
        self.assertNotIn(stranger.id, [person["id"] for person in people])

    def test_what_is_said_to_be_done_is_not_verified(self):
        status = self.status("first_bill", user=self.owner)
        self.step("first_bill").required_modules = "no_such_module"
        status._check()
        status.action_declare()
        self.assertEqual((status.state, status.declared_by_id), ("declared", self.owner))
        # A check that can tell takes the word back.
        self.step("first_bill").required_modules = False
        status._check()
        self.assertEqual((status.state, status.declared_on), ("doing", False))
        page = self.env["sme.onboarding.status"].with_user(self.owner).with_company(self.company).get_page()
        self.assertEqual(page["progress"]["declared"], 0)

    def test_only_the_named_person_or_an_administrator_says_so(self):
        status = self.status("presence_reviews", user=self.accountant)
        for call in (status.action_declare, status.action_tended):
            with self.assertRaises(AccessError):
                call()
        self.status("presence_reviews", user=self.owner).action_assign(self.accountant.id, False, 14)
        status.action_tended()
        self.assertEqual(status.state, "done")

    def test_rhythm_reopens_what_nobody_looked_after(self):
        status = self.status("presence_reviews", user=self.owner)
        status._check()
        self.assertEqual(status.found, "Nobody is named to look after it")
        status.action_assign(self.accountant.id, False, 14)
        self.assertIn("has not looked after it yet", status.found)
        status.action_tended()
        self.assertEqual(status.state, "done")
        status.sudo().tended_on = fields.Date.context_today(status) - timedelta(days=15)
        status._check()
        self.assertEqual(status.state, "doing")
        self.assertTrue(status.reopened_on)
        self.assertIn("15 days ago", status.found)

    def test_next_three_steps_and_what_they_wait_for(self):
        self.company.write({"street": False, "company_registry": False, "vat": False})
        page = self.env["sme.onboarding.status"].with_user(self.owner).with_company(self.company).get_page()
        steps = {step["id"]: step for theme in page["themes"] for step in theme["steps"]}
        proposed = [steps[page["next"]], *(steps[key] for key in page["after_next"])]
        self.assertEqual(len(proposed), 3)
        self.assertFalse(any(step["waits_for"] for step in proposed))
        by_code = {step["code"]: step for step in steps.values()}
        self.assertEqual(by_code["company_vat"]["waits_for"], ["Enterprise number"])
        following = self.env["sme.onboarding.status"].with_user(self.owner).with_company(self.company).get_next()
        self.assertEqual(following["code"], steps[page["next"]]["code"])

    def test_steps_cannot_wait_in_a_circle(self):
        with self.assertRaises(ValidationError):
            self.step("company_number").after_ids = self.step("company_vat")

    def test_new_apps_bring_their_steps(self):
        step = self.step("first_order")
        step.required_modules = "no_such_module"
        statuses = self.env["sme.onboarding.status"]
        self.assertNotIn(step, statuses._of_company(self.company).step_id)
        step.required_modules = "account"
        self.assertIn(step, statuses._of_company(self.company).step_id)
