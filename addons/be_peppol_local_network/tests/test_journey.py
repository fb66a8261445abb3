# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.be_peppol_einvoice.tests.common import leave_out_missing_file

from .network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestJourney(NetworkCommon, HttpCase):
    """An invoice from one company to another, over AS4 on a real network; the user's part by clicking in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_missing_file(cls.env)
        cls.user = cls._user(
            "accountant", cls.shop + cls.joinery, login="journey", password="journey_demo", lang="en_US"
        )
        cls.user.group_ids = [Command.link(cls.env.ref("base.group_multi_company").id)]

    def _tour(self, name):
        """Each begins in the web shop, the user's first company."""
        self.start_tour("/odoo/e-invoicing", name, login="journey", timeout=180)

    def test_from_the_web_shop_to_the_joinery(self):
        self.joinery.partner_id._peppol_look_up(self.shop, again=True)
        invoice = self._invoice(self.joinery.partner_id, lines=[{"name": "Houtolie", "quantity": 3, "price_unit": 40}])
        self._tour("be_peppol_journey_send")
        sent = invoice._last_exchange()
        self.assertEqual(sent.state, "prepared")

        self._deliver(sent)
        received = self.env["peppol.exchange"].search(
            [("company_id", "=", self.joinery.id), ("instance", "=", sent.instance)]
        )
        self.assertEqual((received.state, received.number), ("imported", invoice.name), received.reason)
        self._tour("be_peppol_journey_receive")

        bill = received.move_id
        self.assertEqual((bill.state, bill.partner_id), ("posted", self.shop.partner_id))
        self.assertEqual(bill.amount_total, invoice.amount_total)
        (pdf,) = bill.attachment_ids.filtered(lambda attachment: attachment.mimetype == "application/pdf")
        # its content is what Odoo renders in tests
        self.assertTrue(pdf.raw)
        (accepted,) = bill.einvoice_response_ids.filtered(lambda answer: answer.state == "waiting")
        self.assertEqual(accepted.code, "AP")
        self.env["peppol.response"]._cron_answer()
        self.assertEqual(accepted.state, "sent", "the network says that the web shop takes answers")
        self._deliver(accepted.exchange_id)
        self.assertEqual(sent.state, "accepted")
        self.assertEqual(invoice.einvoice_response_ids.mapped("code"), ["AP"])
        self._tour("be_peppol_journey_accepted")
