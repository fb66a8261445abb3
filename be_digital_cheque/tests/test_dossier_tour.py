# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import tagged

from .test_tour import BrowserCase


@tagged("post_install", "-at_install")
class TestDossierTour(BrowserCase):
    def test_a_whole_dossier_and_its_claim(self):
        """In French and Dutch: from the idea to the grant, then costs, documents, claim and money."""
        for lang in ("fr_BE", "nl_BE"):
            with self.subTest(lang):
                self.env["res.lang"]._activate_lang(lang)
                self.env["ir.module.module"]._load_module_terms(["web", "be_digital_cheque"], [lang])
                company = self.env["res.company"].create({"name": f"Atelier {lang}"})
                admin = self.env.ref("base.user_admin")
                admin.write({"company_ids": [Command.link(company.id)], "company_id": company.id, "lang": lang})
                self.start_tour("/odoo", "be_digital_cheque_dossier", login="admin", timeout=120)
                dossier = self.env["digital.cheque.dossier"].search([("company_id", "=", company.id)])
                self.assertEqual((dossier.state, dossier.granted_amount), ("granted", 1700))
                self.start_tour("/odoo", "be_digital_cheque_claim", login="admin", timeout=120)
                self.assertEqual((dossier.state, dossier.paid_amount), ("closed", 1700))
                self.assertEqual(dossier.cost_eligible, 3900)
