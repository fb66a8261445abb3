# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import tempfile
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from ..control import FOLDER
from .fake_control import FakeControl


@tagged("post_install", "-at_install")
class TestLocalNetworkTour(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.control = FakeControl(folder)
        cls.addClassCleanup(cls.control.close)
        cls.enterClassContext(patch.dict(os.environ, {FOLDER: folder}))
        # Debian's package of Odoo lacks a file for video calls: the browser's complaint about it fails any tour
        path = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
        try:
            file_path(path)
        except FileNotFoundError:
            cls.env["ir.asset"].create(
                {"name": path, "bundle": "web.assets_backend", "directive": "remove", "path": path}
            )

    def test_a_drill_is_switched_on_and_off(self):
        self.env["peppol.drill"].action_open()
        self.start_tour("/odoo/peppol-drills", "be_peppol_drills", login="admin", timeout=180)
        switched = [(method, path) for method, path, _values in self.control.requests if method in ("PUT", "DELETE")]
        self.assertEqual(switched, [("PUT", "/drills/lost/ap1"), ("DELETE", "/drills")])
        self.assertFalse(self.control.on)
