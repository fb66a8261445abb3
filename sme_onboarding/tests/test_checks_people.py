# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import new_test_user, tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksPeople(OnboardingCommon):
    def setUp(self):
        super().setUp()
        # The users of core's test company have no address.
        for user in self.env["res.users"].search([("company_ids", "in", self.company.ids), ("email", "=", False)]):
            user.email = f"{user.login}@ourthe.example"

    def test_logins(self):
        outcome = self.outcome("user_logins")
        self.assert_passed(outcome)
        self.assertIn(self.owner, self.records(outcome))
        self.assertNotIn(self.env.ref("base.user_root"), self.records(outcome))
        total = outcome.found[0]["values"]["total"]

        self.employee.write({"email": self.owner.email})
        self.accountant.write({"login": "Info", "email": False})
        outcome = self.outcome("user_logins")
        self.assert_failed(
            outcome,
            "Login that does not name one person: ['Info']",
            f"1 of {total} users: no e-mail address",
            f"2 of {total} users: same e-mail address as another",
        )
        self.assertEqual(self.records(outcome), self.owner | self.accountant | self.employee)

    def test_language_that_is_not_installed(self):
        total = len(self.records(self.outcome("user_logins")))
        self.employee.partner_id.flush_recordset()
        self.env.cr.execute("UPDATE res_partner SET lang = 'xx_XX' WHERE id = %s", (self.employee.partner_id.id,))
        self.env.invalidate_all()
        outcome = self.outcome("user_logins")
        self.assert_failed(outcome, f"1 of {total} users: no language that is installed")

    def test_users_of_another_company_do_not_count(self):
        new_test_user(
            self.env,
            "demo2",
            email=False,
            company_id=self.other_company.id,
            company_ids=[(6, 0, self.other_company.ids)],
        )
        self.assert_passed(self.outcome("user_logins"))
        self.assertEqual(self.outcome("user_logins", company=self.other_company).status, "failed")

    def test_two_factor(self):
        if "totp_enabled" not in self.env["res.users"]._fields:
            self.assertEqual(self.outcome("two_factor").status, "unmeasured")
            return
        outcome = self.outcome("two_factor")
        self.assertEqual(outcome.status, "failed")
        self.assertFalse(outcome.started)
        administrators = self.records(outcome)
        self.assertIn(self.owner, administrators)
        self.assertNotIn(self.accountant, administrators)
        total = len(administrators)
        self._set_secret(self.owner, "JBSWY3DPEHPK3PXP")
        outcome = self.outcome("two_factor")
        self.assert_failed(outcome, f"{total - 1} of {total} administrators: no second factor at login")
        self.assertTrue(outcome.started)
        self.assertNotIn(self.owner, self.records(outcome))
        for user in administrators:
            self._set_secret(user, "JBSWY3DPEHPK3PXP")
        self.assert_passed(self.outcome("two_factor"))
        status = self.status("two_factor")
        status._check()
        self._set_secret(self.owner, None)
        status._check()
        self.assertEqual(status.state, "doing" if total > 1 else "todo")
        self.assertTrue(status.reopened_on)

    def _set_secret(self, user, secret):
        # The secret is a column outside the ORM's fields that can be written.
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET totp_secret = %s WHERE id = %s", (secret, user.id))
        self.env.invalidate_all()
