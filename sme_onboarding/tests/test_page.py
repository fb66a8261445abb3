# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestPage(OnboardingCommon):
    def _page(self, user):
        page = self.env["sme.onboarding.status"].with_user(user).with_company(self.company).get_page()
        steps = {step["code"]: step for theme in page["themes"] for step in theme["steps"]}
        return page, steps

    def test_page_tells_where_the_company_stands(self):
        page, steps = self._page(self.owner)
        self.assertEqual(page["company"], "Atelier Ourthe SRL")
        self.assertEqual(page["progress"]["done"], len([step for step in steps.values() if step["state"] == "done"]))
        self.assertEqual(page["progress"]["counted"], sum(theme["counted"] for theme in page["themes"]))
        self.assertEqual(steps["company_address"]["state"], "done")
        # The first step that is open, in the order of the plan.
        open_steps = [step["id"] for step in steps.values() if step["state"] in ("todo", "doing")]
        self.assertEqual(page["next"], open_steps[0])

    def test_step_that_broke_comes_first(self):
        self._page(self.owner)
        self.init_invoice("in_invoice", amounts=[100], post=True)
        self._page(self.owner)
        self.env["account.move"].search([("move_type", "=", "in_invoice")]).button_draft()
        page, steps = self._page(self.owner)
        self.assertEqual(page["next"], steps["first_bill"]["id"])
        self.assertEqual(page["progress"]["reopened"], 1)

    def test_page_by_role(self):
        page, steps = self._page(self.owner)
        self.assertTrue(page["can_act"])
        self.assertTrue(steps["company_address"]["can_open"])
        self.company.street = False
        page, steps = self._page(self.owner)
        self.assertEqual(page["next"], steps["company_address"]["id"])
        page, steps = self._page(self.accountant)
        # An accountant cannot fill in the company: the page proposes what they can do.
        self.assertTrue(next(step for step in steps.values() if step["id"] == page["next"])["can_open"])
        self.assertFalse(page["can_act"])
        self.assertFalse(steps["company_address"]["can_open"])
        self.assertTrue(steps["first_invoice"]["can_open"])
        page, steps = self._page(self.employee)
        self.assertFalse(page["can_act"])
        self.assertFalse(steps["first_invoice"]["can_open"])
        self.assertEqual(page["next"], steps["company_address"]["id"])
        self.assertTrue(page["progress"]["counted"])

    def test_not_needed_does_not_count(self):
        before, steps = self._page(self.owner)
        self.status("first_bill", user=self.owner).action_set_aside("We buy nothing")
        after, steps = self._page(self.owner)
        self.assertEqual(after["progress"]["counted"], before["progress"]["counted"] - 1)
        self.assertEqual(after["progress"]["not_needed"], 1)
        self.assertEqual(steps["first_bill"]["reason"], "We buy nothing")

    def test_unmeasured_is_neither_done_nor_open(self):
        self.step("first_bill").required_modules = "no_such_module"
        page, steps = self._page(self.owner)
        self.assertEqual(steps["first_bill"]["state"], "unmeasured")
        self.assertFalse(steps["first_bill"]["can_open"])
        states = [step["state"] for step in steps.values()]
        self.assertEqual(page["progress"]["counted"], sum(state in ("todo", "doing", "done") for state in states))
        self.assertEqual(page["progress"]["unmeasured"], states.count("unmeasured"))

    def test_number_of_queries_does_not_grow_with_the_records(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._page(self.owner)
            self.env.flush_all()
            return self.cr.sql_log_count - start

        queries()
        few = queries()
        partners = self.env["res.partner"].create(
            [{"name": f"Customer {number}", "customer_rank": 1} for number in range(60)]
        )
        for _number in range(10):
            self.init_invoice("out_invoice", partner=partners[0], amounts=[100], post=True)
            self.init_invoice("in_invoice", partner=partners[1], amounts=[100], post=True)
        queries()
        many = queries()
        self.assertLess(few, 190)
        self.assertLess(many, few + 15)
