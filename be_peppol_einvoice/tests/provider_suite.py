# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tests that every provider passes, to be inherited by the tests of an add-on that brings one.

A subclass mixes :class:`ProviderSuite` into a test case and gives it a :class:`Peer`: an access point that behaves as
the real one's published contract says, and whose faults can be chosen. The suite never looks into the provider.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ..exchange import envelope, response
from ..providers import contract, errors

SENDER, RECEIVER, STRANGER = "0208:0477472701", "0208:0417497106", "0208:0999999922"
INVOICE = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID>
<cbc:ID>{number}</cbc:ID><cbc:IssueDate>2026-11-24</cbc:IssueDate>
<cac:AccountingSupplierParty><cac:Party><cbc:EndpointID schemeID="0208">0477472701</cbc:EndpointID></cac:Party>
</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cbc:EndpointID schemeID="0208">{receiver}</cbc:EndpointID></cac:Party>
</cac:AccountingCustomerParty></Invoice>"""


class Peer:
    """What a subclass gives to the suite: the far side of the provider, made anew for each test.

    ``fault`` is None or one of ``temporary`` (with ``retry_after`` seconds), ``permanent``, ``invalid``,
    ``unauthorised``, ``slow`` (no answer in time), ``malformed`` (an answer that is no sense) and ``lost_answer``
    (the access point does what it was asked, but its answer does not arrive); it holds until it is changed.
    ``clock`` is by how much the access point's clock is ahead of ours.
    """

    fault = None
    retry_after = None
    clock = timedelta()

    def sent(self):
        """list of (sender, receiver, bytes) that went out to the network, in order."""
        raise NotImplementedError

    def finish(self, message_id, state, reason=""):
        """Let a document that was taken over be ``delivered`` or ``failed``."""
        raise NotImplementedError

    def confirm(self, message_id, code, text=""):
        """Let the receiver's access point say ``AP``, ``AB`` or ``RE`` of a delivered document; of those that tell."""
        raise NotImplementedError

    def arrive(self, xml, sender, receiver):
        """Put a document into the inbox; return its message id."""
        raise NotImplementedError


def document(number="F/2026/1", receiver=RECEIVER):
    return _outgoing(INVOICE.format(number=number, receiver=receiver.partition(":")[2]).encode(), receiver)


def answer(code="AP", number="R/2026/1"):
    """An answer to an invoice that came from RECEIVER."""
    clarifications = (response.Clarification(response.REASON, "PRI", "as agreed: 10"),) if code == "RE" else ()
    return _outgoing(
        response.build(
            response.Response(
                code,
                number,
                response.Party(SENDER, "Buyer"),
                response.Party(RECEIVER, "Seller"),
                identifier=f"{number}-{code}",
                date="2026-11-24",
                clarifications=clarifications,
            )
        ),
        RECEIVER,
    )


def _outgoing(xml, receiver):
    read = envelope.read(xml)
    return contract.Outgoing(
        key=envelope.key(SENDER, receiver, xml),
        sender=SENDER,
        receiver=receiver,
        document_type=read.document_type,
        process=read.process,
        xml=xml,
    )


