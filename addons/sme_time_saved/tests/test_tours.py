# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import file_path

from .common import TimeSavedCommon

# A library for video calls that Debian's package of Odoo lacks; the browser's complaint about it fails any tour.
ABSENT = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"


@tagged("post_install", "-at_install")
class TestTours(TimeSavedCommon, HttpCase):
    def test_the_page_in_dutch(self):
        self.env["res.lang"].sudo()._activate_lang("nl_BE")
        self.env["ir.module.module"].sudo()._get("sme_time_saved")._update_translations(["nl_BE"])
        try:
            file_path(ABSENT)
        except FileNotFoundError:
            self.env["ir.asset"].sudo().create(
                {"name": ABSENT, "bundle": "web.assets_backend", "directive": "remove", "path": ABSENT}
            )
        self.company.sudo().name = "Gent Webwinkel BV"
        self.owner.write({"lang": "nl_BE", "sme_time_mail": True})
        today = fields.Date.today()
        for months, count in enumerate((3, 5, 4, 2)):
            for _number in range(count):
                self.bill(today.replace(day=1) - relativedelta(months=months))
        bills = self.env["account.move"].search([("company_id", "=", self.company.id)])
        self.count(bills)
        self.start_tour("/odoo/time-saved", "sme_time_saved_page", login=self.owner.login)
        self.assertEqual(self.kind("bill_imported").rate_ids.filtered("company_id").mapped("value"), [10])
        self.owner.invalidate_recordset()
        self.assertFalse(self.owner.sme_time_mail)
