# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from .einvoice_common import EinvoiceCommon

MISSING = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@tagged("post_install", "-at_install")
class TestBelgianTours(EinvoiceCommon, HttpCase):
    """The pages of the tax categories and of the switches, as a Dutch-speaking accounting administrator sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_BE")
        cls.env["ir.module.module"].search([("name", "=", "be_peppol_einvoice")])._update_translations(["nl_BE"])
        try:
            file_path(MISSING)
        except FileNotFoundError:
            # Debian's package of Odoo lacks a file for video calls: the browser's complaint about it fails any tour
            cls.env["ir.asset"].create(
                {"name": MISSING, "bundle": "web.assets_backend", "directive": "remove", "path": MISSING}
            )
        user = cls._user("accountant", lang="nl_BE", tz="Europe/Brussels")
        user.group_ids += cls.env.ref("account.group_account_manager")
        cls.own = cls.env["account.tax"].create({"name": "Eigen 0%", "amount": 0, "type_tax_use": "sale"})
        cls.sales = cls.env["account.tax"].search([("company_id", "=", cls.company.id), ("type_tax_use", "=", "sale")])

    def start(self, action, tour):
        self.start_tour(f"/odoo/action-be_peppol_einvoice.{action}", tour, login="accountant_checks", timeout=180)

    def test_tax_categories(self):
        self.sales.write({"ubl_cii_tax_category_code": False, "ubl_cii_tax_exemption_reason_code": False})
        self._invoice(tax=self.env["account.chart.template"].with_company(self.company).ref("attn_VAT-OUT-00-CC"))
        self.start("action_tax_backfill", "be_tax_backfill_dutch")
        self.assertEqual(self.own.with_context(lang="nl_BE").be_exemption_reason, "Vrijgesteld, art. 44 Btw-Wetboek")
        self.assertEqual(self.own.ubl_cii_tax_category_code, "E")

    def test_switch(self):
        self.start("action_rule_switch", "be_rule_switch_dutch")
        self.assertEqual(self.env["be.einvoice.rule.switch"]._off(self.company), {"BE-PAY-01"})
