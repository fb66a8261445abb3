# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import BaseCase, tagged

from odoo.addons.be_peppol_einvoice.providers import contract, errors
from odoo.addons.be_peppol_einvoice.tests.provider_http import TIMEOUT
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER, ProviderSuite, document

from ..provider import EInvoiceBeProvider
from .einvoice_be_peer import EInvoiceBePeer


@tagged("post_install", "-at_install")
class TestEInvoiceBeProvider(ProviderSuite, BaseCase):
    """Without Odoo's test case, which makes each call wait at least ten seconds for an answer."""

    def setUp(self):
        super().setUp()
        self.peer = EInvoiceBePeer()
        self.addCleanup(self.peer.close)
        self.secret = self.peer.token
        self.provider = EInvoiceBeProvider(self.peer.token, self.peer.url, timeout=TIMEOUT, page_size=self.page_size)

    def test_a_draft_that_is_never_sent_reaches_nobody(self):
        self.provider.reserve(document())
        self.assertEqual(self.peer.sent(), [])

    def test_documents_deleted_at_the_access_point_hide_none(self):
        ids = [self.peer.arrive(document(str(n)).xml, RECEIVER, SENDER) for n in range(6)]
        _found, cursor = self.fetch()
        for gone in ids[:5]:
            del self.peer.documents[gone]
        late = self.peer.arrive(document("late").xml, RECEIVER, SENDER)
        seen = []
        for _run in range(3):
            found, cursor = self.fetch(cursor)
            seen += [waiting.message_id for waiting in found]
        self.assertIn(late, seen)

    def test_a_signed_address_elsewhere_is_not_called(self):
        waiting = contract.Waiting(self.peer.arrive(document().xml, RECEIVER, SENDER))
        own = self.peer.url
        for url in ("http://169.254.169.254/latest", "file:///etc/passwd", "http://localhost:9"):
            self.peer.url = url
            with self.subTest(url=url), self.assertRaises(errors.Temporary) as raised:
                self.provider.download(waiting)
            self.assertIn("not to be trusted", raised.exception.detail)
        self.peer.url = own
        self.assertEqual(self.provider.download(waiting), document().xml)
