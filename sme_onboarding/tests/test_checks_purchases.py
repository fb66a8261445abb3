# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksPurchases(OnboardingCommon):
    def test_bill(self):
        self.assert_failed(self.outcome("first_bill"), "There is no vendor bill yet")
        bill = self.init_invoice("in_invoice", amounts=[100])
        self.assert_failed(self.outcome("first_bill"), "Vendor bills that are still drafts: 1")
        bill.action_post()
        outcome = self.outcome("first_bill")
        self.assert_passed(outcome)
        self.assertEqual(self.records(outcome), bill)
        self.assertEqual(self.outcome("first_bill", company=self.other_company).status, "failed")

    def test_payment(self):
        self.assert_failed(self.outcome("payment_matched"), "No payment is matched with an invoice or bill")
        bill = self.init_invoice("in_invoice", amounts=[100], post=True)
        outcome = self.outcome("payment_matched")
        self.assert_failed(outcome, "No payment is matched yet; invoices and bills to be paid: 1")
        self.assertEqual(self.records(outcome), bill)
        self._pay(bill)
        outcome = self.outcome("payment_matched")
        self.assert_passed(outcome)
        self.assertEqual(self.records(outcome), bill)
        self.assertEqual(self.outcome("payment_matched", company=self.other_company).status, "failed")

    def _pay(self, move):
        wizard = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=move.ids)
        return wizard.create({"payment_date": move.date})._create_payments()

    def test_payment_that_is_undone_reopens_the_step(self):
        bill = self.init_invoice("in_invoice", amounts=[100], post=True)
        payment = self._pay(bill)
        status = self.status("payment_matched")
        status._check()
        self.assertEqual(status.state, "done")
        payment.action_draft()
        payment.action_cancel()
        status._check()
        self.assertEqual((status.state, bool(status.reopened_on)), ("doing", True))

    def test_payment_without_entry_of_its_own(self):
        # As with an accounting app, where only the bank statement makes the entry.
        journal = self.company_data["default_journal_bank"]
        journal.outbound_payment_method_line_ids.payment_account_id = False
        bill = self.init_invoice("in_invoice", amounts=[100], post=True)
        moves = self.env.registry["account.move"]
        with patch.object(moves, "_get_invoice_in_payment_state", lambda move: "in_payment"):
            payment = self._pay(bill)
            self.assertFalse(payment.move_id)
            self.assertEqual(bill.payment_state, "in_payment")
            self.assert_passed(self.outcome("payment_matched"))

    def test_bank_statement_line(self):
        invoice = self.init_invoice("out_invoice", amounts=[100], post=True)
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": invoice.date,
                "payment_ref": invoice.payment_reference or invoice.name,
                "amount": invoice.amount_total,
                "partner_id": invoice.partner_id.id,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        receivable = invoice.line_ids.filtered(lambda one: one.account_type == "asset_receivable")
        suspense.account_id = receivable.account_id
        (suspense | receivable).reconcile()
        self.assert_passed(self.outcome("payment_matched"))

    def test_credit_note_is_no_payment(self):
        invoice = self.init_invoice("out_invoice", amounts=[100], post=True)
        reversal = invoice._reverse_moves([{"invoice_date": fields.Date.to_string(invoice.invoice_date)}], cancel=False)
        reversal.invoice_line_ids.price_unit = 40
        reversal.action_post()
        lines = (invoice | reversal).line_ids.filtered(lambda one: one.account_type == "asset_receivable")
        lines.reconcile()
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(self.outcome("payment_matched").status, "failed")

    def test_invoice_of_nothing_is_no_payment(self):
        invoice = self.init_invoice("out_invoice", amounts=[0], post=True)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(self.outcome("payment_matched").status, "failed")
