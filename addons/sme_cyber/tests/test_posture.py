# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import config

from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestPosture(CyberCommon):
    """Each weakness is made for real, seen, mended, and seen to be gone."""

    def assertWeak(self, code, found):
        finding = self.finding(code)
        self.assertEqual((finding.status, finding.found), ("weak", found))
        self.assertTrue(finding.opened_on)
        self.assertFalse(finding.closed_on)
        return finding

    def assertMended(self, code):
        finding = self.finding(code)
        self.assertEqual(finding.status, "ok", finding.found)
        return finding

    def test_second_factor(self):
        self.parameters.set_param("auth_totp.policy", "")
        self.assertWeak("second_factor", "3 of 3 users get in with a password alone")
        self.employee.sudo().totp_secret = "GEZDGNBVGY3TQOJQ"
        self.assertWeak("second_factor", "2 of 3 users get in with a password alone")
        self.env["ir.mail_server"].create({"name": "Mail", "smtp_host": "smtp.invalid"})
        self.fix("second_factor")
        self.assertTrue(self.assertMended("second_factor").closed_on)
        # Odoo itself now asks the officer for a code
        self.assertEqual(self.officer._mfa_type(), "totp_mail")

    def test_second_factor_locks_nobody_out(self):
        self.parameters.set_param("auth_totp.policy", "")
        self.env["ir.mail_server"].search([]).active = False
        self.addCleanup(config.__setitem__, "smtp_server", config["smtp_server"])
        config["smtp_server"] = "localhost"
        with self.assertRaisesRegex(UserError, "outgoing mail server"):
            self.fix("second_factor")
        self.env["ir.mail_server"].create({"name": "Mail", "smtp_host": "smtp.invalid"})
        self.employee.email = False
        with self.assertRaisesRegex(UserError, "employee"):
            self.fix("second_factor")
        self.assertFalse(self.parameters.get_param("auth_totp.policy"))

    def test_a_passkey_is_a_second_factor(self):
        if "auth.passkey.key" not in self.env:
            self.skipTest("passkeys are not installed")
        self.parameters.set_param("auth_totp.policy", "")
        self.assertIn(self.officer, self.env["sme.cyber.sensor"]._unprotected())
        key = self.env["auth.passkey.key"].sudo().create({"name": "Key", "credential_identifier": "x"})
        self.env.flush_all()
        self.env.cr.execute("UPDATE auth_passkey_key SET create_uid = %s WHERE id = %s", (self.officer.id, key.id))
        self.env.invalidate_all()
        self.assertNotIn(self.officer, self.env["sme.cyber.sensor"]._unprotected())

    def test_password_of_an_administrator(self):
        self.assertMended("default_password")
        self.parameters.set_param("auth_password_policy.minlength", "0")
        self.admin.password = "odoo"
        self.assertWeak(
            "default_password", f"An administrator's password is the login or a common word: {self.admin.login}"
        )
        action = self.fix("default_password")
        self.assertEqual(action["res_model"], "res.users")
        self.admin.password = "another long secret"
        self.assertMended("default_password")

    def test_stale_users(self):
        self.assertMended("stale_users")
        long_ago = fields.Datetime.now() - timedelta(days=120)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_users SET create_date = '2020-01-01' WHERE id = %s", (self.employee.id,))
        self.logged_in(self.employee, long_ago)
        self.assertWeak("stale_users", "1 of 3 users have not logged in for 90 days")
        key = self.env["res.users.apikeys"].with_user(self.employee).sudo()._generate("rpc", "Web shop", None)
        self.assertTrue(key)
        self.env.invalidate_all()
        self.assertNotIn(self.employee, self.env["sme.cyber.sensor"]._stale(), "a program works with this account")
        self.employee.api_key_ids.sudo().unlink()
        self.fix("stale_users")
        self.assertFalse(self.employee.active)
        self.assertTrue(self.officer.active)
        self.assertMended("stale_users")

    def test_administrators(self):
        self.assertMended("administrators")
        for user in self.officer | self.employee:
            user.group_ids |= self.env.ref("base.group_system")
        self.assertWeak("administrators", "3 of 3 users are administrators")
        self.assertEqual(self.fix("administrators")["domain"][0][0], "id")

    def test_idle_session(self):
        self.parameters.search([("key", "=", "sessions.max_inactivity_seconds")]).unlink()
        self.assertWeak("idle_session", "An unused session stays open for 168 hours")
        self.fix("idle_session")
        self.assertEqual(self.assertMended("idle_session").found, "An unused session is closed after 8 hours")
        self.parameters.set_param("sessions.max_inactivity_seconds", "soon")
        self.assertWeak("idle_session", "An unused session stays open for 168 hours")

    def test_password_length(self):
        self.parameters.set_param("auth_password_policy.minlength", "8")
        self.assertWeak("password_length", "Passwords may have 8 characters")
        self.fix("password_length")
        self.assertMended("password_length")
        with self.assertRaises(UserError):
            self.employee.password = "short"

    def test_settings_of_the_server(self):
        for key, code, weak, good in (
            ("list_db", "database_list", True, False),
            ("admin_passwd", "master_password", "admin", "a long random text"),
        ):
            with self.subTest(code):
                before = config[key]
                self.addCleanup(config.__setitem__, key, before)
                config[key] = weak
                finding = self.finding(code)
                self.assertEqual(finding.status, "weak")
                self.assertIn(key, finding.instruction)
                with self.assertRaisesRegex(UserError, key):
                    finding.with_user(self.admin).action_fix()
                config[key] = good
                self.assertMended(code)

    def test_https(self):
        self.parameters.set_param("web.base.url", "http://10.0.0.4:8069")
        self.assertWeak("https", "The address is http://10.0.0.4:8069: not encrypted")
        self.parameters.set_param("web.base.url", "https://erp.ourthe.example")
        self.assertMended("https")

    def test_updates(self):
        self.assertMended("updates")
        module = self.env["ir.module.module"]._get("sme_cyber")
        module.latest_version = "19.0.0.0.1"
        self.assertWeak("updates", "1 modules wait for their update: SME Cyber")
        self.assertEqual(self.fix("updates")["res_model"], "ir.module.module")
        module.latest_version = module.installed_version
        self.assertMended("updates")

    def test_a_weakness_keeps_its_first_day_and_comes_back_with_a_new_one(self):
        self.env["sme.cyber.finding"].search([]).unlink()
        self.env["sme.cyber.day"].search([]).unlink()
        with freeze_time("2026-03-01"):
            self.parameters.set_param("auth_password_policy.minlength", "8")
            self.finding("password_length")
        with freeze_time("2026-03-05"):
            self.assertEqual(str(self.finding("password_length").opened_on), "2026-03-01")
        with freeze_time("2026-03-06"):
            self.fix("password_length")
            self.assertEqual(str(self.finding("password_length").closed_on), "2026-03-06")
        with freeze_time("2026-03-09"):
            self.parameters.set_param("auth_password_policy.minlength", "8")
            finding = self.finding("password_length")
            self.assertEqual((str(finding.opened_on), finding.closed_on), ("2026-03-09", False))
        days = self.env["sme.cyber.day"].search([("date", ">=", "2026-03-01"), ("date", "<=", "2026-03-09")])
        self.assertEqual(len(days), 4)

    def test_only_an_administrator_mends(self):
        self.parameters.set_param("auth_password_policy.minlength", "8")
        with self.assertRaises(AccessError):
            self.finding("password_length").with_user(self.officer).action_fix()
        self.assertEqual(self.parameters.get_param("auth_password_policy.minlength"), "8")

    def test_the_scheduled_action(self):
        with self.enter_registry_test_mode():
            self.env.ref("sme_cyber.ir_cron_measure").method_direct_trigger()
        self.env.invalidate_all()
        checks = self.env["sme.cyber.check"].search([])
        self.assertEqual(self.env["sme.cyber.finding"].search([]).check_id, checks)
