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

    def test_no_external_id_of_other_modules_points_to_our_models(self):
        inherit = self.env["ir.model.inherit"].search([("model_id.model", "=", "digital.cheque.programme")], limit=1)
        values = {"module": "portal", "model": "ir.model.inherit", "res_id": inherit.id}
        ours = self.env["ir.model.data"].create({"name": "model_inherit__digital_cheque_programme__test", **values})
        other = self.env["ir.model.data"].create({"name": "model_inherit__res_partner__test", **values})
        uninstall_hook(self.env)
        self.assertFalse(ours.exists())
        self.assertTrue(other.exists())
