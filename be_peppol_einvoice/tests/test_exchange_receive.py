# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import file_open

from ..providers.errors import Permanent, Temporary
from .exchange_common import ExchangeCommon

SUPPLIER, US = "0208:0799000084", "0208:0477472701"


@tagged("post_install", "-at_install")
class TestExchangeReceive(ExchangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            cls.bill = file.read()
        cls.company.peppol_purchase_journal_id = cls.company_data["default_journal_purchase"]

    def _arrive(self, xml=None, sender=SUPPLIER, receiver=US):
        return self.peer.arrive(xml or self.bill, sender, receiver)

    def _exchange(self, message_id):
        return self.exchanges.search([("message_id", "=", message_id), ("direction", "=", "in")])

    def _receive(self, xml=None, **values):
        message_id = self._arrive(xml, **values)
        self.exchanges._cron_fetch()
        self.exchanges._cron_import()
        return self._exchange(message_id)

    def test_from_the_inbox_to_a_bill(self):
        exchange = self._receive()
        self.assertEqual(exchange.state, "imported")
        self.assertEqual(exchange.attachment_id.raw, self.bill)
        self.assertEqual(self._history(exchange), ["start", "acknowledged", "imported"])
        bill = exchange.move_id
        self.assertEqual((bill.move_type, bill.ref, bill.amount_total), ("in_invoice", "2026/0815", 242.0))
        self.assertTrue(bill.imported_from_einvoice)
        self.assertEqual((bill.peppol_move_state, bill.peppol_message_uuid), ("done", exchange.message_id))
        self.assertEqual(exchange.partner_id, bill.partner_id.commercial_partner_id)

    def test_stored_before_it_is_acknowledged(self):
        message_id = self._arrive()
        stored = []

        def acknowledge(_provider, acknowledged):
            stored.append((acknowledged, self._exchange(acknowledged).attachment_id.raw))

        with patch.object(type(self.memory), "acknowledge", acknowledge):
            self.exchanges._cron_fetch()
        self.assertEqual(stored, [(message_id, self.bill)])

    def test_an_acknowledgement_that_got_lost_is_repeated(self):
        message_id = self._arrive()
        with patch.object(type(self.memory), "acknowledge", side_effect=Temporary("the line went dead")):
            self.exchanges._cron_fetch()
        exchange = self._exchange(message_id)
        self.assertFalse(exchange.acknowledged)
        self.exchanges._cron_fetch()
        self.assertTrue(exchange.acknowledged)
        self.assertEqual(len(self._exchange(message_id)), 1)
        self.assertFalse(self.memory.inbox().items)

    def test_a_crash_between_the_access_points_yes_and_our_note(self):
        """It shows the document no longer, and is asked all the same; one that it has forgotten keeps none back."""
        message_id, forgotten = self._arrive(), self._arrive(self.bill.replace(b"2026/0815", b"2026/0816"))
        self.exchanges._cron_fetch()
        heard = self._exchange(message_id) + self._exchange(forgotten)
        heard.sudo().acknowledged = False
        self.assertFalse(self.memory.inbox().items)
        asked = []

        def acknowledge(_provider, message):
            asked.append(message)
            if message == forgotten:
                raise Permanent("no such message")

        with patch.object(type(self.memory), "acknowledge", acknowledge):
            self.exchanges._cron_fetch()
        self.assertEqual(set(asked), {message_id, forgotten})
        self.assertEqual(heard.mapped("acknowledged"), [True, False])

    def test_the_same_bill_as_another_message(self):
        first, second = self._receive(), self._receive()
        self.assertEqual((second.state, second.original_id), ("duplicate", first))
        self.assertEqual(second.move_id, first.move_id)
        self.assertEqual(self.env["account.move"].search_count([("ref", "=", "2026/0815")]), 1)

    def test_the_same_number_with_another_amount_is_no_duplicate(self):
        self._receive()
        other = self._receive(self.bill.replace(b"242.00", b"243.00"))
        self.assertNotEqual(other.state, "duplicate")

    def test_several_pages(self):
        ids = [self._arrive(self.bill.replace(b"2026/0815", b"N%d" % number)) for number in range(5)]
        self.exchanges._cron_fetch()
        self.assertEqual(self.exchanges.search_count([("message_id", "in", ids)]), 5)

    def test_what_cannot_be_imported_stays_with_its_reason(self):
        moves = self.env["account.move"].search_count([])
        other = b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'
        cases = {
            "unsupported": other,
            "unreadable": b"%PDF-1.7 no XML",
            "unknown_company": self.bill.replace(b"0477472701", b"0999999922"),
        }
        for reason, xml in cases.items():
            with self.subTest(reason=reason):
                receiver = "0208:0999999922" if reason == "unknown_company" else US
                exchange = self._receive(xml, receiver=receiver)
                self.assertEqual((exchange.state, exchange.reason_kind), ("attention", reason))
                self.assertTrue(exchange.acknowledged)
                self.assertEqual(exchange.attachment_id.raw, xml)
                self.assertTrue(exchange.advice)
        self.assertEqual(self.env["account.move"].search_count([]), moves, "no empty bill")

    def test_no_purchase_journal_then_try_again(self):
        self.company.peppol_purchase_journal_id = False
        exchange = self._receive()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "no_journal"))
        self.company.peppol_purchase_journal_id = self.company_data["default_journal_purchase"]
        exchange.action_try_again()
        self.exchanges._cron_import()
        self.assertEqual(exchange.state, "imported")

    def test_core_fails_to_import(self):
        moves = self.env["account.move"].search_count([])
        with patch.object(type(self.env["account.move"]), "_extend_with_attachments", lambda *_args, **_values: None):
            exchange = self._receive()
        self.assertEqual((exchange.state, exchange.reason_kind), ("attention", "import_failed"))
        self.assertEqual(self.env["account.move"].search_count([]), moves, "no empty bill")
        exchange.action_try_again()
        self.exchanges._cron_import()
        self.assertEqual(exchange.state, "imported")

    def test_what_a_killed_import_left_over_is_cleaned_up(self):
        message_id = self._arrive()
        self.exchanges._cron_fetch()
        exchange = self._exchange(message_id)
        left_over = self.env["account.move"].create({"move_type": "in_invoice"})
        exchange.sudo().move_id = left_over
        self.exchanges._cron_import()
        self.assertFalse(left_over.exists())
        self.assertEqual(exchange.state, "imported")

    def test_an_import_killed_after_its_work_is_not_repeated(self):
        exchange = self._receive()
        bill = exchange.move_id
        exchange.sudo().state = "received"
        self.exchanges._cron_import()
        self.assertEqual((exchange.state, exchange.move_id), ("imported", bill))

    def test_an_import_killed_before_its_end_leaves_a_whole_bill(self):
        """Core commits the bill before the rest is done: its file is there, and it is confirmed where bills are."""
        message_id = self._arrive()
        self.exchanges._cron_fetch()
        exchange = self._exchange(message_id)
        with (
            patch.object(type(self.env["account.move"]), "_autopost_bill", side_effect=SystemExit) as kill,
            # not assertRaises, which takes back what was written: core commits it
            suppress(SystemExit),
        ):
            exchange.sudo()._import()
        kill.assert_called_once()
        bill = exchange.move_id
        self.assertTrue(bill.invoice_line_ids and bill.attachment_ids)
        with patch.object(type(self.env["account.move"]), "_autopost_bill", autospec=True) as confirm:
            self.exchanges._cron_import()
        self.assertEqual((exchange.state, exchange.move_id), ("imported", bill))
        confirm.assert_called_once()

    def test_what_came_twice_is_imported_one_after_the_other(self):
        """Two workers at once make one bill of it: the second document waits until the first is through."""
        first, second = self._arrive(), self._arrive()
        self.exchanges._cron_fetch()
        first, second = self._exchange(first), self._exchange(second)
        due = self.exchanges._due_import()
        self.assertEqual(self.exchanges.sudo()._claim(due), first)
        self.assertFalse(self.exchanges.sudo()._claim(self.exchanges._due_import()))
        first.sudo()._import()
        self.assertEqual(self.exchanges.sudo()._claim(self.exchanges._due_import()), second)
        second.sudo()._import()
        self.assertEqual((first.state, second.state, second.original_id), ("imported", "duplicate", first))

    def test_two_workers_fetch_the_same_message(self):
        message_id = self._arrive()
        known = type(self.exchanges)._known
        with patch.object(type(self.exchanges), "_known", lambda *_args: self.exchanges.browse()):
            for _worker in range(2):
                self.memory._acknowledged.clear()
                self.exchanges._cron_fetch()
        self.assertEqual(len(known(self.exchanges, "memory", message_id)), 1)
        self.assertEqual(self.exchanges.search_count([("message_id", "=", message_id)]), 1)

    def test_unauthorised_pauses(self):
        self.peer.fault = "unauthorised"
        self.exchanges._cron_fetch()
        self.assertEqual(self.connection.state, "paused")

    def test_core_receives_the_same_message_twice(self):
        user = self.env["account_edi_proxy_client.user"].new({"company_id": self.company.id, "proxy_type": "peppol"})

        def fetch():
            attachment = self.env["ir.attachment"].create({"name": "bill.xml", "raw": self.bill})
            return user._peppol_import_invoice(attachment, "done", "core-message")

        self.assertEqual(fetch()["uuid"], "core-message")
        exchange = self._exchange("core-message")
        self.assertEqual((exchange.provider, exchange.state), ("odoo", "imported"))
        self.assertEqual(fetch()["uuid"], "core-message", "acknowledged once more")
        self.assertEqual(self.env["account.move"].search_count([("ref", "=", "2026/0815")]), 1)
