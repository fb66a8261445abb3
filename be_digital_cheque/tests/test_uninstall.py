# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

from ..hooks import uninstall_hook
from ..tools.settings import VERIFY_AFTER_DAYS_KEY


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_setting_is_removed(self):
        self.env["res.config.settings"].create({"digital_cheque_verify_after_days": 30}).execute()
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(parameters.get_param(VERIFY_AFTER_DAYS_KEY), "30")
        uninstall_hook(self.env)
        self.assertFalse(parameters.search([("key", "=", VERIFY_AFTER_DAYS_KEY)]))
