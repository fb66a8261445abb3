# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_everything_has_an_external_id_that_uninstalling_removes(self):
        """What Odoo removes on uninstalling is what has an external id of the module; look for anything else."""
        for model, domain in (
            ("ir.cron", [("model_id.model", "=like", "sme.adoption.%")]),
            ("ir.actions.act_window", [("res_model", "=like", "sme.adoption.%")]),
            ("ir.ui.menu", [("web_icon", "=like", "sme_adoption,%")]),
            ("ir.ui.view", [("model", "=like", "sme.adoption.%")]),
            ("ir.model.access", [("model_id.model", "=like", "sme.adoption.%")]),
            ("ir.rule", [("model_id.model", "=like", "sme.adoption.%")]),
            ("ir.model", [("model", "=like", "sme.adoption.%")]),
        ):
            records = self.env[model].with_context(active_test=False).search(domain)
            with self.subTest(model):
                self.assertTrue(records)
                owners = self.env["ir.model.data"].search(
                    [("model", "=", model), ("res_id", "in", records.ids), ("module", "=", "sme_adoption")]
                )
                self.assertEqual(set(owners.mapped("res_id")), set(records.ids))
