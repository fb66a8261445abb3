# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from ..builders import offline
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestOffline(DemoCase):
    def test_services_point_nowhere(self):
        parameters = self.env["ir.config_parameter"]
        for endpoint in offline.ENDPOINTS:
            self.assertEqual(parameters.get_param(endpoint), offline.NOWHERE)
        for xmlid in offline.CRONS:
            self.assertFalse(self.env.ref(xmlid).active)

    def test_typing_a_name_asks_nobody(self):
        partners = self.env["res.partner"]
        self.assertEqual(partners.autocomplete_by_name("Hêtre", False), [])
        self.assertEqual(partners.autocomplete_by_vat("BE1999900171", False), [])

    def test_mail_never_leaves(self):
        self.assertTrue(self.env["ir.mail_server"]._disable_send())
        self.assertFalse(self.env["ir.mail_server"].search([]))

    def test_uninstalling_gives_the_network_back(self):
        offline.undo(self.env)
        keys = [*offline.ENDPOINTS, offline.PEPPOL_MODE]
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "in", keys)]))
        for xmlid in offline.CRONS:
            self.assertTrue(self.env.ref(xmlid).active)
        # A company that is connected stays in demo mode.
        self.assertEqual(self.companies["liege"]._get_peppol_edi_mode(), "demo")
