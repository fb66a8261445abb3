# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestSend(EinvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls._invoice()
        cls.odd_customer = cls._customer("Frituur Fout")
        cls._break(cls.odd_customer)
        cls.bad = cls._invoice(cls.odd_customer)

    def test_what_is_in_order_leaves_as_in_core(self):
        self._send_window(self.good).action_send_and_print()
        self.assertEqual(self.good.peppol_move_state, "processing")
        self.assertTrue(self.good.ubl_cii_xml_id)
        check = self._check(self.good)
        self.assertEqual((check.state, check.fatal_count), ("ready", 0))
        self.assertIn("Peppol BIS Billing", check.version)

    def test_a_faulty_invoice_stays_and_says_why(self):
        with self.assertRaises(UserError) as raised:
            self._send_window(self.bad).action_send_and_print()
        self.assertIn("0477472702", str(raised.exception))