class ProviderSuite:
    """Needs ``self.provider`` and ``self.peer``, set by the subclass's ``setUp``.

    STRANGER is on no network. ``page_size`` documents make one page of the inbox.
    """

    page_size = 2

    def submit(self, outgoing):
        reservation = self.provider.reserve(outgoing) if self.provider.reserves else ""
        return self.provider.submit(outgoing, reservation)

    def fetch(self, cursor=""):
        """All that is in the inbox from a cursor on, and the cursor after it."""
        found, more = [], True
        while more:
            page = self.provider.inbox(cursor)
            self.assertIsInstance(page, contract.Page)
            found += page.items
            cursor, more = page.cursor, page.more
        return found, cursor

    # sending

    def test_submit(self):
        outgoing = document()
        submitted = self.submit(outgoing)
        self.assertTrue(submitted.message_id)
        self.assertFalse(submitted.duplicate)
        self.assertEqual(self.peer.sent(), [(SENDER, RECEIVER, outgoing.xml)])
        self.assertEqual(self.provider.status(submitted.message_id).state, contract.SUBMITTED)

    def test_delivered_is_what_the_access_point_proves(self):
        message_id = self.submit(document()).message_id
        self.peer.finish(message_id, contract.DELIVERED)
        self.assertEqual(self.provider.status(message_id).state, contract.DELIVERED)

    def test_failure_after_it_was_taken_over(self):
        message_id = self.submit(document()).message_id
        self.peer.finish(message_id, contract.FAILED, "the receiver's server refuses it")
        status = self.provider.status(message_id)
        self.assertEqual(status.state, contract.FAILED)
        self.assertIn("refuses", status.reason)

    def test_duplicate_submit(self):
        outgoing = document()
        reservation = self.provider.reserve(outgoing) if self.provider.reserves else ""
        first = self.provider.submit(outgoing, reservation)
        second = self.provider.submit(outgoing, reservation)
        self.assertEqual(second.message_id, first.message_id)
        self.assertTrue(second.duplicate)
        self.assertEqual(len(self.peer.sent()), 1)

    def test_lost_answer_then_again(self):
        outgoing = document()
        reservation = self.provider.reserve(outgoing) if self.provider.reserves else ""
        self.peer.fault = "lost_answer"
        with self.assertRaises(errors.Temporary):
            self.provider.submit(outgoing, reservation)
        self.peer.fault = None
        self.assertTrue(self.provider.submit(outgoing, reservation).message_id)
        self.assertEqual(len(self.peer.sent()), 1)

    def test_after_a_final_failure_it_can_go_again(self):
        outgoing = document()
        first = self.submit(outgoing)
        self.peer.finish(first.message_id, contract.FAILED, "refused")
        again = self.submit(replace(outgoing, attempt=1))
        self.assertFalse(again.duplicate)
        self.assertEqual(self.provider.status(again.message_id).state, contract.SUBMITTED)

    def test_two_documents_are_two(self):
        one, two = self.submit(document("1")), self.submit(document("2"))
        self.assertNotEqual(one.message_id, two.message_id)
        self.assertEqual(len(self.peer.sent()), 2)

    def test_receiver_unknown(self):
        with self.assertRaises(errors.ReceiverUnknown):
            self.submit(document(receiver=STRANGER))
        self.assertEqual(self.peer.sent(), [])

    # what the receiver's access point says after the delivery

    def test_confirmation(self):
        message_id = self.submit(document()).message_id
        self.peer.finish(message_id, contract.DELIVERED)
        self.assertEqual(self.provider.status(message_id).confirmation, "")
        if not self.provider.confirms:
            return
        self.peer.confirm(message_id, "RE", "the receiver has left")
        status = self.provider.status(message_id)
        self.assertEqual((status.state, status.confirmation), (contract.DELIVERED, "RE"))
        self.assertIn("left", status.confirmation_text)

    # answers to what was received

    def test_respond(self):
        if not self.provider.offers("respond"):
            with self.assertRaises(errors.NotOffered):
                self.provider.respond(answer(), "known")
            return
        about = self.peer.arrive(document().xml, RECEIVER, SENDER)
        accepted, refused = answer("AP"), answer("RE")
        first = self.provider.respond(accepted, about)
        self.assertFalse(first.duplicate)
        self.assertEqual(self.provider.status(first.message_id).state, contract.SUBMITTED)
        again = self.provider.respond(accepted, about)
        self.assertEqual((again.message_id, again.duplicate), (first.message_id, True))
        self.assertNotEqual(self.provider.respond(refused, about).message_id, first.message_id)
        self.assertEqual(
            self.peer.sent(), [(SENDER, RECEIVER, accepted.xml), (SENDER, RECEIVER, refused.xml)], "each of them once"
        )
        self.peer.finish(first.message_id, contract.DELIVERED)
        self.assertEqual(self.provider.status(first.message_id).state, contract.DELIVERED)

    def test_respond_when_the_answer_is_lost(self):
        if not self.provider.offers("respond"):
            return
        about = self.peer.arrive(document().xml, RECEIVER, SENDER)
        self.peer.fault = "lost_answer"
        with self.assertRaises(errors.Temporary):
            self.provider.respond(answer(), about)
        self.peer.fault = None
        self.assertTrue(self.provider.respond(answer(), about).message_id)
        self.assertEqual(len(self.peer.sent()), 1)

    # faults, at every operation

    def test_faults_are_typed(self):
        waiting_id = self.peer.arrive(document().xml, RECEIVER, SENDER)
        message_id = self.submit(document("known")).message_id
        sent = len(self.peer.sent())
        waiting, new = contract.Waiting(waiting_id), document("new")
        calls = {
            "submit": lambda: self.submit(new),
            "status": lambda: self.provider.status(message_id),
            "inbox": self.provider.inbox,
            "download": lambda: self.provider.download(waiting),
            "test_connection": self.provider.test_connection,
        }
        if self.provider.offers("respond"):
            calls["respond"] = lambda: self.provider.respond(answer(), waiting_id)
        if self.provider.inbox_remembers:
            calls["acknowledge"] = lambda: self.provider.acknowledge(waiting_id)
        expected = {
            "temporary": errors.Temporary,
            "slow": errors.Temporary,
            "malformed": errors.Temporary,
            "unauthorised": errors.Unauthorised,
        }
        for fault, error in expected.items():
            self.peer.fault = fault
            for name, call in calls.items():
                with self.subTest(fault=fault, operation=name):
                    if (fault, name) == ("malformed", "acknowledge"):
                        continue  # its answer has no content that could be malformed
                    with self.assertRaises(error) as raised:
                        call()
                    self.assertNotIn(self.secret, str(raised.exception))
        self.peer.fault = None
        self.submit(new)
        went = [xml for _sender, _receiver, xml in self.peer.sent()[sent:]]
        self.assertEqual(went.count(new.xml), 1, "whatever was answered before, it went once")

    def test_retry_after(self):
        self.peer.fault, self.peer.retry_after = "temporary", 90
        with self.assertRaises(errors.Temporary) as raised:
            self.submit(document())
        self.assertEqual(raised.exception.retry_after, 90)

    def test_retry_after_by_a_clock_that_is_wrong(self):
        self.peer.fault, self.peer.retry_after, self.peer.clock = "temporary", 90, timedelta(hours=5)
        with self.assertRaises(errors.Temporary) as raised:
            self.submit(document())
        self.assertAlmostEqual(raised.exception.retry_after, 90, delta=2)

    def test_permanent(self):
        self.peer.fault = "permanent"
        with self.assertRaises(errors.Permanent):
            self.submit(document())

    def test_invalid(self):
        self.peer.fault = "invalid"
        with self.assertRaises(errors.Invalid):
            self.submit(document())

    # the inbox

    def test_inbox_paging(self):
        ids = [
            self.peer.arrive(document(str(number)).xml, RECEIVER, SENDER) for number in range(2 * self.page_size + 1)
        ]
        found, cursor = self.fetch()
        self.assertEqual([waiting.message_id for waiting in found], ids)
        late = self.peer.arrive(document("late").xml, RECEIVER, SENDER)
        again, _cursor = self.fetch(cursor)
        self.assertIn(late, [waiting.message_id for waiting in again])

    def test_download_gives_the_exact_document(self):
        xml = document("exact").xml + b"<!-- a comment, and an odd end of line -->\r\n"
        self.peer.arrive(xml, RECEIVER, SENDER)
        (waiting,), _cursor = self.fetch()
        self.assertEqual(self.provider.download(waiting), xml)
        if waiting.received_at:
            self.assertLess(abs(waiting.received_at - datetime.now(UTC)), timedelta(hours=6))

    def test_acknowledge_twice(self):
        self.peer.arrive(document("1").xml, RECEIVER, SENDER)
        kept = self.peer.arrive(document("2").xml, RECEIVER, SENDER)
        (first, _second), _cursor = self.fetch()
        if not self.provider.inbox_remembers:
            return
        self.provider.acknowledge(first.message_id)
        self.provider.acknowledge(first.message_id)
        found, _cursor = self.fetch()
        self.assertEqual([waiting.message_id for waiting in found], [kept])

    # look-up and the account

    def test_look_up(self):
        if not self.provider.offers("look_up"):
            return
        kind = document().document_type
        self.assertEqual(self.provider.look_up(RECEIVER, kind).kind, contract.CAN_RECEIVE)
        self.assertEqual(self.provider.look_up(RECEIVER, "other::Thing##x::2.1").kind, contract.OTHER_DOCUMENTS)
        self.assertEqual(self.provider.look_up(STRANGER, kind).kind, contract.NOT_REGISTERED)
        for fault in ("temporary", "slow", "malformed"):
            self.peer.fault = fault
            self.assertEqual(self.provider.look_up(RECEIVER, kind).kind, contract.UNKNOWN, fault)

    def test_connection(self):
        account = self.provider.test_connection()
        self.assertIn(SENDER, account.participants)
