# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from unittest import skipUnless
from unittest.mock import patch

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.be_peppol_einvoice.models.res_company_lookup import NETWORK, NETWORK_FILE
from odoo.addons.be_peppol_einvoice.tests.common import leave_out_missing_file
from odoo.addons.be_peppol_einvoice.tests.einvoice_common import EinvoiceCommon

from ..control import FOLDER, Control
from .real_network import RealNetwork, available, wait_until


@tagged("post_install", "-at_install")
@skipUnless(available(), "the local network's code and environment are not beside the add-ons")
class TestJourney(EinvoiceCommon, HttpCase):
    """An invoice from one company to another, over AS4 on a real network; the user's part by clicking in a browser.

    The test only does what Odoo's scheduled actions do meanwhile.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_missing_file(cls.env)
        network = RealNetwork()
        cls.addClassCleanup(network.stop)
        cls.enterClassContext(patch.dict(os.environ, {FOLDER: network.folder}))
        control = Control()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param(NETWORK, "file")
        parameters.set_param(NETWORK_FILE, control.network_file)
        cls.shop = cls.company
        cls.shop.name = "Webwinkel Gent BV"
        cls.joinery = cls.setup_other_company(name="Menuiserie Liège SRL")["company"]
        cls._settle(cls.joinery, "0417497106")
        for company, access_point in ((cls.joinery, "ap1"), (cls.shop, "ap2")):
            company.account_peppol_proxy_state = "not_registered"
            partner = company.partner_id
            network.register(f"{partner.peppol_eas}:{partner.peppol_endpoint}", access_point)
            cls.env["peppol.local.network"]._connect_company(company, control.access_points[access_point])
        cls.joinery.partner_id.with_company(cls.shop).invoice_edi_format = "ubl_bis3"
        cls.user = cls._user(
            "accountant", cls.shop + cls.joinery, login="journey", password="journey_demo", lang="en_US"
        )
        cls.user.group_ids = [Command.link(cls.env.ref("base.group_multi_company").id)]

    def _jobs(self, *names):
        """What the scheduled actions do meanwhile."""
        for name in names:
            getattr(self.env["peppol.exchange"], f"_cron_{name}")()
        self.env.flush_all()

    def _deliver(self, sent):
        """Hand a document over, wait until there is proof that it arrived, and fetch it at the other end."""
        sent = sent.sudo()  # the test alone moves the clock of an exchange
        self._jobs("submit")
        self.assertEqual(sent.state, "submitted", sent.reason)

        def arrived():
            sent.next_at = sent.submitted_at
            self._jobs("status")
            return sent.state != "submitted"

        wait_until(arrived, "the proof of delivery")
        self.assertEqual(sent.state, "delivered", sent.reason)
        self._jobs("fetch", "import")

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
