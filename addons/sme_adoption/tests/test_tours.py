# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from .common import AdoptionCommon

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@tagged("post_install", "-at_install")
class TestTours(AdoptionCommon, HttpCase):
    def test_the_funnel_in_french_and_dutch(self):
        languages = ["fr_BE", "nl_BE"]
        for code in languages:
            self.env["res.lang"].sudo()._activate_lang(code)
        self.env["ir.module.module"].sudo()._get("sme_adoption")._update_translations(languages)
        try:
            file_path(ABSENT)
        except FileNotFoundError:
            self.env["ir.asset"].sudo().create(
                {"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT}
            )
        self.firm.with_company(self.company).peppol_verification_state = "valid"
        self.sent(self.firm, self.today - timedelta(days=20))
        self.sent(self.firm, self.today - timedelta(days=2))
        while self.counter._count_batch():
            pass
        for code in languages:
            self.owner.lang = code
            self.start_tour(
                "/odoo/customers-on-board", f"sme_adoption_funnel_{code[:2]}", login=self.owner.login, timeout=90
            )
        self.assertEqual(
            self.env["sme.adoption.campaign"].search([("company_id", "=", self.company.id)]).mapped("state"),
            ["running", "running"],
        )
