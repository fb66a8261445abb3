# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

from ..controllers.backup import PARAMETER
from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_everything_has_an_external_id_that_uninstalling_removes(self):
        """What Odoo removes on uninstalling is what has an external id of the module; look for anything else."""
        for model, domain in (
            ("ir.cron", [("model_id.model", "=like", "sme.cyber.%")]),
            ("ir.actions.client", [("tag", "=like", "sme_cyber.%")]),
            ("ir.actions.report", [("report_name", "=like", "sme_cyber.%")]),
            ("ir.ui.menu", [("web_icon", "=like", "sme_cyber,%")]),
            ("ir.ui.view", [("model", "=like", "sme.cyber.%")]),
            ("ir.model.access", [("model_id.model", "=like", "sme.cyber.%")]),
            ("ir.rule", [("model_id.model", "=like", "sme.cyber.%")]),
            ("ir.model", [("model", "=like", "sme.cyber.%")]),
        ):
            records = self.env[model].with_context(active_test=False).search(domain)
            with self.subTest(model):
                self.assertTrue(records)
                owners = self.env["ir.model.data"].search(
                    [("model", "=", model), ("res_id", "in", records.ids), ("module", "=", "sme_cyber")]
                )
                self.assertEqual(set(owners.mapped("res_id")), set(records.ids))

    def test_the_time_of_the_last_backup_goes_with_it(self):
        self.env["ir.config_parameter"].set_param(PARAMETER, "2026-01-01 00:00:00")
        uninstall_hook(self.env)
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "=like", "sme_cyber%")]))
