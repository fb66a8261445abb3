# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo.tests import BaseCase, tagged

from odoo.addons.be_peppol_einvoice.providers import contract, errors
from odoo.addons.be_peppol_einvoice.tests.provider_http import TIMEOUT
from odoo.addons.be_peppol_einvoice.tests.provider_suite import SENDER, ProviderSuite, document

from ..provider import GatewayProvider
from .gateway_peer import GatewayPeer


@tagged("post_install", "-at_install")
class TestGatewayProvider(ProviderSuite, BaseCase):
    """Without Odoo's test case, which makes each call wait at least ten seconds for an answer."""

    def setUp(self):
        super().setUp()
        self.peer = GatewayPeer()
        self.addCleanup(self.peer.close)
        self.secret = self.peer.token
        self.provider = self._provider(self.peer.token)

    def _provider(self, token):
        return GatewayProvider(self.peer.url, token, SENDER, timeout=TIMEOUT, page_size=self.page_size)

    def test_wrong_token(self):
        with self.assertRaises(errors.Unauthorised):
            self._provider("another").submit(document())

    def test_register_and_deregister(self):
        self.provider.register("0208:0417497106")
        self.assertIn("0208:0417497106", self.provider.test_connection().participants)
        self.provider.deregister("0208:0417497106")
        self.provider.deregister("0208:0417497106")
        self.assertNotIn("0208:0417497106", self.provider.test_connection().participants)

    def test_pint_goes_under_the_wildcard_scheme(self):
        outgoing = document()
        pint = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:peppol:pint:billing-1@eu-1::2.1"
        sent = self.provider.submit(replace(outgoing, document_type=pint, process="urn:peppol:bis:billing"))
        self.provider.submit(replace(outgoing, key="another"))
        kinds = [message["document_type"].partition("::")[0] for message in self.peer.outgoing.values()]
        self.assertEqual(kinds, ["peppol-doctype-wildcard", "busdox-docid-qns"])
        self.assertTrue(sent.message_id)

    def test_what_was_refused_after_its_delivery_goes_again_as_another_message(self):
        outgoing = document()
        first = self.provider.submit(outgoing)
        self.peer.finish(first.message_id, contract.DELIVERED)
        self.peer.confirm(first.message_id, "RE", "the receiver has left")
        again = self.provider.submit(replace(outgoing, attempt=1))
        self.assertNotEqual(again.message_id, first.message_id)
        self.assertEqual(self.provider.submit(replace(outgoing, attempt=1)).message_id, again.message_id)
        self.assertEqual(len(self.peer.sent()), 2)

    def test_other_companies_documents_stay_in_the_inbox(self):
        self.peer.arrive(document().xml, SENDER, "0208:0417497106")
        self.assertEqual(self.provider.inbox().items, ())

    def test_nobody_there(self):
        nobody = GatewayProvider("http://127.0.0.1:9", "token", SENDER, timeout=TIMEOUT)
        with self.assertRaises(errors.Temporary):
            nobody.submit(document())
