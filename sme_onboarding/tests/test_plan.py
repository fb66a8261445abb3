# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestPlan(OnboardingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What is installed on the database of the tests says nothing about this firm.
        cls.plans = cls.env["sme.plan"].with_user(cls.owner).with_company(cls.company)

    def _plan(self, trade="trade_joiner"):
        plan = self.plans._of_company(self.company)
        plan.trade_id = self.env.ref(f"sme_onboarding.{trade}")
        plan._propose_answers()
        return plan

    def _activity(self, code, version="2025"):
        nace = self.env["be.nace.code"].search([("code", "=", code), ("version", "=", version)], limit=1)
        nace = nace or self.env["be.nace.code"].create({"code": code, "version": version, "name": code})
        seat = self.env["be.establishment"].create(
            {"partner_id": self.company.partner_id.id, "name": "Seat", "main_nace_id": nace.id}
        )
        self.company.partner_id.be_principal_seat_id = seat
        return nace

    def test_trade_is_proposed_from_the_activity(self):
        nace = self._activity("43320")
        plan = self.plans._of_company(self.company)
        self.assertEqual(plan.trade_id.code, "joiner")
        self.assertIn(nace.display_name, plan.trade_source)
        plan.trade_id = self.env.ref("sme_onboarding.trade_cafe")
        self.assertIn("Joiner", plan.trade_source)

    def test_firm_without_activity_is_told_so(self):
        plan = self.plans._of_company(self.company)
        self.assertFalse(plan.trade_id)
        self.assertIn("no activity code", plan.trade_source)

    def test_staff_comes_from_the_last_closed_year(self):
        self.env["be.size.year"].create(
            [
                {"partner_id": self.company.partner_id.id, "closed_on": date(2024, 12, 31), "staff": 2},
                {"partner_id": self.company.partner_id.id, "closed_on": date(2025, 12, 31), "staff": 6.4},
            ]
        )
        plan = self.plans._of_company(self.company)
        self.assertEqual(plan.staff, 6)
        answers = {answer.need_id.code: answer for answer in plan.answer_ids}
        self.assertEqual(answers["leave"].value, "yes")

    def test_plan_is_in_order_dated_and_says_why(self):
        plan = self._plan()
        plan.action_make()
        position = {line.app_id.code: line.position for line in plan.line_ids}
        for line in plan.line_ids:
            self.assertTrue(line.because)
            for before in line.app_id.after_ids:
                self.assertLess(position[before.code], line.position)
        open_lines = plan._open_lines().sorted("position")
        self.assertTrue(open_lines, "an app of a joiner that is not installed here")
        self.assertTrue(all(open_lines.mapped("deadline")))
        self.assertEqual(open_lines.mapped("deadline"), sorted(open_lines.mapped("deadline")))
        self.assertEqual(plan.effort_hours, sum(open_lines.mapped("effort_hours")))
        self.assertIn("fleet", position)
        self.assertNotIn("restaurant", position)

    def test_making_it_anew_keeps_what_was_given(self):
        plan = self._plan()
        plan.action_make()
        line = plan._open_lines()[0]
        line.write({"deadline": date(2030, 1, 1), "user_id": self.accountant.id})
        answers = {answer.need_id.code: answer for answer in plan.answer_ids}
        answers["vehicles"].value = "no"
        answers["leave"].value = "yes"
        plan.trade_id = self.env.ref("sme_onboarding.trade_installer")
        plan.action_make()
        self.assertEqual((line.deadline, line.user_id), (date(2030, 1, 1), self.accountant))
        self.assertEqual((answers["vehicles"].value, answers["vehicles"].origin), ("no", "given"))
        self.assertIn("leave", plan.line_ids.app_id.mapped("code"))

    def test_unanswered_needs_are_to_be_decided(self):
        plan = self._plan()
        plan.action_make()
        self.assertFalse(plan.undecided_ids & plan.line_ids.app_id)
        undecided = {answer.need_id for answer in plan.answer_ids if answer.value == "unknown"}
        for app in plan.undecided_ids:
            self.assertTrue(set(app.need_ids) & undecided)

    def test_set_aside_app_leaves_the_totals(self):
        plan = self._plan()
        plan.action_make()
        before, line = plan.effort_hours, plan._open_lines()[0]
        line.reason = "We have something better"
        self.assertEqual(line.state, "not_needed")
        self.assertEqual(plan.effort_hours, before - line.effort_hours)

    def test_a_partner_adds_a_trade_and_an_app_with_records_alone(self):
        need = self.env["sme.plan.need"].create({"name": "Do you keep bees?", "code": "bees", "why": "Honey is sold."})
        self.env["sme.plan.app"].create(
            {
                "name": "Hives",
                "code": "hives",
                "modules": "no_such_module",
                "need_ids": [(6, 0, need.ids)],
                "after_ids": [(6, 0, self.env.ref("sme_onboarding.app_stock").ids)],
                "benefit": "Each hive is counted.",
                "hours_month": 3,
                "effort_hours": 2,
            }
        )
        trade = self.env["sme.plan.trade"].create(
            {"name": "Beekeeper", "code": "beekeeper", "nace_2025": "0148", "need_ids": [(6, 0, need.ids)]}
        )
        self._activity("01489")
        plan = self.plans._of_company(self.company)
        self.assertEqual(plan.trade_id, trade)
        plan.action_make()
        line = plan.line_ids.filtered(lambda one: one.app_id.code == "hives")
        self.assertEqual(line.state, "absent")
        self.assertIn("stock", plan.line_ids.app_id.mapped("code"))

    def test_apps_that_wait_for_each_other_are_named(self):
        fleet, leave = self.env.ref("sme_onboarding.app_fleet"), self.env.ref("sme_onboarding.app_leave")
        fleet.after_ids, leave.after_ids = leave, fleet
        with self.assertRaisesRegex(UserError, "fleet"):
            self._plan().action_make()

    def test_bad_input_gets_a_clear_error(self):
        plan = self._plan()
        with self.assertRaisesRegex(ValidationError, "hours a week"):
            plan.hours_week = 0
        with self.assertRaisesRegex(ValidationError, "not the beginning"):
            self.env.ref("sme_onboarding.trade_other").nace_2025 = "47.1"

    def test_screen(self):
        plan = self._plan("trade_other")
        with Form(plan) as form:
            form.trade_id = self.env.ref("sme_onboarding.trade_cafe")
        answers = {answer.need_id.code: answer.value for answer in plan.answer_ids}
        self.assertEqual(answers["tables"], "yes")
        self.assertNotIn("given", plan.answer_ids.filtered(lambda one: one.need_id.code == "tables").mapped("origin"))

    def test_rights(self):
        plan = self._plan()
        plan.action_make()
        self.assertTrue(plan.with_user(self.employee).line_ids.mapped("because"))
        with self.assertRaises(AccessError):
            plan.with_user(self.employee).action_make()
        with self.assertRaises(AccessError):
            plan.with_user(self.accountant).staff = 4
        other = self.env["sme.plan"].with_company(self.other_company)._of_company(self.other_company)
        self.assertNotIn(other, self.plans.search([]))
        opened = self.env["sme.plan"].with_user(self.employee).with_company(self.company).action_open_mine()
        self.assertEqual(opened["res_id"], plan.id)
        plan.sudo().unlink()
        opened = self.env["sme.plan"].with_user(self.employee).with_company(self.company).action_open_mine()
        self.assertFalse(opened["res_id"])

    def test_step_of_the_plan(self):
        self.assert_failed(self.outcome("plan"), "There is no plan yet")
        plan = self._plan()
        plan.action_make()
        outcome = self.outcome("plan")
        self.assertEqual(outcome.status, "failed")
        self.assertTrue(outcome.started)
        for line in plan._open_lines():
            line.reason = "Later"
        self.assert_passed(self.outcome("plan"))

    def test_making_the_plan_dates_the_open_steps(self):
        self.company.street = False
        self.status("company_address")._check()
        self._plan().action_make()
        status = self.status("company_address")
        self.assertTrue(status.deadline)
        self.assertEqual(status.user_id, self.owner)
