# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import file_open

from ..exchange import backoff, response
from ..providers import contract
from ..transport.identifiers import INVOICE_RESPONSE
from .exchange_common import ExchangeCommon

SUPPLIER, US, CUSTOMER = "0208:0799000084", "0208:0477472701", "0208:0417497106"


class ResponseCommon(ExchangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            cls.bill = file.read()
        cls.company.peppol_purchase_journal_id = cls.company_data["default_journal_purchase"]
        cls.answers = cls.env["peppol.response"]

    def setUp(self):
        super().setUp()
        self.peer.takes_responses.add(SUPPLIER)

    def _received(self, xml=None):
        """A bill that came in over the access point."""
        message_id = self.peer.arrive(xml or self.bill, SUPPLIER, US)
        self.exchanges._cron_fetch()
        self.exchanges._cron_import()
        return self.exchanges.search([("message_id", "=", message_id)]).move_id

    def _told(self):
        """What the supplier has been sent so far: list of answers."""
        self.answers._cron_answer()
        self.exchanges._cron_submit()
        return [response.read(xml) for _sender, _receiver, xml in self.peer.sent()]

    def _answer(self, bill, code, **values):
        wizard = self.env["peppol.answer"].create({"move_id": bill.id, "code": code, **values})
        wizard.action_answer()
        return wizard


@tagged("post_install", "-at_install")
class TestGivenResponse(ResponseCommon):
    """From a bill's fate to what its supplier reads."""

    def test_received_accepted_paid(self):
        bill = self._received()
        (received,) = self._told()
        self.assertEqual((received.code, received.number, received.type_code), ("AB", "2026/0815", "380"))
        self.assertEqual((received.sender.endpoint, received.receiver.endpoint), (US, SUPPLIER))
        self.assertEqual(received.number_date, fields.Date.to_string(bill.invoice_date))
        about = bill.exchange_ids.filtered(lambda one: one.direction == "in")
        self.assertEqual(about.state, "answered")
        bill.action_post()
        self.assertEqual([one.code for one in self._told()], ["AB", "AP"])
        payment = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids)
        payment.create({})._create_payments()
        self.assertIn(bill.payment_state, ("paid", "in_payment"))
        self.assertEqual([one.code for one in self._told()], ["AB", "AP", "PD"])
        self.assertEqual(self.peer.sent()[0][:2], (US, SUPPLIER))
        sent = bill.einvoice_response_ids
        self.assertEqual(set(sent.mapped("state")), {"sent"})
        self.assertEqual(sent.exchange_id.mapped("kind"), ["response"] * 3)
        self.assertEqual(set(sent.exchange_id.mapped("document_type")), {INVOICE_RESPONSE.value})

    def test_never_twice_for_the_same_state(self):
        bill = self._received()
        bill.action_post()
        self._told()
        bill.button_draft()
        bill.action_post()
        self.answers._give(bill, "AP", automatic=True)
        told = self._told()
        # accepted at once, the acknowledgement need not be told any more
        self.assertEqual([one.code for one in told], ["AP"])
        self.assertEqual(sorted(bill.einvoice_response_ids.mapped("state")), ["sent", "superseded"])

    def test_a_lost_answer_of_the_access_point(self):
        self._received()
        self.peer.fault = "lost_answer"
        self.assertEqual(len(self._told()), 1)
        self.peer.fault = None
        exchange = self.exchanges.search([("kind", "=", "response")])
        self.assertEqual(exchange.state, "retrying")
        exchange.sudo().next_at = fields.Datetime.now()
        self.assertEqual(len(self._told()), 1)
        self.assertEqual(exchange.state, "submitted")

    def test_refused_with_a_reason(self):
        bill = self._received()
        self._told()
        with self.assertRaises(UserError):
            self._answer(bill, "RE")
        with self.assertRaises(UserError):
            self._answer(bill, "RE", reason="OTH")
        self._answer(bill, "RE", reason="QTY", explanation="We ordered 1 piece.", action="CNF")
        self.assertEqual(bill.state, "cancel")
        refused = self._told()[-1]
        self.assertEqual(refused.code, "RE")
        self.assertEqual(
            refused.clarifications,
            (
                response.Clarification(response.REASON, "QTY", "We ordered 1 piece."),
                response.Clarification(response.ACTION, "CNF"),
            ),
        )
        answer = bill.einvoice_response_ids.filtered(lambda one: one.code == "RE")
        self.assertIn("quantity", answer.summary)
        self.assertEqual(answer.who, self.env.user.name)
        # nothing may follow a refusal
        self.assertEqual(bill._einvoice_open_answers(), [])
        self.assertFalse(bill.einvoice_can_answer)
        with self.assertRaises(UserError):
            self._answer(bill, "AP")

    def test_questions_and_conditions(self):
        bill = self._received()
        self._answer(bill, "UQ", reason="REF", explanation="Which order?", action="PIN")
        self._answer(bill, "UQ", reason="REF", explanation="And who ordered it?")
        with self.assertRaises(UserError):
            self._answer(bill, "IP")
        self._answer(bill, "CA", reason="PAY", explanation="At 30 days")
        self.assertEqual([one.code for one in self._told()], ["UQ", "UQ", "CA"])
        self.assertIn("CA", bill.einvoice_response_ids.mapped("code"))

    def test_a_bill_that_was_accepted_cannot_be_refused_over_peppol(self):
        bill = self._received()
        bill.action_post()
        self.assertEqual(bill._einvoice_open_answers(), ["PD"])
        with self.assertRaises(UserError):
            self._answer(bill, "RE", reason="PRI")

    def test_cancelling_a_bill_offers_to_say_why(self):
        bill = self._received()
        self._told()
        action = bill.button_cancel()
        self.assertEqual((bill.state, action["res_model"]), ("cancel", "peppol.answer"))
        window = Form(self.env["peppol.answer"].with_context(**action["context"]))
        self.assertEqual((window.code, window.move_id, window.can_cancel), ("RE", bill, False))
        window.reason, window.explanation = "QTY", "We ordered 1 piece."
        window.save().action_answer()
        self.assertEqual([one.code for one in self._told()], ["AB", "RE"])
        self.assertFalse(bill.einvoice_can_answer)

    def test_cancelling_where_there_is_nobody_to_tell(self):
        """Several bills at once, a supplier who takes no answers, a company that tells nothing: core's behaviour."""
        several = self._received() + self._received(self.bill.replace(b"2026/0815", b"2026/0816"))
        self.assertFalse(several.button_cancel())
        self.assertTrue(all(bill.einvoice_can_answer for bill in several), "it can still be said by hand")
        self.assertEqual(several[0]._einvoice_open_answers(), ["RE"])
        self.company.einvoice_answers = "none"
        third = self._received(self.bill.replace(b"2026/0815", b"2026/0817"))
        self.assertFalse(third.button_cancel())
        self.company.einvoice_answers = "all"
        self.peer.takes_responses.clear()
        third.commercial_partner_id.peppol_takes_responses = False
        fourth = self._received(self.bill.replace(b"2026/0815", b"2026/0818"))
        self.assertEqual(self._told(), [])
        self.assertFalse(fourth.button_cancel())
        self.assertFalse(self.init_invoice("in_invoice", amounts=[100.0]).button_cancel())

    def test_what_was_not_told_yet_is_taken_back(self):
        """A bill that was confirmed by mistake: the acceptance has not left, and it can still be refused."""
        bill = self._received()
        bill.action_post()
        bill.button_draft()
        self.assertEqual(sorted(bill.einvoice_response_ids.mapped("state")), ["superseded", "withdrawn"])
        self._answer(bill, "RE", reason="UNR")
        self.assertEqual([one.code for one in self._told()], ["RE"])
        self.assertNotIn("Tell the supplier yourself", " ".join(bill.message_ids.mapped("body")))

    def test_an_acceptance_that_was_told_cannot_be_taken_back(self):
        bill = self._received()
        bill.action_post()
        self._told()
        self.assertFalse(bill.button_cancel())
        self.assertEqual(bill.state, "cancel")
        self.assertIn("Tell the supplier yourself", " ".join(bill.message_ids.mapped("body")))
        self.assertEqual([one.code for one in self._told()], ["AP"])

    def _pay(self, bill, amount=None):
        register = self.env["account.payment.register"].with_context(active_model="account.move", active_ids=bill.ids)
        return register.create({"amount": amount} if amount else {})._create_payments()

    def test_paid_in_part(self):
        bill = self._received()
        bill.action_post()
        self._told()
        bill.commercial_partner_id.lang = "en_US"
        self._pay(bill, 100)
        self.assertEqual(bill.payment_state, "partial")
        part = self._told()[-1]
        self.assertTrue(part.partial)
        self.assertEqual(part.clarifications[0].text.replace("\N{NO-BREAK SPACE}", ""), "100.00€ of 242.00€")
        self._pay(bill, 50)
        self.assertIn("150.00", self._told()[-1].clarifications[0].text)
        self._pay(bill)
        told = self._told()
        self.assertEqual([(one.code, one.partial) for one in told[1:]], [("PD", True), ("PD", True), ("PD", False)])
        self.assertEqual(bill._einvoice_open_answers(), [])

    def test_a_credit_note_is_no_payment(self):
        bill = self._received()
        bill.action_post()
        credit = bill._reverse_moves([{"invoice_date": bill.invoice_date}])
        credit.invoice_line_ids.price_unit = 50
        credit.action_post()
        (credit + bill).line_ids.filtered(lambda line: line.account_type == "liability_payable").reconcile()
        self.assertEqual(bill.payment_state, "partial")
        self.assertEqual([one.code for one in self._told()], ["AP"])

    def test_a_supplier_who_takes_none_is_sent_none(self):
        self.peer.takes_responses.clear()
        bill = self._received()
        self.assertEqual(self._told(), [])
        (acknowledged,) = bill.einvoice_response_ids
        self.assertEqual(acknowledged.state, "not_taken")
        bill.action_post()
        self.assertEqual(bill.einvoice_response_ids, acknowledged, "it is known by now, and nothing is kept")
        # by hand it is tried, and the user hears of it
        other = self._received(self.bill.replace(b"2026/0815", b"2026/0816"))
        self._answer(other, "RE", reason="PRI")
        self.assertEqual(self._told(), [])
        self.assertIn("Tell the supplier yourself", " ".join(other.message_ids.mapped("body")))

    def test_unknown_is_not_no(self):
        bill = self._received()
        self.peer.fault = "temporary"
        self.answers._cron_answer()
        answer = bill.einvoice_response_ids
        self.assertEqual((answer.state, answer.attempts), ("waiting", 1))
        self.assertGreater(answer.next_at, fields.Datetime.now())
        self.peer.fault = None
        self.assertEqual(self._told(), [], "not before its time")
        answer.sudo().next_at = fields.Datetime.now()
        self.assertEqual([one.code for one in self._told()], ["AB"])

    def test_unknown_for_too_long_is_said(self):
        bill = self._received()
        self._answer(bill, "RE", reason="PRI", cancel_bill=False)
        answer = bill.einvoice_response_ids.filtered(lambda one: one.code == "RE")
        self.peer.fault = "temporary"
        for _attempt in range(12):
            answer.sudo().next_at = fields.Datetime.now() - timedelta(hours=1)
            self.answers._cron_answer()
        self.assertEqual(answer.state, "not_known")
        self.assertIn("Tell the supplier yourself", " ".join(bill.message_ids.mapped("body")))

    def test_an_answer_that_goes_wrong_is_tried_again_and_then_said(self):
        bill = self._received()
        answer = bill.einvoice_response_ids.filtered("automatic").sudo()
        answer.write({"state": "waiting", "attempts": 0})
        for _attempt in range(len(backoff.WAITS)):
            answer._stumbled()
            self.assertEqual(answer.state, "waiting")
            self.assertGreater(answer.next_at, fields.Datetime.now())
        answer._stumbled()
        self.assertEqual(answer.state, "failed")
        self.assertIn("Tell the supplier yourself", " ".join(bill.message_ids.mapped("body")))

    def test_what_is_known_of_a_supplier_is_used_for_a_day(self):
        bill = self._received()
        self._told()
        partner = bill.commercial_partner_id.with_company(self.company)
        self.assertEqual(partner.peppol_takes_responses, "yes")
        with patch.object(type(self.memory), "look_up", side_effect=AssertionError("asked again")):
            bill.action_post()
            self.answers._cron_answer()
        partner.peppol_takes_responses_date = fields.Datetime.now() - timedelta(hours=25)
        about = bill._einvoice_answerable()
        self.assertIsNone(about._takes_responses())

    def test_the_company_decides_how_much_suppliers_are_told(self):
        self.company.einvoice_answers = "decisions"
        bill = self._received()
        self.assertEqual(self._told(), [])
        bill.action_post()
        self.assertEqual([one.code for one in self._told()], ["AP"])
        self.company.einvoice_answers = "none"
        other = self._received(self.bill.replace(b"2026/0815", b"2026/0817"))
        other.action_post()
        self.assertEqual(len(self._told()), 1)

    def test_an_access_point_that_carries_none(self):
        with patch.object(type(self.memory), "respond", contract.Provider.respond):
            bill = self._received()
            self.assertFalse(bill.einvoice_can_answer)
            bill.action_post()
        self.assertFalse(bill.einvoice_response_ids)

    def test_paused_waits(self):
        bill = self._received()
        self.connection.state = "paused"
        self.answers._cron_answer()
        self.assertEqual(bill.einvoice_response_ids.state, "waiting")

    def test_a_bill_typed_in_is_none_of_this(self):
        bill = self.init_invoice("in_invoice", amounts=[100.0], post=True)
        self.assertFalse(bill.einvoice_response_ids)
        self.assertFalse(bill.einvoice_can_answer)

    def test_beside_cores_own_add_on(self):
        """A later core brings account_peppol_response, which answers over Odoo's access point alone."""
        bill = self._received()
        proxy = self.env["account_edi_proxy_client.user"]
        # it asks for an answer when a bill is posted, also where there is no account at Odoo's
        self.assertIsNone(proxy._peppol_send_response(bill, "AP"))
        with patch.object(type(bill), "_einvoice_answered_by_core", lambda _self: True):
            self.assertFalse(bill._einvoice_answerable())
            bill.action_post()
        self.assertEqual(bill.einvoice_response_ids.mapped("code"), ["AB"])

    def test_who_may_answer(self):
        bill = self._received()
        employee, auditor = self._user("employee"), self._user("auditor")
        with self.assertRaises(AccessError):
            self.env["peppol.answer"].with_user(employee).create({"move_id": bill.id, "code": "AP"})
        with self.assertRaises(AccessError):
            self.env["peppol.answer"].with_user(auditor).create({"move_id": bill.id, "code": "AP"})
        with self.assertRaises(AccessError):
            self.answers.with_user(employee).search([])
        self.assertTrue(self.answers.with_user(auditor).search([("move_id", "=", bill.id)]))
        with self.assertRaises(AccessError):
            bill.einvoice_response_ids.with_user(self._user("accountant")).write({"code": "RE"})
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self._user("invoicing", companies=other)
        self.assertFalse(self.answers.with_user(stranger).search([("move_id", "=", bill.id)]))


