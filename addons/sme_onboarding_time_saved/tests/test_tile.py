# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTile(TransactionCase):
    def tile(self):
        tiles = self.env["sme.onboarding.tile"]._tiles(self.company)
        return next(tile for tile in tiles if tile["name"] == "time_saved")

    def test_the_tile(self):
        self.company = self.env["res.company"].create({"name": "Atelier Ourthe SRL"})
        self.env = self.env(context={"lang": "en_US", "allowed_company_ids": self.company.ids})
        self.assertEqual(self.tile()["value"], "")
        self.env["sme.time.event"].create(
            {
                "company_id": self.company.id,
                "kind_id": self.env.ref("sme_time_saved.kind_bill_imported").id,
                "date": fields.Date.context_today(self.company),
                "res_model": "account.move",
                "res_id": 2_000_000_001,
                "job": "entry",
            }
        )
        self.env["sme.time.line"]._rebuild(self.company, None)
        self.assertEqual(self.tile()["value"], "0.1 hours this month")
        self.assertEqual(self.tile()["tone"], "good")
        action = self.env["sme.onboarding.tile"].action_open("time_saved")
        self.assertEqual(action["tag"], "sme_time_saved.page")
