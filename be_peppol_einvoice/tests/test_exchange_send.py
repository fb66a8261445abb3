# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exchange import backoff, envelope
from ..providers import contract
from .exchange_common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeSend(ExchangeCommon):
    def test_the_send_window_names_the_access_point(self):
        """Core says “(Demo)” of the mode of its own access point, by which nothing goes here."""
        self.env["ir.config_parameter"].set_param("account_peppol.edi.mode", "demo")

        def label():
            window = self.env["account.move.send.wizard"].create({"move_id": self._invoice().id})
            return window.sending_method_checkboxes["peppol"]["label"]

        self.assertIn("(Memory)", label())
        self.assertNotIn("Demo", label())
        self.connection.state = "draft"
        self.assertIn("(Demo)", label())

    def test_from_ready_to_delivered(self):
        move = self._invoice()
        exchange = self._send(move)
        self.assertEqual(exchange.state, "prepared")
        # nothing leaves before the invoice's own transaction is committed
        self.assertEqual(self.peer.sent(), [])
        self.assertEqual(move.peppol_move_state, "processing")
        self.assertEqual((exchange.sender, exchange.receiver), ("0208:0477472701", "0208:0417497106"))
        self.assertEqual((exchange.number, exchange.kind), (move.name, "invoice"))
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")
        ((sender, receiver, xml),) = self.peer.sent()
        self.assertEqual((sender, receiver), (exchange.sender, exchange.receiver))
        self.assertEqual(xml, exchange.attachment_id.raw)
        self.assertEqual(envelope.digest(xml), exchange.sha256)
        self.assertEqual(move.peppol_message_uuid, exchange.message_id)
        self.exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.checks), ("submitted", 1), "asked at once")
        self.peer.finish(exchange.message_id, contract.DELIVERED)
        self.exchanges._cron_status()
        self.assertEqual(exchange.state, "submitted", "but not again at once")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=2)):
            self.exchanges._cron_status()
        self.assertEqual((exchange.state, move.peppol_move_state), ("delivered", "done"))
        self.assertEqual(self._history(exchange), ["start", "submitted", "delivered"])

    def test_workers_again_and_again_send_once(self):
        self._send(self._invoice())
        for _run in range(3):
            self.exchanges._cron_submit()
        self.assertEqual(len(self.peer.sent()), 1)

    def test_crash_after_the_call_sends_nothing_twice(self):
        exchange = self._send(self._invoice())
        self.peer.fault = "lost_answer"
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "retrying")
        self.peer.fault = None
        with freeze_time(exchange.next_at):
            self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")
        self.assertEqual(len(self.peer.sent()), 1)

    def test_a_worker_that_died_is_replaced_after_its_lease(self):
        exchange = self._send(self._invoice())
        exchange.lease_until = fields.Datetime.now() + timedelta(minutes=5)
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "prepared", "another worker has it in hand")
        with freeze_time(fields.Datetime.now() + timedelta(minutes=6)):
            self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")

    def test_temporary_failures_end_with_someone_who_looks(self):
        exchange = self._send(self._invoice())
        self.peer.fault = "temporary"
        when = fields.Datetime.now()
        for attempt in range(1, backoff.LIMIT):
            with freeze_time(when):
                self.exchanges._cron_submit()
            self.assertEqual((exchange.state, exchange.attempts), ("retrying", attempt))
            self.assertGreater(exchange.next_at, when)
            when = exchange.next_at
        with freeze_time(when):
            self.exchanges._cron_submit()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "temporary"))
        self.assertEqual(exchange.move_id.peppol_move_state, "error")
        self.assertTrue(exchange.advice)
        self.peer.fault = None
        exchange.action_try_again()
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")

    def test_the_access_point_says_when(self):
        exchange = self._send(self._invoice())
        self.peer.fault, self.peer.retry_after = "temporary", 7200
        self.exchanges._cron_submit()
        self.assertEqual(exchange.next_at, fields.Datetime.now() + timedelta(hours=2))

    def test_refusals_need_attention_at_once(self):
        for fault in ("permanent", "invalid"):
            self.peer.fault = fault
            exchange = self._send(self._invoice())
            self.exchanges._cron_submit()
            self.assertEqual((exchange.state, exchange.reason_kind), ("attention", fault))
        self.assertIn("BR-01", exchange.reason)

    def test_receiver_unknown(self):
        exchange = self._send(self._invoice(self._customer("Stranger", "0999999922")))
        self.assertEqual(exchange.receiver, "0208:0999999922")
        self.exchanges._cron_submit()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "receiver_unknown"))

    def test_unauthorised_pauses_the_company_with_one_alert(self):
        moves = [self._invoice() for _number in range(3)]
        exchanges = [self._send(move) for move in moves]
        self.peer.fault = "unauthorised"
        before = self.peer.calls
        self.exchanges._cron_submit()
        self.exchanges._cron_submit()
        self.assertEqual(self.peer.calls - before, 1, "the others are not even tried")
        self.assertEqual({exchange.state for exchange in exchanges}, {"prepared"})
        self.assertEqual(self.connection.state, "paused")
        self.assertEqual(len(self.connection.activity_ids), 1)
        self.peer.fault = None
        self.connection.action_connect()
        self.assertFalse(self.connection.activity_ids)
        self.exchanges._cron_submit()
        self.assertEqual({exchange.state for exchange in exchanges}, {"submitted"})

    def test_final_failure_at_the_access_point_then_again(self):
        exchange = self._send(self._invoice())
        self.exchanges._cron_submit()
        first = exchange.message_id
        self.peer.finish(first, contract.FAILED, "refused by the receiver's access point")
        with freeze_time(exchange.next_at):
            self.exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.move_id.peppol_move_state), ("attention", "error"))
        exchange.action_try_again()
        self.exchanges._cron_submit()
        self.assertEqual(exchange.state, "submitted")
        self.assertNotEqual(exchange.message_id, first)

    def test_no_proof_of_delivery(self):
        exchange = self._send(self._invoice())
        self.exchanges._cron_submit()
        with freeze_time(fields.Datetime.now() + backoff.OVERDUE + timedelta(hours=1)):
            self.exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "overdue"))

    def test_draft_calls_back_what_has_not_left(self):
        move = self._invoice()
        exchange = self._send(move)
        move.button_draft()
        self.assertEqual(exchange.state, "closed")
        self.assertFalse(move.peppol_move_state)
        self.exchanges._cron_submit()
        self.assertEqual(self.peer.sent(), [])

    def test_draft_is_refused_while_it_is_leaving(self):
        move = self._invoice()
        exchange = self._send(move)
        exchange.lease_until = fields.Datetime.now() + timedelta(minutes=5)
        with self.assertRaises(UserError):
            move.button_draft()

    def test_unchanged_is_not_sent_again_and_changed_is_a_new_document(self):
        move = self._invoice()
        first = self._send(move)
        self.exchanges._cron_submit()
        move.button_draft()
        self.assertIn("credit note", move.message_ids[0].body)
        move.action_post()
        self.assertEqual(self._send(move), first)
        self.assertEqual((first.state, move.peppol_move_state), ("submitted", "processing"))
        self.exchanges._cron_submit()
        self.assertEqual(len(self.peer.sent()), 1)
        move.button_draft()
        move.invoice_line_ids.price_unit = 51
        move.action_post()
        # another request, another cache
        self.env.invalidate_all()
        second = self._send(move)
        self.assertNotEqual(second, first)
        self.exchanges._cron_submit()
        self.assertEqual(len(self.peer.sent()), 2)
        self.assertEqual(first.state, "submitted", "what went out before is not forgotten")

    def test_emailed_first_still_goes_with_its_pdf(self):
        move = self._invoice()
        self.company_data["company"].invalidate_recordset()
        pdf = self.env["ir.attachment"].create(
            {
                "name": "invoice.pdf",
                "raw": b"%PDF-1.4 the rendering",
                "mimetype": "application/pdf",
                "res_model": "account.move",
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset()
        self.assertEqual(move.invoice_pdf_report_id, pdf)
        exchange = self._send(move)
        self.assertTrue(envelope.has_pdf(exchange.attachment_id.raw))

    def test_core_does_not_ask_for_its_own_registration(self):
        self.company.account_peppol_proxy_state = "not_registered"
        move = self._invoice()
        action = self._send_window(move).action_send_and_print()
        self.assertNotEqual((action or {}).get("res_model"), "peppol.registration")
        self.assertTrue(move._last_exchange())

    def test_without_a_connection_core_sends_and_the_exchange_is_recorded(self):
        self.connection.state = "draft"
        move = self._invoice()
        # core's demonstration mode needs its registered user
        self.env["account_edi_proxy_client.user"].create(
            {
                "id_client": "exchange test",
                "company_id": self.company.id,
                "proxy_type": "peppol",
                "edi_mode": "demo",
                "edi_identification": "0208:0477472701",
                "private_key_id": self.env["certificate.key"]._generate_rsa_private_key(self.company).id,
            }
        )
        exchange = self._send(move)
        self.assertEqual(exchange.provider, "odoo")
        self.assertEqual(exchange.message_id, move.peppol_message_uuid)
        self.assertIn(exchange.state, ("submitted", "delivered"))
        move.peppol_move_state = "done"
        exchange._follow_core()
        self.assertEqual(exchange.state, "delivered")
