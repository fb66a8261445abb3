# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .common import leave_out_missing_file
from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestMendedTours(EinvoiceCommon, HttpCase):
    """Three of the faults of test_mended, from the message to “ready”, on the screens of a bookkeeper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_missing_file(cls.env)
        for code in ("fr_BE", "nl_BE"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env["ir.module.module"].search([("name", "=", "be_peppol_einvoice")])._update_translations(
            ["fr_BE", "nl_BE"]
        )
        cls.user = cls._user("accountant", lang="nl_BE", tz="Europe/Brussels")
        cls.user.group_ids += cls.env.ref("base.group_partner_manager")
        cls.user.group_ids += cls.env.ref("account.group_account_manager")

    def _start(self, move, tour):
        self.start_tour(f"/odoo/customer-invoices/{move.id}", tour, login=self.user.login, timeout=120)

    def test_country_of_the_customer(self):
        customer = self._customer()
        customer.country_id = False
        customer.with_company(self.company).peppol_verification_state = "valid"
        move = self._invoice(customer)
        self._start(move, "be_einvoice_mend_country_dutch")
        self.assertEqual(customer.country_id.code, "BE")

    def test_structured_communication(self):
        move = self._invoice()
        move.payment_reference = "+++000/0000/65473+++"
        self._start(move, "be_einvoice_mend_communication_dutch")
        self.assertEqual(move.payment_reference, "+++000/0000/65472+++")

    def test_category_of_the_tax(self):
        self.user.lang = "fr_BE"
        tax = self.env["account.chart.template"].with_company(self.company).ref("attn_VAT-OUT-00-CC")
        tax.write({"ubl_cii_tax_category_code": False, "ubl_cii_tax_exemption_reason_code": False})
        move = self._invoice(tax=tax)
        self._start(move, "be_einvoice_mend_tax_french")
        self.assertEqual(tax.ubl_cii_tax_category_code, "AE")
        move.action_einvoice_check_again()
        self.assertEqual(self._check(move).state, "ready")
