# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.providers.errors import Temporary
from odoo.addons.be_peppol_einvoice.tests.einvoice_common import EinvoiceCommon
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER

from ..provider import GatewayProvider
from .gateway_peer import GatewayPeer


@tagged("post_install", "-at_install")
class TestGatewayConnection(EinvoiceCommon):
    """A company's invoices and bills over HTTP, from the invoice to the gateway and back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peer = GatewayPeer()
        cls.addClassCleanup(cls.peer.close)
        cls.connection = cls.env["peppol.connection"].create(
            {
                "company_id": cls.company.id,
                "provider": "gateway",
                "url": cls.peer.url,
                "token": cls.peer.token,
                "receives": True,
            }
        )
        cls.company.peppol_purchase_journal_id = cls.company_data["default_journal_purchase"]

    def test_out_and_in(self):
        self.connection.action_connect()
        move = self._invoice()
        self._send_window(move).action_send_and_print()
        exchanges = self.env["peppol.exchange"]
        exchanges._cron_submit()
        exchange = move._last_exchange()
        self.assertEqual(exchange.state, "submitted")
        self.assertEqual(self.peer.sent(), [(SENDER, RECEIVER, exchange.attachment_id.raw)])
        self.peer.finish(exchange.message_id, contract.DELIVERED)
        exchange.sudo().next_at = exchange.create_date
        exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.instance), ("delivered", f"sbdh-{exchange.message_id}"))
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            self.peer.arrive(file.read(), "0208:0799000084", SENDER)
        exchanges._cron_fetch()
        exchanges._cron_import()
        received = exchanges.search([("direction", "=", "in"), ("company_id", "=", self.company.id)])
        self.assertEqual((received.state, received.move_id.ref), ("imported", "2026/0815"))
        self.assertTrue(self.peer.incoming[received.message_id][0]["acknowledged"])

    def test_wrong_token_is_explained_without_quoting_it(self):
        self.connection.token = "a wrong token"
        with self.assertRaises(UserError) as raised:
            self.connection.action_connect()
        self.assertNotIn("a wrong token", str(raised.exception))
        self.assertEqual(self.connection.state, "draft")

    def test_the_gateway_serves_someone_else(self):
        self.peer.served = {"0208:0999999922"}
        self.addCleanup(self.peer.served.add, SENDER)
        with self.assertRaises(UserError):
            self.connection.action_connect()

    def test_the_end_of_the_certificate_is_watched(self):
        """Shown; one warning when it comes near, none again for the same end; a failed question changes nothing."""

        def ends(days):
            self.peer.certificate_end = (datetime.now(UTC) + timedelta(days=days)).replace(microsecond=0)
            self.env["peppol.connection"]._cron_certificates()
            return self.connection.certificate_state, len(self.connection.activity_ids)

        self.addCleanup(setattr, self.peer, "certificate_end", self.peer.certificate_end)
        self.connection.action_connect()
        self.assertEqual((self.connection.certificate_state, len(self.connection.activity_ids)), ("ok", 0))
        self.assertEqual(ends(20), ("soon", 1))
        self.assertEqual(self.connection.certificate_until, self.peer.certificate_end.replace(tzinfo=None))
        self.env["peppol.connection"]._cron_certificates()
        self.assertEqual(len(self.connection.activity_ids), 1)
        with patch.object(GatewayProvider, "certificate_until", side_effect=Temporary("the line went dead")):
            self.env["peppol.connection"]._cron_certificates()
        self.assertEqual(self.connection.certificate_state, "soon")
        self.assertEqual(ends(-1), ("expired", 2), "a gateway that is ill for that reason still tells")
        self.assertEqual(ends(400), ("ok", 2))

    def test_an_address_is_needed(self):
        for url in (False, "gateway.example", "file:///etc/passwd"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.connection.url = url
