# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo import api
from odoo.tests import HttpCase, tagged

from ..models.be_peppol_check import BePeppolCheck
from .fake_network import CREDIT_NOTE
from .lookup_common import LookupCommon
from .test_overview_tour import TestOverviewTour


@tagged("post_install", "-at_install")
class TestReadinessTour(LookupCommon, HttpCase):
    """The page of readiness as an accountant sees it in Dutch."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        TestOverviewTour._leave_out_missing_file.__func__(
            cls, "web.assets_backend", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
        )

    def test_check_my_customers(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.env["ir.module.module"].search([("name", "=", "be_peppol_einvoice")])._update_translations(["nl_BE"])
        for serial in range(9):
            customer = self._customer(200 + serial)
            if serial % 3 < 2:
                self._register(customer, **({"documents": [CREDIT_NOTE]} if serial % 3 else {}))
        self._customer(250, peppol_eas=False, peppol_endpoint=False, name="Zonder nummer")

        @api.model
        def tour_work(checks):
            """What the scheduled job does, at the moment that the tour wants it."""
            checks.sudo()._cron_work()

        login = self._user("accountant", lang="nl_BE", tz="Europe/Brussels").login
        with (
            patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_, **__: 1),
            patch.object(BePeppolCheck, "tour_work", tour_work, create=True),
        ):
            self.start_tour("/odoo/e-invoicing-readiness", "be_peppol_readiness_dutch", login=login, timeout=180)
