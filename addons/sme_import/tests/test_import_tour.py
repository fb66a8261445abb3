# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.be_enterprise.tests.test_register_tours import without_absent

from .common import ImportCase


@tagged("post_install", "-at_install")
class TestImportTour(ImportCase, HttpCase):
    def test_french(self):
        without_absent(self.env)
        self.env["ir.module.module"]._get("sme_import")._update_translations(["fr_BE"])
        self.bookkeeper.write({"lang": "fr_BE", "password": "import_bookkeeper"})
        self.start_tour("/odoo/bring-in-data", "sme_import_french", login="import_bookkeeper")
        record = self.env["sme.import"].search([("file_name", "=", "clients.csv")])
        self.assertEqual((record.state, record.in_count, record.out_count), ("undone", 0, 1))
        self.assertFalse(self.partner_named("Menuiserie Tour"))
