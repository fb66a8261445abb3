# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

MODULE = "be_peppol_einvoice"


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    def test_all_records_belong_to_the_module(self):
        """Odoo removes on uninstall what carries an external id of the module: nothing of ours may be without one."""
        named = self.env["ir.model.data"].search([("module", "not in", (False, "__export__"))])
        owned = {(data.model, data.res_id) for data in named if data.module == MODULE}
        # the connectors of access points add menus of their own below ours
        of_others = {
            (data.model, data.res_id) for data in named if data.module != MODULE and data.model == "ir.ui.menu"
        }
        for model, domain in (
            ("ir.ui.menu", [("id", "child_of", self.env.ref(f"{MODULE}.menu_root").id)]),
            ("ir.actions.client", [("tag", "like", f"{MODULE}.%")]),
            ("ir.ui.view", [("key", "like", f"{MODULE}.%")]),
            ("ir.model.fields", [("name", "=", "imported_from_einvoice")]),
            ("ir.model", [("model", "=like", "be.peppol.%")]),
            ("ir.model", [("model", "=like", "be.einvoice.%")]),
            ("ir.cron", [("cron_name", "=like", "E-invoices:%")]),
        ):
            for record in self.env[model].search(domain):
                if (model, record.id) in of_others:
                    continue
                self.assertIn((model, record.id), owned, record.display_name)
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "like", MODULE)]))

    def test_uninstall_drops_the_column(self):
        """In this test's transaction, which is rolled back."""

        def columns():
            self.env.cr.execute(
                "SELECT count(*) FROM information_schema.columns "
                "WHERE table_name = 'account_move' AND column_name = 'imported_from_einvoice'"
            )
            return self.env.cr.fetchone()[0]

        self.assertEqual(columns(), 1)
        self.env["ir.model.data"]._module_data_uninstall([MODULE])
        self.assertEqual(columns(), 0)
        self.assertFalse(self.env["ir.model.data"].search([("module", "=", MODULE)]))
        self.assertFalse(self.env["ir.model"].search([("model", "=like", "be.peppol.%")]))
        self.assertFalse(self.env["ir.model"].search([("model", "=like", "be.einvoice.%")]))
        self.assertFalse(self.env["ir.ui.menu"].search([("name", "=", "E-invoicing")]))
