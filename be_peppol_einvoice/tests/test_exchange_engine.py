# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..en16931.source import Unreadable
from ..exchange import archive, backoff, envelope, states
from ..providers import contract, http
from .provider_memory import MemoryPeer, MemoryProvider
from .provider_suite import RECEIVER, SENDER, ProviderSuite, document

HEADER = """<StandardBusinessDocument
 xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"><StandardBusinessDocumentHeader>
<Sender><Identifier Authority="iso6523-actorid-upis">0208:0477472701</Identifier></Sender>
<Receiver><Identifier Authority="iso6523-actorid-upis">0208:0417497106</Identifier></Receiver>
<DocumentIdentification><InstanceIdentifier>an-instance</InstanceIdentifier></DocumentIdentification>
<BusinessScope><Scope><Type>DOCUMENTID</Type><InstanceIdentifier>the-type</InstanceIdentifier></Scope>
<Scope><Type>PROCESSID</Type><InstanceIdentifier>the-process</InstanceIdentifier></Scope></BusinessScope>
</StandardBusinessDocumentHeader>%s</StandardBusinessDocument>"""


@tagged("post_install", "-at_install")
class TestExchangeEngine(BaseCase):
    def test_doctests(self):
        for module in (archive, states, backoff, envelope, contract, http):
            result = doctest.testmod(module)
            self.assertTrue(result.attempted)
            self.assertFalse(result.failed, module.__name__)

    def test_every_step_leads_to_a_state_that_exists(self):
        for direction, table in states.TRANSITIONS.items():
            reached = set(states.START[direction])
            for steps in table.values():
                reached |= set(steps.values())
            # nothing is reached from which no one knows how to go on
            self.assertEqual(reached, set(table), direction)

    def test_what_may_have_left_never_goes_back_to_the_workers(self):
        for state in states.GONE:
            self.assertFalse(states.allows("out", state, "again"), state)
            self.assertFalse(states.allows("out", state, "submitted"), state)

    def test_core_shows_an_error_only_where_someone_must_act(self):
        for state in states.TRANSITIONS["out"]:
            self.assertEqual(states.core_state(state) == "error", state == "attention", state)

    def test_waits_grow_and_end(self):
        waits = [backoff.wait(attempts, "f" * 64) for attempts in range(1, backoff.LIMIT)]
        self.assertEqual(waits, sorted(waits))
        self.assertIsNone(backoff.wait(backoff.LIMIT, "f" * 64))
        self.assertIsNone(backoff.wait(backoff.LIMIT + 5, "f" * 64, retry_after=10))

    @given(st.integers(1, backoff.LIMIT - 1), st.sampled_from("0123456789abcdef"), st.integers(0, 90000))
    def test_never_sooner_than_the_access_point_asks(self, attempts, key, asked):
        self.assertGreaterEqual(backoff.wait(attempts, key * 64, asked).total_seconds(), asked)

    def test_document_in_its_envelope(self):
        xml = document("F/7").xml
        inside = xml.partition(b"?>")[2].decode()
        read = envelope.read((HEADER % inside).encode())
        self.assertEqual((read.sender, read.receiver, read.instance), (SENDER, RECEIVER, "an-instance"))
        self.assertEqual((read.document_type, read.process), ("the-type", "the-process"))
        self.assertEqual((read.kind, read.number), ("invoice", "F/7"))
        # the document is the same one with or without its envelope
        self.assertEqual(envelope.key("a", "b", read.xml), envelope.key("a", "b", xml))

    def test_hostile_documents(self):
        bomb = b'<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><Invoice>&y;</Invoice>'
        outside = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice><ID>&x;</ID></Invoice>'
        for data in (bomb, outside, b"", b"<Invoice>", b"%PDF-1.7", b"<a>" * 5000, (HEADER % "").encode()):
            with self.subTest(data=data[:20]), self.assertRaises(Unreadable):
                envelope.read(data)

    @given(st.binary(max_size=300))
    def test_anything_is_read_or_refused(self, data):
        with suppress(Unreadable):
            envelope.read(data)


@tagged("post_install", "-at_install")
class TestMemoryProvider(ProviderSuite, BaseCase):
    secret = "a secret"

    def setUp(self):
        super().setUp()
        self.peer = MemoryPeer(self.page_size)
        self.provider = MemoryProvider(self.peer)
