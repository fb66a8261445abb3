# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from ..engine import number
from .common import OTHER


@tagged("post_install", "-at_install")
class TestQualityTour(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Some packages of Odoo leave out a library for video calls; the browser's complaint would fail any tour.
        library = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
        try:
            file_path(library)
        except FileNotFoundError:
            cls.env["ir.asset"].create(
                {"name": library, "bundle": "web.assets_backend", "directive": "remove", "path": library}
            )

    def test_from_the_count_to_the_contact_put_right(self):
        self.env["res.lang"]._activate_lang("en_US")
        self.env.ref("base.user_admin").lang = "en_US"
        partner = self.env["res.partner"].create(
            {"name": "Tour Bakery", "is_company": True, "country_id": self.env.ref("base.be").id, "customer_rank": 1}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET company_registry = %s WHERE id = %s",
            (number.format_enterprise(OTHER), partner.id),
        )
        partner.invalidate_recordset()
        self.start_tour("/odoo/contact-quality", "be_enterprise_quality", login="admin")
        self.assertEqual(partner.company_registry, OTHER)
