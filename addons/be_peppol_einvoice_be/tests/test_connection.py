# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.be_peppol_einvoice.providers import contract
from odoo.addons.be_peppol_einvoice.tests.einvoice_common import EinvoiceCommon
from odoo.addons.be_peppol_einvoice.tests.provider_suite import RECEIVER, SENDER

from .. import provider
from ..models import peppol_connection
from .einvoice_be_peer import EInvoiceBePeer


@tagged("post_install", "-at_install")
class TestEInvoiceBeConnection(EinvoiceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.peer = EInvoiceBePeer()
        cls.addClassCleanup(cls.peer.close)
        cls.startClassPatcher(patch.object(peppol_connection, "PRODUCTION", cls.peer.url))
        cls.connection = cls.env["peppol.connection"].create(
            {"company_id": cls.company.id, "provider": "einvoice_be", "token": cls.peer.token, "receives": True}
        )
        cls.company.peppol_purchase_journal_id = cls.company_data["default_journal_purchase"]

    def test_production_is_the_default(self):
        self.assertEqual(provider.PRODUCTION, "https://api.e-invoice.be")

    def test_out_and_in(self):
        self.connection.action_connect()
        self.assertEqual(self.connection.account, "Fa. Test")
        move = self._invoice()
        self._send_window(move).action_send_and_print()
        exchanges = self.env["peppol.exchange"]
        exchanges._cron_submit()
        exchange = move._last_exchange()
        self.assertEqual((exchange.state, exchange.message_id), ("submitted", exchange.reservation))
        self.assertEqual(self.peer.sent(), [(SENDER, RECEIVER, exchange.attachment_id.raw)])
        self.peer.finish(exchange.message_id, contract.FAILED, "the receiver's server refuses it")
        exchange.sudo().next_at = exchange.create_date
        exchanges._cron_status()
        self.assertEqual((exchange.state, exchange.reservation), ("attention", False))
        self.assertIn("refuses", exchange.reason)
        exchange.action_try_again()
        exchanges._cron_submit()
        self.assertEqual(len(self.peer.sent()), 2)
        with file_open("be_peppol_einvoice/tests/files/bill_ubl_bis3.xml", "rb") as file:
            self.peer.arrive(file.read(), "0208:0799000084", SENDER)
        for _run in range(2):
            exchanges._cron_fetch()
            exchanges._cron_import()
        received = exchanges.search([("direction", "=", "in"), ("company_id", "=", self.company.id)])
        self.assertEqual((received.state, received.move_id.ref), ("imported", "2026/0815"))

    def test_the_address_is_a_secure_one(self):
        with self.assertRaises(ValidationError):
            self.connection.url = "http://api-dev.e-invoice.be"