@tagged("post_install", "-at_install")
class TestReceivedResponse(ResponseCommon):
    """What customers say, on the invoice that they say it of."""

    def _sent(self):
        exchange = self._send(self._invoice())
        self.exchanges._cron_submit()
        return exchange

    def _says(self, exchange, code, sender=CUSTOMER, clarifications=(), number=None, note="", identifier=None):
        xml = response.build(
            response.Response(
                code,
                number or exchange.number,
                response.Party(sender, "Bakkerij"),
                response.Party(US, "Firma"),
                identifier=identifier or f"{code}-{len(self.peer.inbox)}",
                date="2026-11-24",
                clarifications=clarifications,
                note=note,
            )
        )
        message_id = self.peer.arrive(xml, sender, US)
        self.exchanges._cron_fetch()
        self.exchanges._cron_import()
        return self.exchanges.search([("message_id", "=", message_id), ("direction", "=", "in")])

    def test_accepted(self):
        exchange = self._sent()
        received = self._says(exchange, "AB")
        self.assertEqual((received.state, received.move_id), ("noted", exchange.move_id))
        self.assertEqual(exchange.state, "delivered", "who answers has it")
        self._says(exchange, "AP")
        self.assertEqual(exchange.state, "accepted")
        self._says(exchange, "PD")
        self.assertEqual(exchange.state, "accepted")
        self.assertEqual(
            self._history(exchange), ["start", "submitted", "delivered", "customer_ab", "accepted", "accepted"]
        )
        invoice = exchange.move_id
        self.assertEqual(invoice.einvoice_response_ids.sorted("id").mapped("code"), ["AB", "AP", "PD"])
        self.assertFalse(invoice.einvoice_answer)
        self.assertFalse(invoice.activity_ids)
        self.assertEqual(invoice.peppol_move_state, "done")

    def test_paid_in_part(self):
        exchange = self._sent()
        part = response.Clarification(response.REASON, response.PARTIAL, "100 of 242")
        self._says(exchange, "PD", clarifications=(part,))
        invoice = exchange.move_id
        self.assertIn("paid a part", " ".join(invoice.message_ids.mapped("body")))
        self.assertIn("100 of 242", invoice.einvoice_response_ids.summary)

    def test_refused(self):
        exchange = self._sent()
        reasons = (
            response.Clarification(response.REASON, "PRI", "agreed: 40"),
            response.Clarification(response.ACTION, "CNF"),
        )
        self._says(exchange, "RE", clarifications=reasons, note="Call us")
        self.assertEqual(exchange.state, "rejected")
        invoice = exchange.move_id
        self.assertEqual(invoice.einvoice_answer, "RE")
        for words in ("The price is not the one agreed: agreed: 40", "credit note", "Call us"):
            self.assertIn(words, invoice.einvoice_answer_reason)
        (answer,) = invoice.einvoice_response_ids
        self.assertEqual((answer.direction, answer.who), ("in", invoice.commercial_partner_id.display_name))
        self.assertEqual(len(invoice.activity_ids), 1)
        self.assertIn("refused", invoice.activity_ids.summary)
        self.assertIn("agreed: 40", " ".join(invoice.message_ids.mapped("body")))
        filtered = self.env["account.move"].search([("exchange_ids.state", "=", "rejected")])
        self.assertIn(invoice, filtered)

    def test_only_the_receiver_answers(self):
        exchange = self._sent()
        forged = self._says(
            exchange, "RE", sender=SUPPLIER, clarifications=(response.Clarification("OPStatusReason", "UNR"),)
        )
        self.assertEqual((forged.state, forged.reason_kind), ("attention", "unknown_document"))
        self.assertEqual(exchange.state, "submitted")
        self.assertFalse(exchange.move_id.einvoice_response_ids)

    def test_under_the_vat_number_it_is_the_same_customer(self):
        exchange = self._sent()
        self._says(exchange, "AP", sender="9925:be0417497106")
        self.assertEqual(exchange.state, "accepted")

    def test_the_same_answer_twice(self):
        exchange = self._sent()
        self._says(exchange, "AP", identifier="1")
        second = self._says(exchange, "AP", identifier="1")
        self.assertEqual(second.state, "duplicate")
        self.assertEqual(len(exchange.move_id.einvoice_response_ids), 1)

    def test_about_an_invoice_that_is_not_here(self):
        exchange = self._sent()
        lost = self._says(exchange, "AP", number="OLD/1")
        self.assertEqual((lost.state, lost.reason_kind), ("attention", "unknown_document"))
        self.assertTrue(lost.advice)
        lost.action_close()
        self.assertEqual(lost.state, "closed")

    def test_about_an_invoice_that_went_another_way(self):
        invoice = self._invoice()
        self._says(self.exchanges.new({"number": invoice.name}), "AP")
        self.assertEqual(invoice.einvoice_response_ids.code, "AP")

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        reason = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "peppol.answer"), ("field_id.name", "=", "reason"), ("value", "=", "REF")]
        )
        reason.update_field_translations("name", {"nl_NL": "Een bestelnummer of referentie ontbreekt of is fout"})
        exchange = self._sent()
        self._says(exchange, "UQ", clarifications=(response.Clarification("OPStatusReason", "REF"),))
        invoice = exchange.move_id.with_context(lang="nl_NL")
        self.assertIn("ontbreekt", invoice.einvoice_answer_reason)
        self.assertEqual(exchange.state, "delivered")

    # the receiver's access point

    def test_delivered_then_confirmed(self):
        exchange = self._sent()
        self.peer.finish(exchange.message_id, contract.DELIVERED)
        self.exchanges._cron_status()
        self.assertEqual(exchange.state, "delivered")
        self.assertTrue(exchange.confirm_until)
        self.peer.confirm(exchange.message_id, "AP")
        exchange.sudo().next_at = fields.Datetime.now()
        self.exchanges._cron_status()
        self.assertEqual((exchange.confirmation, exchange.state), ("AP", "delivered"))
        self.assertFalse(exchange.confirm_until)
        self.assertEqual(self._history(exchange)[-1], "confirmed_ap")

    def test_confirmation_is_not_waited_for_for_ever(self):
        exchange = self._sent()
        self.peer.finish(exchange.message_id, contract.DELIVERED)
        self.exchanges._cron_status()
        exchange.sudo().write({"next_at": fields.Datetime.now(), "confirm_until": fields.Datetime.now()})
        self.exchanges._cron_status()
        self.assertFalse(exchange.confirm_until)
        self.assertEqual(exchange.state, "delivered")

    def test_delivered_but_not_handed_over(self):
        exchange = self._sent()
        self.peer.finish(exchange.message_id, contract.DELIVERED)
        self.peer.confirm(exchange.message_id, "RE", "the receiver has left")
        self.exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "not_handed_over"))
        self.assertIn("has left", exchange.reason)
        self.assertEqual(exchange.move_id.peppol_move_state, "error")
        self.assertEqual(self._history(exchange)[-3:], ["delivered", "confirmed_re", "fail"])

    def test_a_status_that_comes_as_a_document(self):
        exchange = self._sent()
        exchange.sudo().instance = "our-instance"
        xml = b"""<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:CustomizationID>urn:fdc:peppol.eu:poacc:trns:mlr:3</b:CustomizationID><b:ID>1</b:ID><a:DocumentResponse>
<a:Response><b:ResponseCode>AP</b:ResponseCode></a:Response><a:DocumentReference><b:ID>our-instance</b:ID>
</a:DocumentReference></a:DocumentResponse></ApplicationResponse>"""
        message_id = self.peer.arrive(xml, CUSTOMER, US)
        self.exchanges._cron_fetch()
        self.exchanges._cron_import()
        status = self.exchanges.search([("message_id", "=", message_id), ("direction", "=", "in")])
        self.assertEqual((status.state, status.move_id), ("noted", exchange.move_id))
        self.assertEqual((exchange.state, exchange.confirmation), ("delivered", "AP"))

    def test_what_is_sent_is_asked_about_at_once(self):
        cron = self.env.ref("be_peppol_einvoice.ir_cron_exchange_status")
        with patch.object(type(cron), "_trigger") as trigger:
            exchange = self._sent()
        (soon,) = [call.kwargs["at"] for call in trigger.call_args_list if call.kwargs.get("at")]
        self.assertEqual(soon[0], fields.Datetime.now())
        self.assertLessEqual(exchange.next_at, soon[0])
        self.assertLessEqual(soon[1] - soon[0], timedelta(seconds=30))
