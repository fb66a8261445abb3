# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_everything_has_an_external_id_that_uninstalling_removes(self):
        """What Odoo removes on uninstalling is what has an external id of the module; look for anything else."""
        for model, domain in (
            ("ir.cron", [("code", "ilike", "_cron_check"), ("model_id.model", "=", "sme.onboarding.status")]),
            ("ir.actions.client", [("tag", "=like", "sme_onboarding.%")]),
            ("ir.ui.menu", [("web_icon", "=like", "sme_onboarding,%")]),
            ("ir.ui.view", [("model", "=like", "sme.onboarding.%")]),
            ("ir.model.access", [("model_id.model", "=like", "sme.onboarding.%")]),
            ("ir.rule", [("model_id.model", "=like", "sme.onboarding.%")]),
            ("ir.model", [("model", "=like", "sme.onboarding.%")]),
        ):
            records = self.env[model].with_context(active_test=False).search(domain)
            with self.subTest(model):
                self.assertTrue(records)
                owners = self.env["ir.model.data"].search(
                    [("model", "=", model), ("res_id", "in", records.ids), ("module", "=", "sme_onboarding")]
                )
                self.assertEqual(set(owners.mapped("res_id")), set(records.ids))

    def test_no_parameter_and_no_table_outside_the_orm(self):
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "ilike", "sme_onboarding")]))
        self.cr.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'sme_onboarding%'")
        tables = {table for (table,) in self.cr.fetchall()}
        self.assertEqual(tables, {"sme_onboarding_theme", "sme_onboarding_step", "sme_onboarding_status"})
