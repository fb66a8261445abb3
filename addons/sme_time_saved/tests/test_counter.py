# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import unittest
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, Command, fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TimeSavedCommon


@tagged("post_install", "-at_install")
class TestCounter(TimeSavedCommon):
    def passes(self, subject):
        """Whole passes through one model."""
        self.env.flush_all()
        while self.counter._count_batch(subject):
            pass

    def test_a_bill_from_a_file_is_counted_once(self):
        typed, imported = self.bill(xml=False), self.bill()
        for _again in range(3):
            self.count(typed + imported)
        self.assertEqual(self.of(typed), [])
        self.assertEqual(self.of(imported), [("bill_imported", "2026-03-05", "entry")])

    def test_two_proofs_of_one_saving_are_one_event(self):
        bill = self.bill()
        if "peppol_message_uuid" not in bill._fields:
            raise unittest.SkipTest("account_peppol is not installed")
        self.count(bill)
        self.assertEqual(self.of(bill), [("bill_imported", "2026-03-05", "entry")])
        bill.peppol_message_uuid = "7f1b"
        self.count(bill)
        self.assertEqual(self.of(bill), [("einvoice_received", "2026-03-05", "entry")])

    def test_an_invoice_counts_when_it_has_arrived(self):
        invoice = self.init_invoice("out_invoice", invoice_date="2026-03-05", amounts=[100], post=True)
        if "peppol_move_state" not in invoice._fields:
            raise unittest.SkipTest("account_peppol is not installed")
        for state, counted in (("processing", 0), ("error", 0), ("done", 1)):
            invoice.peppol_move_state = state
            self.count(invoice)
            self.assertEqual(len(self.of(invoice)), counted, state)

    def test_the_database_itself_refuses_a_second_time(self):
        bill = self.bill()
        self.count(bill)
        event = self.events.search([("res_model", "=", "account.move"), ("res_id", "=", bill.id)])
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            event.sudo().copy({"kind_id": self.kind("einvoice_received").id})

    def test_what_is_no_longer_true_leaves_the_ledger(self):
        bill = self.bill()
        self.count(bill)
        bill.button_draft()
        self.count(bill)
        self.assertEqual(self.of(bill), [])
        bill.date = bill.invoice_date = "2026-03-12"
        bill.action_post()
        self.count(bill)
        self.assertEqual(self.of(bill), [("bill_imported", "2026-03-12", "entry")])

    def test_a_recurring_invoice_but_not_the_first(self):
        first = self.init_invoice("out_invoice", invoice_date="2026-03-05", amounts=[100])
        first.auto_post = "monthly"
        first.action_post()
        following = self.env["account.move"].search([("auto_post_origin_id", "=", first.id), ("id", "!=", first.id)])
        self.assertTrue(following)
        following.action_post()
        self.count(first + following)
        self.assertEqual(self.of(first), [])
        self.assertEqual([event[0] for event in self.of(following)], ["invoice_drawn_up"])

    def test_orders(self):
        if "sale.order" not in self.env:
            raise unittest.SkipTest("sale is not installed")
        self.product_a.invoice_policy = "order"
        order = (
            self.env["sale.order"]
            .sudo()
            .create(
                {"partner_id": self.partner_a.id, "order_line": [Command.create({"product_id": self.product_a.id})]}
            )
        )
        order.action_confirm()
        invoice = order._create_invoices()
        invoice.invoice_date = "2026-03-05"
        invoice.action_post()
        self.count(invoice)
        self.assertEqual(self.of(invoice), [("invoice_drawn_up", "2026-03-05", "drawing")])
        self.count(order)
        self.assertEqual(self.of(order), [], "a colleague entered it")
        if "website_id" in order._fields:
            order.website_id = self.env["website"].search([], limit=1)
            self.count(order)
            self.assertEqual([event[0] for event in self.of(order)], ["web_order"])

    def test_a_bank_line_counts_only_when_a_job_matched_it(self):
        lines = self.env["account.bank.statement.line"]
        for matched_by in (self.owner, self.env["res.users"].browse(SUPERUSER_ID)):
            invoice = self.init_invoice("out_invoice", invoice_date="2026-03-05", amounts=[100], post=True)
            due = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            line = lines.create(
                {
                    "journal_id": self.company_data["default_journal_bank"].id,
                    "date": "2026-03-09",
                    "payment_ref": invoice.name,
                    "partner_id": invoice.partner_id.id,
                    "amount": invoice.amount_total,
                }
            )
            _liquidity, suspense, _other = line._seek_for_lines()
            suspense.account_id = due.account_id
            (suspense + due).with_user(matched_by).reconcile()
            lines += line
        self.assertEqual(lines.mapped("is_reconciled"), [True, True])
        self.count(lines)
        self.assertEqual(self.of(lines[0]), [])
        self.assertEqual(self.of(lines[1]), [("bank_match", "2026-03-09", "matching")])

    def test_online_payments(self):
        if "payment.transaction" not in self.env or "payment_id" not in self.env["payment.transaction"]._fields:
            raise unittest.SkipTest("payments are not installed")
        method = self.env["payment.method"].with_context(active_test=False).search([], limit=1)
        provider = self.env["payment.provider"].create({"name": "Bank", "company_id": self.company.id})
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": "T-1",
                "amount": 10,
                "currency_id": self.env.ref("base.EUR").id,
                "partner_id": self.partner_a.id,
                "state": "done",
                "last_state_change": "2026-03-09 10:00:00",
            }
        )
        self.count(transaction)
        self.assertEqual(self.of(transaction), [], "it is not registered in the books yet")
        transaction.payment_id = self.env["account.payment"].create({"amount": 10, "partner_id": self.partner_a.id})
        self.count(transaction)
        self.assertEqual(self.of(transaction), [("online_payment", "2026-03-09", "matching")])

    def test_a_pass_finds_what_changed_and_forgets_what_is_gone(self):
        bill, draft = self.bill(), self.bill(post=False)
        self.passes("account.move")
        self.assertEqual(len(self.of(bill)), 1)
        mark = self.env["sme.time.mark"].sudo().search([("subject", "=", "account.move")])
        self.assertFalse(mark.began)
        self.assertLess(mark.since, fields.Datetime.now() - timedelta(hours=5))
        later = self.bill()
        draft_id, bill_id = draft.id, bill.id
        bill.button_draft()
        (bill + draft).with_context(force_delete=True).unlink()
        self.passes("account.move")
        self.assertEqual(len(self.of(later)), 1)
        self.assertFalse(
            self.events.search([("res_id", "in", (draft_id, bill_id)), ("res_model", "=", "account.move")])
        )

    def test_a_file_that_comes_later_is_noticed(self):
        bill = self.bill(xml=False)
        self.passes("account.move")
        # the bill itself was written long ago
        self.env.cr.execute("UPDATE account_move SET write_date = '2020-01-01' WHERE id = %s", (bill.id,))
        self.env["ir.attachment"].create(
            {"name": "b.xml", "raw": b"<a/>", "mimetype": "text/xml", "res_model": "account.move", "res_id": bill.id}
        )
        self.passes("account.move")
        self.assertEqual(len(self.of(bill)), 1)

    def test_an_interrupted_pass_goes_on(self):
        bills = self.bill() + self.bill() + self.bill()
        self.env.flush_all()
        marks = self.env["sme.time.mark"].sudo()
        marks.search([("subject", "=", "account.move")]).unlink()
        self.patch(type(self.counter), "_next_ids", self._one_by_one(type(self.counter)._next_ids))
        marks.create({"subject": "account.move", "began": fields.Datetime.now(), "last_id": bills[0].id - 1})
        self.assertTrue(self.counter._count_batch("account.move"))
        self.assertEqual([len(self.of(bill)) for bill in bills], [1, 0, 0])
        while self.counter._count_batch("account.move"):
            pass
        self.assertEqual([len(self.of(bill)) for bill in bills], [1, 1, 1])

    @staticmethod
    def _one_by_one(original):
        return lambda self, subject, mark: original(self, subject, mark)[:1]

    def test_the_scheduled_action_counts_every_model(self):
        bill = self.bill()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("sme_time_saved.ir_cron_count").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(len(self.of(bill)), 1)
