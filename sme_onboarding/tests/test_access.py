# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestAccess(OnboardingCommon):
    def test_nobody_writes_a_status_by_hand(self):
        status = self.status("company_address")
        for user in (self.owner, self.accountant, self.employee):
            mine = status.with_user(user)
            with self.subTest(user.login):
                self.assertTrue(mine.state)
                with self.assertRaises(AccessError):
                    mine.write({"state": "done"})
                with self.assertRaises(AccessError):
                    mine.copy()
                with self.assertRaises(AccessError):
                    mine.unlink()

    def test_who_may_act(self):
        manager = new_test_user(
            self.env, "manager", groups="base.group_user,account.group_account_manager", company_id=self.company.id
        )
        for user in (self.owner, manager):
            with self.subTest(user.login):
                status = self.status("company_vat", user=user)
                status.action_set_aside("No VAT")
                status.action_take_back()
                status.action_test()
        for user in (self.accountant, self.employee):
            status = self.status("company_vat", user=user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    status.action_set_aside("No VAT")
                with self.assertRaises(AccessError):
                    status.action_take_back()
                with self.assertRaises(AccessError):
                    status.action_test()

    def test_screens_need_the_rights_to_do_the_step(self):
        self.assertEqual(
            self.status("first_invoice", user=self.accountant).action_open_screen()["res_model"], "account.move"
        )
        for code in ("company_address", "outgoing_mail", "user_logins"):
            with self.subTest(code), self.assertRaises(AccessError):
                self.status(code, user=self.accountant).action_open_screen()
        with self.assertRaises(AccessError):
            self.status("first_invoice", user=self.employee).action_open_screen()

    def test_records_need_the_rights_to_read_them(self):
        self.init_invoice("out_invoice", amounts=[100], post=True)
        status = self.status("first_invoice")
        status._check()
        self.assertEqual(status.with_user(self.accountant).action_open_records()["res_model"], "account.move")
        with self.assertRaises(AccessError):
            status.with_user(self.employee).action_open_records()

    def test_portal_users_stay_outside(self):
        portal = new_test_user(self.env, "portal_customer", groups="base.group_portal")
        status = self.status("company_address")
        with self.assertRaises(AccessError):
            self.env["sme.onboarding.status"].with_user(portal).get_page()
        for call in ("action_open_screen", "action_open_records", "action_test", "action_take_back"):
            with self.subTest(call), self.assertRaises(AccessError):
                getattr(status.with_user(portal), call)()

    def test_steps_belong_to_the_administrator(self):
        self.step("first_bill").with_user(self.owner).sequence = 11
        for user in (self.accountant, self.employee):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.step("first_bill").with_user(user).sequence = 12

    def test_other_companies_are_out_of_sight(self):
        mine = self.status("company_address")
        theirs = self.status("company_address", company=self.other_company)
        found = self.env["sme.onboarding.status"].with_user(self.owner).search([])
        self.assertIn(mine, found)
        self.assertNotIn(theirs, found)
        as_owner = theirs.with_user(self.owner).with_context(allowed_company_ids=self.company.ids)
        for call in (
            lambda: as_owner.action_set_aside("Not mine"),
            as_owner.action_take_back,
            as_owner.action_test,
            as_owner.action_open_screen,
            as_owner.action_open_records,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_each_company_has_its_own_state(self):
        self.owner.company_ids |= self.other_company
        statuses = self.env["sme.onboarding.status"].with_user(self.owner)
        first = statuses.with_company(self.company).get_page()
        second = statuses.with_company(self.other_company).get_page()
        self.assertEqual((first["company"], second["company"]), ("Atelier Ourthe SRL", "Gand Web BV"))
        self.assertEqual(self.status("company_address").state, "done")
        self.assertEqual(self.status("company_address", company=self.other_company).state, "doing")
