# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.be_register_vies import BATCH_PARAMETER, URL_PARAMETER
from ..register import vies

VALID = {"isValid": True, "userError": "VALID", "name": "EPI D'OR SRL", "address": "RUE DE LA GARE 12"}
INVALID = {"isValid": False, "userError": "INVALID", "name": "---", "address": "---"}
DOWN = {"isValid": False, "userError": "MS_UNAVAILABLE"}


class FakeVies(BaseHTTPRequestHandler):
    """Answers like the Commission's service; ``answers`` maps paths to (status, body)."""

    answers = {}
    asked = []

    def do_GET(self):
        self.asked.append(self.path)
        status, body = self.answers.get(self.path, (404, b""))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def log_message(self, *args):
        pass


@tagged("post_install", "-at_install")
class TestVies(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = HTTPServer(("127.0.0.1", 0), FakeVies)
        thread = threading.Thread(target=cls.server.serve_forever, daemon=True)
        thread.start()
        cls.addClassCleanup(thread.join)
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/rest"
        cls.env["ir.config_parameter"].set_param(URL_PARAMETER, cls.url)
        cls.env["be.register.vies"].search([]).unlink()
        cls.belgium = cls.env.ref("base.be").id

    def setUp(self):
        super().setUp()
        FakeVies.answers = {}
        FakeVies.asked = []

    def answer(self, vat, body, status=200):
        FakeVies.answers[f"/rest/ms/{vat[:2]}/vat/{vat[2:]}"] = (status, body)

    def partner(self, vat="BE0200000043", **values):
        return self.env["res.partner"].create(
            {"name": vat, "vat": vat, "is_company": True, "country_id": self.belgium, **values}
        )

    def test_answers(self):
        self.answer("BE0200000043", VALID)
        self.answer("BE0200000142", INVALID)
        self.assertEqual(
            vies.check("BE0200.000.043", base_url=self.url), vies.Answer(True, VALID["name"], VALID["address"])
        )
        self.assertEqual(vies.check("be 0200000142", base_url=self.url), vies.Answer(False))
        self.assertEqual(FakeVies.asked, ["/rest/ms/BE/vat/0200000043", "/rest/ms/BE/vat/0200000142"])

    def test_no_answer_is_never_invalid(self):
        """Whatever goes wrong on the way is "not reachable"."""
        for body, status in (
            (DOWN, 200),
            ({"isValid": False, "userError": "TIMEOUT"}, 200),
            ({"isValid": False, "userError": "MS_MAX_CONCURRENT_REQ"}, 200),
            ({"isValid": False}, 200),
            ({"isValid": None, "userError": "INVALID"}, 200),
            ({"isValid": True, "userError": "INVALID"}, 200),
            ({"error": "x"}, 200),
            (["isValid"], 200),
            (b"<html>maintenance</html>", 200),
            (b"", 200),
            (VALID, 500),
            (INVALID, 429),
        ):
            self.answer("BE0200000043", body, status)
            with self.assertRaises(vies.Unreachable, msg=str(body)):
                vies.check("BE0200000043", base_url=self.url)
        with self.assertRaises(vies.Unreachable) as caught:
            vies.check("BE0200000043", base_url="http://127.0.0.1:9/closed")
        self.assertEqual(str(caught.exception), "NETWORK")

    def test_last_answer_is_kept(self):
        """A later attempt without an answer changes neither the answer nor its date."""
        partner = self.partner()
        self.assertEqual(partner.be_vies_state, "unasked")
        self.answer("BE0200000043", VALID)
        with freeze_time("2026-02-01 10:00:00"):
            self.assertEqual(partner.action_be_vies_check()["params"]["type"], "success")
        self.assertEqual(partner.be_vies_state, "valid")
        self.answer("BE0200000043", DOWN)
        with freeze_time("2026-03-01 10:00:00"):
            params = partner.action_be_vies_check()["params"]
        self.assertEqual(params["type"], "warning")
        self.assertIn("2026-02-01", params["message"])
        self.assertEqual((partner.be_vies_state, partner.be_vies_failed), ("valid", True))
        self.assertEqual(partner.be_vies_date, fields.Datetime.to_datetime("2026-02-01 10:00:00"))
        self.answer("BE0200000043", INVALID)
        self.assertEqual(partner.action_be_vies_check()["params"]["type"], "danger")
        self.assertEqual((partner.be_vies_state, partner.be_vies_failed), ("invalid", False))

    def test_never_reached(self):
        partner = self.partner()
        self.answer("BE0200000043", b"", 503)
        self.assertEqual(partner.action_be_vies_check()["params"]["type"], "warning")
        self.assertEqual((partner.be_vies_state, partner.be_vies_date), ("unknown", False))

    def test_ordinary_user_asks_but_does_not_write(self):
        user = new_test_user(self.env, "vies_user", groups="base.group_user")
        self.answer("BE0200000043", VALID)
        partner = self.partner().with_user(user)
        partner.action_be_vies_check()
        self.assertEqual(partner.be_vies_state, "valid")
        record = self.env["be.register.vies"].search([("vat", "=", "BE0200000043")]).with_user(user)
        with self.assertRaises(AccessError):
            record.state = "invalid"

    def test_outside_the_union(self):
        partner = self.partner("CHE-123.456.788 TVA", country_id=self.env.ref("base.ch").id)
        self.assertFalse(partner.be_vies_state)
        self.assertEqual(partner.action_be_vies_check()["params"]["type"], "warning")
        self.assertFalse(FakeVies.asked)

    def numbers(self, count):
        found = []
        for base in range(3_000_000, 3_000_000 + count):
            vat = f"BE{base * 100 + 97 - base % 97:010d}"
            self.partner(vat, customer_rank=1)
            self.answer(vat, VALID)
            found.append(vat)
        return found

    def nightly(self):
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda self, *args, **kwargs: 1):
            self.env["be.register.vies"]._cron_check()

    def test_nightly_batch_is_bounded(self):
        self.env["res.partner"].search([("vat", "!=", False)]).write({"customer_rank": 0, "supplier_rank": 0})
        self.numbers(7)
        self.partner("BE0200000142")  # neither customer nor supplier
        self.env["ir.config_parameter"].set_param(BATCH_PARAMETER, "4")
        self.nightly()
        self.assertEqual(len(FakeVies.asked), 4)
        self.nightly()
        self.assertEqual((len(FakeVies.asked), len(set(FakeVies.asked))), (7, 7), "never answered ones first")
        self.nightly()
        self.assertEqual(len(FakeVies.asked), 7, "fresh answers are not asked again")
        oldest = self.env["be.register.vies"].search([], limit=1)
        oldest.answered_at = fields.Datetime.now() - timedelta(days=100)
        self.nightly()
        self.assertEqual(FakeVies.asked[7:], [f"/rest/ms/BE/vat/{oldest.vat[2:]}"])

    @mute_logger("odoo.addons.be_enterprise")
    def test_nightly_batch_gives_up_when_the_service_is_down(self):
        self.env["res.partner"].search([("vat", "!=", False)]).write({"customer_rank": 0, "supplier_rank": 0})
        for vat in self.numbers(9):
            self.answer(vat, DOWN)
        self.nightly()
        self.assertEqual(len(FakeVies.asked), 5)
        self.assertEqual(set(self.env["be.register.vies"].search([]).mapped("state")), {"unknown"})
