# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from .common import CyberCommon

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@tagged("post_install", "-at_install")
class TestTours(CyberCommon, HttpCase):
    def test_mend_and_log_in_again_in_french(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["ir.module.module"]._get("sme_cyber")._update_translations(["fr_BE"])
        try:
            file_path(ABSENT)
        except FileNotFoundError:
            self.env["ir.asset"].create(
                {"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT}
            )
        self.env["ir.mail_server"].create({"name": "Mail", "smtp_host": "smtp.invalid"})
        self.parameters.set_param("auth_totp.policy", "")
        self.parameters.set_param("auth_password_policy.minlength", "8")
        self.admin.lang = "fr_BE"
        self.env["sme.cyber.finding"]._measure()
        self.start_tour("/odoo/security-posture", "sme_cyber_page", login=self.admin.login)
        self.env.invalidate_all()
        self.assertEqual(self.parameters.get_param("auth_password_policy.minlength"), "12")
        self.assertEqual(self.parameters.get_param("auth_totp.policy"), "employee_required")
        measure = self.env["sme.cyber.measure"].search([("company_id", "=", self.company.id)])
        self.assertEqual((measure.kind, measure.state), ("antivirus", "valid"))

        # who logs in now is asked for the code, and is not in before it is given
        self.authenticate(None, None)
        page = self.url_open("/web/login")
        password = {"login": self.employee.login, "password": "employee has a long secret"}
        page = self.post("/web/login", page, password)
        self.assertIn("/web/login/totp", page.url)
        self.assertIn("/web/login", self.url_open("/odoo").url)
        code = self.employee.sudo()._get_totp_mail_code()[0]
        page = self.post("/web/login/totp", page, {"totp_token": f"{(int(code) + 1) % 10**6:06}"})
        self.assertIn("/web/login/totp", page.url, "another code")
        page = self.post("/web/login/totp", page, {"totp_token": code})
        self.assertNotIn("/web/login", page.url)
        self.assertNotIn("/web/login", self.url_open("/odoo").url, "in, as whoever gave the code")

    def post(self, path, page, values):
        """Send the form of a page that was opened before."""
        csrf = page.text.partition('name="csrf_token" value="')[2].partition('"')[0]
        return self.url_open(path, data={**values, "csrf_token": csrf})
