# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

from .common import leave_out_absent


@tagged("post_install", "-at_install", "post_install_l10n")
class TestAwardTour(AccountTestInvoicingCommon, HttpCase):
    """From the first page to the posted entry of an award, as a bookkeeper does it."""

    chart_template = "be_comp"

    @classmethod
    @AccountTestInvoicingCommon.setup_country("be")
    def setUpClass(cls):
        super().setUpClass()
        leave_out_absent(cls.env(su=True))

    def run_tour(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        self.env["ir.module.module"]._load_module_terms(["web", "account", "be_digital_cheque"], [lang])
        company = self.company_data["company"]
        new_test_user(
            self.env,
            "cheque_bookkeeper",
            "be_digital_cheque.group_digital_cheque_user,account.group_account_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
            lang=lang,
        )
        today = fields.Date.today()
        dossier = (
            self.env["digital.cheque.dossier"]
            .sudo()
            .create(
                {
                    "name": "Site web",
                    "company_id": company.id,
                    "programme_id": self.env.ref("be_digital_cheque.programme_bru_digital").id,
                    "state": "granted",
                    "planned_cost": 40_000,
                    "applied_on": today,
                    "decided_on": today,
                    "granted_amount": 10_000,
                    "aid_nature": "capital",
                    "asset_cost": 40_000,
                    "depreciation_start": today.replace(month=1, day=1),
                    "depreciation_years": 4,
                }
            )
        )
        dossier.step_ids = [Command.clear()]
        self.start_tour("/odoo/subsidies", "be_digital_cheque_award", login="cheque_bookkeeper", timeout=180)
        self.assertEqual((dossier.entry_ids.state, dossier.booked_aid), ("posted", 10_000))
        self.assertEqual(len(dossier.depreciation_ids), 4)

    def test_award_in_french(self):
        self.run_tour("fr_BE")

    def test_award_in_dutch(self):
        self.run_tour("nl_BE")
