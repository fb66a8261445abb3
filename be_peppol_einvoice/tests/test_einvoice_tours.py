# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path, mute_logger

from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestEinvoiceTours(EinvoiceCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Debian's package of Odoo lacks a file for video calls: the browser's complaint about it fails any tour
        path = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
        try:
            file_path(path)
        except FileNotFoundError:
            cls.env["ir.asset"].create(
                {"name": path, "bundle": "web.assets_backend", "directive": "remove", "path": path}
            )
        cls.env["res.lang"]._activate_lang("en_US")
        # a person who may do what a bookkeeper does, contacts included
        cls.user = cls._user("accountant", lang="en_US", tz="Europe/Brussels")
        cls.user.group_ids += cls.env.ref("base.group_partner_manager")
        cls.odd_customer = cls._customer("Frituur Fout", invoice_sending_method="peppol")
        cls._break(cls.odd_customer)
        cls.customer = cls._customer(invoice_sending_method="peppol")

    def _start(self, url, tour):
        self.start_tour(url, tour, login=self.user.login, timeout=120)

    def test_a_faulty_invoice_is_mended_in_the_send_window(self):
        invoice = self._invoice(self.odd_customer)
        # what the user is told when they press Send all the same is logged as well
        with mute_logger("odoo.http"):
            self._start(f"/odoo/customer-invoices/{invoice.id}", "be_einvoice_send")
        self.assertEqual(invoice.peppol_move_state, "processing")
        self.assertEqual(self.odd_customer.peppol_endpoint, "0417497106")

    def test_two_of_a_batch_of_five_are_faulty(self):
        self.env["account.move"].search([("move_type", "=", "out_invoice"), ("state", "=", "draft")]).unlink()
        good = self._invoice(self.customer) + self._invoice(self.customer) + self._invoice(self.customer)
        bad = self._invoice(self.odd_customer) + self._invoice(self.odd_customer)
        self._start("/odoo/customer-invoices", "be_einvoice_batch")
        self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.assertEqual(set(good.mapped("peppol_move_state")), {"processing"})
        self.assertEqual(set(bad.mapped("peppol_move_state")), {"error"})

    def test_the_list_of_problems_is_worked_off(self):
        bad = self._invoice(self.odd_customer) + self._invoice(self.odd_customer)
        self.env["be.einvoice.check"]._check(bad)
        self._start("/odoo/e-invoice-problems", "be_einvoice_problems")
        self.assertEqual(set(self._check(bad[0]).mapped("state") + self._check(bad[1]).mapped("state")), {"ready"})

    def test_a_received_bill_shows_what_is_wrong_with_it(self):
        bill = self._receive(self._received_file(total="1.00"))
        self._start(f"/odoo/vendor-bills/{bill.id}", "be_einvoice_received")
