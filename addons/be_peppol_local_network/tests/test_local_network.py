# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from unittest import skipUnless
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..control import FOLDER
from .fake_control import FakeControl

DRILLS = Path(__file__).resolve().parents[3] / "docker/gateway/peppol_network/drills.py"


@tagged("post_install", "-at_install")
class TestLocalNetwork(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.control = FakeControl(folder)
        cls.addClassCleanup(cls.control.close)
        cls.enterClassContext(patch.dict(os.environ, {FOLDER: folder}))
        cls.network = cls.env["peppol.local.network"]
        cls.drills = cls.env["peppol.drill"]

    def setUp(self):
        super().setUp()
        # a database with the demo companies: the control interface of these tests is no access point
        self.connect = self.startPatcher(
            patch.object(type(self.env["peppol.connection"]), "action_connect", autospec=True)
        )
        self.control.on.clear()
        self.control.events.clear()

    def find(self, name, target):
        return self.drills.search([("name", "=", name), ("target", "=", target)])

    def test_the_page_shows_what_the_network_offers(self):
        """Opened twice, there is still one card per drill; a chosen delay is kept, a drill that is gone is not."""
        gone = self.drills.sudo().create({"name": "gone", "target": "sml"})
        action = self.drills.action_open()
        self.assertEqual(action["res_model"], "peppol.drill")
        self.assertFalse(gone.exists())
        late = self.find("late", "ap2")
        self.assertEqual(late.seconds, 20)
        late.seconds = 3
        self.drills.action_open()
        self.assertEqual(len(self.drills.search([])), len(FakeControl.OFFERED))
        self.assertEqual(late.seconds, 3)

    def test_switching(self):
        self.drills.action_open()
        late, lost = self.find("late", "ap2"), self.find("lost", "ap1")
        late.seconds = 2.5
        late.action_on()
        lost.action_once()
        self.assertEqual(self.control.on, {("late", "ap2"): {"seconds": 2.5}, ("lost", "ap1"): {"times": 1}})
        self.env.invalidate_all()
        self.assertEqual((late.running, late.times, lost.running, lost.times), (True, 0, True, 1))
        lost.action_off()
        self.assertEqual(list(self.control.on), [("late", "ap2")])
        self.drills.action_all_off()
        self.assertFalse(self.control.on)

    def test_what_the_drills_did(self):
        events = self.env["peppol.drill.event"]
        self.control.act("lost", "ap1")
        events.action_open()
        self.control.act("slow", "smp")
        events.action_open()
        self.assertEqual(events.search([]).mapped("drill_id.name"), ["slow", "lost"])
        # another network begins to count anew
        self.control.events[:] = []
        self.control.act("dns_down", "sml")
        events.action_open()
        self.assertEqual(events.search([]).mapped("drill_id.name"), ["dns_down"])

    def test_the_network_refuses(self):
        drill = self.drills.sudo().create({"name": "nonsense", "target": "sml"})
        with self.assertRaisesRegex(UserError, "no such drill"):
            drill.action_on()

    def test_without_a_network(self):
        """The pages say what to do; the scheduled action changes nothing."""
        before = self.env["ir.config_parameter"].get_param("be_peppol_einvoice.network")
        for folder in ("", "/nonexistent"):
            with patch.dict(os.environ, {FOLDER: folder}):
                with self.assertRaisesRegex(UserError, "./dev demo"):
                    self.drills.action_open()
                self.network._cron_connect()
        self.assertEqual(self.env["ir.config_parameter"].get_param("be_peppol_einvoice.network"), before)

    def test_partners_are_registered_and_looked_up_there(self):
        """Those that the demo knows to be on Peppol; done twice, they are registered once."""
        partner = self.env["res.partner"].create({"name": "Somebody", "country_id": self.env.ref("base.be").id})
        partner.write({"peppol_eas": "0208", "peppol_endpoint": "0477472701", "peppol_verification_state": "valid"})
        self.network._cron_connect()
        self.assertEqual(self.control.participants["0208:0477472701"], "ap2")
        parameters = self.env["ir.config_parameter"]
        self.assertEqual(parameters.get_param("be_peppol_einvoice.network"), "file")
        self.assertIn("network.json", parameters.get_param("be_peppol_einvoice.network_file"))
        self.control.requests.clear()
        self.network._cron_connect()
        self.assertNotIn("POST", [method for method, _path, _values in self.control.requests])

    def test_a_new_demo_joins_at_once(self):
        """What ./dev demo calls does not wait for the scheduled action, and fails where there is no network."""
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("be_peppol_einvoice.network", "off")
        self.network._join()
        self.assertEqual(parameters.get_param("be_peppol_einvoice.network"), "file")
        with patch.dict(os.environ, {FOLDER: ""}), self.assertRaisesRegex(UserError, "./dev demo"):
            self.network._join()

    def test_a_demo_company_trades_over_its_access_point(self):
        """Its connection is made once; an address that changes is followed, what a user has ended stays ended."""
        company = self.env["res.company"].create({"name": "Joinery", "country_id": self.env.ref("base.be").id})
        company.partner_id.write({"peppol_eas": "0208", "peppol_endpoint": "0477472701"})
        access_point = {"url": "http://127.0.0.1:1", "token": "one\n"}
        connections = self.env["peppol.connection"]
        self.network._connect_company(company, access_point)
        self.network._connect_company(company, access_point | {"url": "http://127.0.0.1:2"})
        connection = connections.search([("company_id", "=", company.id)])
        self.assertEqual((connection.provider, connection.receives, connection.token), ("gateway", True, "one"))
        self.assertEqual(connection.url, "http://127.0.0.1:2")
        self.assertEqual(self.connect.call_count, 1)

    def test_for_administrators_alone(self):
        accountant = new_test_user(self.env, "drill_accountant", groups="account.group_account_manager")
        self.drills.action_open()
        drills = self.drills.with_user(accountant)
        with self.assertRaises(AccessError):
            drills.search([])
        for action in (
            drills.action_open,
            drills.action_all_off,
            self.env["peppol.drill.event"].with_user(accountant).action_open,
        ):
            with self.assertRaises(AccessError):
                action()
        with self.assertRaises(AccessError):
            self.find("lost", "ap1").with_user(accountant).action_on()
        self.assertFalse(self.control.on)

    @skipUnless(DRILLS.exists(), "the local network's code is not beside the add-ons")
    def test_every_drill_is_explained(self):
        """Each drill of the network has a title, says what it does and what one should see; no text is left over."""
        spec = importlib.util.spec_from_file_location("network_drills", DRILLS)
        module = importlib.util.module_from_spec(spec)
        with patch.dict(sys.modules, {"network_drills": module}):
            spec.loader.exec_module(module)
        places = {"sml": "sml", "smp": "smp", "access point": "ap"}
        offered = {(name, places[at]) for name, at in module.DEFINITIONS}
        texts = self.drills._texts()
        self.assertEqual(set(texts), offered)
        self.assertTrue(all(all(text) for text in texts.values()))
