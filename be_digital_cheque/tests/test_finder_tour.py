# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, new_test_user, tagged

from .common import leave_out_absent

GROUP = "be_digital_cheque.group_digital_cheque_user"


@tagged("post_install", "-at_install")
class TestFinderTour(HttpCase):
    """Find my subsidies in the browser, from the question to the dossier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_absent(cls.env)
        cls.company = cls.env["res.company"].create({"name": "Cijfermaan", "country_id": cls.env.ref("base.be").id})
        cls.company.partner_id.write(
            {
                "be_legal_form": "SRL",
                "be_public_body": "no",
                "be_group_member": "no",
                "be_establishment_ids": [(0, 0, {"name": "Zetel", "zip": "1000", "is_principal": True})],
                "be_size_year_ids": [
                    (0, 0, {"closed_on": f"{year}-12-31", "staff": 4, "turnover": 400_000, "balance": 100_000})
                    for year in (2023, 2024, 2025)
                ],
            }
        )

    def run_tour(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["web", "be_digital_cheque"], [lang])
        new_test_user(
            self.env,
            "finder_tour",
            GROUP,
            lang=lang,
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.start_tour("/odoo/find-my-subsidies", "be_digital_cheque_finder", login="finder_tour", timeout=180)
        dossier = self.env["digital.cheque.dossier"].search([("company_id", "=", self.company.id)])
        self.assertEqual((len(dossier), dossier.planned_cost, dossier.expected_aid), (1, 8000, 2000))

    def test_finder_in_french(self):
        self.run_tour("fr_BE")

    def test_finder_in_dutch(self):
        self.run_tour("nl_BE")
