# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from unittest import skipUnless
from unittest.mock import patch

from odoo.addons.be_peppol_einvoice.models.res_company_lookup import NETWORK, NETWORK_FILE
from odoo.addons.be_peppol_einvoice.tests.einvoice_common import EinvoiceCommon

from ..control import FOLDER, Control
from .real_network import RealNetwork, available, wait_until


@skipUnless(available(), "the local network's code and environment are not beside the add-ons")
class NetworkCommon(EinvoiceCommon):
    """Two companies at the two access points of a real network: the web shop at the second, the joinery at the first.

    The tests do what Odoo's scheduled actions do meanwhile.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        network = RealNetwork()
        cls.addClassCleanup(network.stop)
        cls.enterClassContext(patch.dict(os.environ, {FOLDER: network.folder}))
        cls.exchanges = cls.env["peppol.exchange"]
        cls.control = Control()
        parameters = cls.env["ir.config_parameter"]
        parameters.set_param(NETWORK, "file")
        parameters.set_param(NETWORK_FILE, cls.control.network_file)
        cls.shop = cls.company
        cls.shop.name = "Webwinkel Gent BV"
        cls.joinery = cls.setup_other_company(name="Menuiserie Liège SRL")["company"]
        cls._settle(cls.joinery, "0417497106")
        for company, access_point in ((cls.joinery, "ap1"), (cls.shop, "ap2")):
            company.account_peppol_proxy_state = "not_registered"
            partner = company.partner_id
            network.register(f"{partner.peppol_eas}:{partner.peppol_endpoint}", access_point)
            cls.env["peppol.local.network"]._connect_company(company, cls.control.access_points[access_point])
        cls.joinery.partner_id.with_company(cls.shop).invoice_edi_format = "ubl_bis3"

    def _jobs(self, *names):
        """What the scheduled actions do meanwhile."""
        for name in names:
            getattr(self.exchanges, f"_cron_{name}")()
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
