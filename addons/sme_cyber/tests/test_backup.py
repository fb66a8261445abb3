# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..controllers.backup import PARAMETER, token
from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestBackup(CyberCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # nobody; the session names the database, where a server has several
        self.authenticate(None, None)

    def test_the_script_reports_itself(self):
        self.parameters.search([("key", "=", PARAMETER)]).unlink()
        self.assertEqual(self.finding("backup").status, "unknown")
        self.assertEqual(self.url_open("/sme_cyber/backup", data={"token": "guess"}).status_code, 404)
        self.assertFalse(self.parameters.get_param(PARAMETER))
        answer = self.url_open("/sme_cyber/backup", data={"token": token(self.env)})
        self.assertEqual((answer.status_code, answer.text), (200, "noted\n"))
        self.env.invalidate_all()
        self.assertEqual(self.env["sme.cyber.finding"].search([("check_id.code", "=", "backup")]).status, "ok")
        # and then it stops
        self.parameters.set_param(PARAMETER, fields.Datetime.now() - timedelta(days=4))
        self.assertEqual(self.finding("backup").found, "The last backup reported itself 4 days ago")
        self.assertEqual(self.env["sme.cyber.page"].get_page()["light"], "red")
