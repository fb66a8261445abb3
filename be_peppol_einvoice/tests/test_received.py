# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .einvoice_common import EinvoiceCommon


@tagged("post_install", "-at_install")
class TestReceived(EinvoiceCommon):
    def test_a_bill_in_order(self):
        bill = self._receive(self._received_file())
        check = self._check(bill)
        self.assertEqual(check.state, "ready")
        self.assertTrue(check.version)
        self.assertTrue(check.checked_at)
        status = bill.get_einvoice_status()
        self.assertEqual((status["state"], status["received"]), ("ready", True))

    def test_a_faulty_bill_is_explained_and_not_held_up(self):
        bill = self._receive(self._received_file(total="1.00"))
        self.assertTrue(bill.invoice_line_ids, "it is read all the same")
        status = bill.get_einvoice_status()
        self.assertEqual(status["state"], "problems")
        self.assertIn("BR-CO-15", [finding["rule"] for finding in status["findings"]])
        self.assertEqual({finding["remedy"] for finding in status["findings"]} - {None}, set())
        bill.invoice_date = "2026-11-10"
        bill.action_post()
        self.assertEqual(bill.state, "posted")
        self.assertEqual(self._check(bill).state, "problems", "what came in keeps its verdict")

    def test_its_verdict_is_not_that_of_a_later_check(self):
        bill = self._receive(self._received_file())
        before = self._check(bill).checked_at
        bill.action_einvoice_check_again()
        self.assertEqual(self._check(bill).checked_at, before)
        self.assertNotIn(bill.id, self.env["be.einvoice.check"]._stale_move_ids())

    def test_a_bill_typed_in_has_no_verdict(self):
        bill = self.env["account.move"].create({"move_type": "in_invoice"})
        self.assertFalse(self._check(bill))
        self.assertEqual(bill.get_einvoice_status()["state"], "not_applicable")
