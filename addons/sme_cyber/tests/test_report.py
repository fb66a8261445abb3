# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestReport(CyberCommon):
    def test_the_report_says_what_was_measured_and_claims_nothing(self):
        self.parameters.set_param("auth_password_policy.minlength", "8")
        self.env["sme.cyber.finding"]._measure()
        report = self.env.ref("sme_cyber.action_report_posture").with_user(self.officer)
        html = report._render_qweb_html("sme_cyber.report_posture", self.company.ids)[0].decode()
        for text in ("Passwords may have 8 characters", "PR.AA-03.2", "Not declared yet", "no certificate"):
            self.assertIn(text, html)
        self.assertNotIn("token=", html)
