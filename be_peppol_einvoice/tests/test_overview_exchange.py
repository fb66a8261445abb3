# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..exchange import reception
from ..providers.contract import Account
from ..providers.errors import Unauthorised
from ..transport.identifiers import ParticipantId
from ..transport.outcome import AS4, Document, Endpoint, Outcome
from .exchange_common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestOverviewExchange(ExchangeCommon):
    """What the first page tells of exchanges and of access points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.overview = cls.env["be.peppol.overview"].with_company(cls.company)

    def _received(self, number, step=None, **values):
        exchange = self.exchanges._begin(
            {
                "direction": "in",
                "state": "received",
                "company_id": self.company.id,
                "connection_id": self.connection.id,
                "provider": "memory",
                "kind": "invoice",
                "number": number,
                "message_id": number,
            },
            b"<Invoice/>",
        )
        if step:
            exchange._step(step, **values)
        return exchange

    def _listed(self, direction, state, reason=None):
        action = self.overview.get_exchange_action(direction, state, reason)
        return self.env[action["res_model"]].search(action["domain"])

    def test_what_is_stuck_is_told_by_its_reason(self):
        """Each group has its count, its advice and exactly its documents behind it."""
        for number, reason in (("1", "no_journal"), ("2", "no_journal"), ("3", "unreadable")):
            self._received(number, "fail", reason_kind=reason)
        sent = self._send(self._invoice())
        sent._step("fail", "temporary", "503")
        needs = [need for need in self.overview.get_overview()["needs"] if need["key"] == "attention"]
        self.assertEqual(
            [(need["direction"], need["reason"], need["count"]) for need in needs],
            [("out", "temporary", 1), ("in", "no_journal", 2), ("in", "unreadable", 1)],
        )
        for need in needs:
            self.assertEqual(len(self._listed(need["direction"], "attention", need["reason"])), need["count"])
            self.assertTrue(need["reason_text"] and need["advice"])
        self.assertEqual([need["may_try_again"] for need in needs], [True, False, False])
        # an invoice that is stuck is not told a second time as one that failed
        self.assertEqual(sent.move_id.peppol_move_state, "error")
        self.assertNotIn("failed", [need["key"] for need in self.overview.get_overview()["needs"]])

    def test_try_all_again(self):
        sent = self._send(self._invoice())
        sent._step("fail", "temporary", "503")
        other = self._received("1", "fail", reason_kind="unreadable")
        self.assertEqual(self.overview.try_exchanges_again("out", "temporary"), 1)
        self.assertEqual((sent.state, other.state), ("prepared", "attention"))
        auditor = self._user("auditor")
        with self.assertRaises(UserError):
            self.overview.with_user(auditor).try_exchanges_again("in", "unreadable")

    def test_what_is_under_way(self):
        self._received("1")
        sent = self._send(self._invoice())
        sent._step("put_off", "temporary", "503", next_at="2026-11-24 12:00:00")
        under_way = {part["state"]: part for part in self.overview.get_overview()["under_way"]}
        self.assertEqual(
            {state: part["count"] for state, part in under_way.items()},
            {"prepared": 0, "retrying": 1, "submitted": 0, "received": 1},
        )
        self.assertEqual(under_way["retrying"]["next_at"], "2026-11-24 12:00:00")
        for part in under_way.values():
            self.assertEqual(len(self._listed(part["direction"], part["state"])), part["count"])
        with self.assertRaisesRegex(UserError, "no figure"):
            self.overview.get_exchange_action("out", "nonsense")

    def test_answers_are_not_under_way(self):
        """Who waits for documents does not wait for what suppliers are told; one that is stuck shows all the same."""
        bill = self._received("1", "imported")
        answer = self.exchanges._begin(
            {
                "direction": "out",
                "state": "prepared",
                "company_id": self.company.id,
                "connection_id": self.connection.id,
                "provider": "memory",
                "kind": "response",
                "number": bill.number,
            },
            b"<ApplicationResponse/>",
        )
        self.assertFalse([part for part in self.overview.get_overview()["under_way"] if part["count"]])
        self.assertFalse(self._listed("out", "prepared"))
        answer._step("put_off", "temporary", "503", next_at="2026-11-24 12:00:00")
        self.assertFalse([part for part in self.overview.get_overview()["under_way"] if part["next_at"]])
        answer._step("fail", "permanent", "never")
        self.assertEqual(self._listed("out", "attention", "permanent"), answer)

    def test_an_invoice_that_the_customer_rejected(self):
        """It needs the user until it is credited or paid."""
        sent = self._send(self._invoice())
        for step in ("submitted", "delivered", "rejected"):
            sent._step(step)
        self.assertEqual(self._listed("out", "refused"), sent)
        self.assertIn("refused", [need["key"] for need in self.overview.get_overview()["needs"]])
        sent.move_id._reverse_moves(cancel=True)
        self.assertFalse(self._listed("out", "refused"))

    def test_the_connection(self):
        (shown,) = self.overview.get_overview()["connections"]
        self.assertEqual(
            (shown["state"], shown["provider"], shown["receives"], shown["mode"]), ("connected", "Memory", True, False)
        )
        self.connection._pause(Unauthorised("the key has expired"))
        data = self.overview.with_user(self._user("auditor")).get_overview()
        self.assertEqual((data["connections"][0]["state"], data["needs"][0]["key"]), ("paused", "paused"))
        self.assertEqual(data["connections"][0]["reason"], "the key has expired")


@tagged("post_install", "-at_install")
class TestConnectionGuide(ExchangeCommon):
    """Where the network delivers, before an old access point is closed."""

    def _published(self, seat, kind="can_receive"):
        """An answer of the network that names an access point."""
        endpoint = Endpoint(AS4, "https://ap.example/as4", seat.encode())
        documents = (Document("busdox-docid-qns", "a", "b", (endpoint,)),) if seat else ()
        return Outcome(ParticipantId.parse("0208:0477472701"), kind, documents=documents)

    def _look(self, seat, own="", receives=True, kind="can_receive"):
        guide = "odoo.addons.be_peppol_einvoice.models.peppol_connection_guide"
        with (
            patch(f"{guide}.look_up", return_value=self._published(seat, kind)),
            patch(f"{guide}._seat", lambda certificate: certificate.decode()),
            patch.object(type(self.company), "_peppol_lookup_network", lambda self: object()),
            patch.object(self.memory, "identity", lambda: own, create=True),
            patch.object(self.memory, "test_connection", lambda: Account(receives=receives), create=True),
        ):
            self.connection.action_look_in_network()
        return self.connection.reception

    def test_moving_from_another_access_point(self):
        self.assertEqual(self._look("POP000902"), reception.HERE, "nothing else was ever published")
        self.connection.reception = reception.UNKNOWN
        self.assertEqual(self._look("POP000902", own="POP000901"), reception.ELSEWHERE)
        self.assertEqual(self.connection.reception_before, "POP000902")
        self.assertEqual(self.connection.reception_at, "POP000902 – ap.example")
        self.assertEqual(self._look("POP000901", own="POP000901"), reception.HERE)

    def test_an_access_point_that_does_not_tell_who_it_is(self):
        self.assertEqual(self._look("POP000902", receives=False), reception.ELSEWHERE)
        self.assertEqual(self._look("POP000902"), reception.ELSEWHERE, "the old one is still published")
        self.assertEqual(self._look("POP000903"), reception.HERE)

    def test_no_answer_changes_nothing(self):
        self._look("POP000901", own="POP000901")
        self.assertEqual(self._look("", own="POP000901", kind="unknown"), reception.HERE)
        self.assertEqual(self._look("", kind="not_registered"), reception.NOWHERE)

    def test_for_administrators_alone(self):
        connections = self.env["peppol.connection"]
        self.assertEqual(connections.action_guide(self.company.id)["res_id"], self.connection.id)
        with self.assertRaises(AccessError):
            connections.with_user(self._user("accountant")).action_guide(self.company.id)
        with self.assertRaises(AccessError):
            self.connection.with_user(self._user("invoicing")).action_look_in_network()

    def test_deregistering_where_documents_still_arrive(self):
        with (
            patch.object(type(self.connection), "action_look_in_network", lambda self: None),
            patch.object(type(self.company), "_peppol_lookup_network", lambda self: object()),
            patch.object(self.memory, "deregister", create=True) as deregister,
        ):
            self.connection.reception = reception.HERE
            with self.assertRaisesRegex(UserError, "still delivers"):
                self.connection.action_deregister()
            deregister.assert_not_called()
            self.connection.reception = reception.ELSEWHERE
            self.connection.action_deregister()
            deregister.assert_called_once()
        self.assertFalse(self.connection.receives)
