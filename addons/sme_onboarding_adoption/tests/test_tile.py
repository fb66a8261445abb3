# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestTile(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Atelier Ourthe SRL"})
        cls.env = cls.env(context={"lang": "en_US", "allowed_company_ids": cls.company.ids})
        cls.row = {
            "company_id": cls.company.id,
            "tool_id": cls.env.ref("sme_adoption.tool_portal").id,
            "partner_id": cls.env["res.partner"].create({"name": "Marie", "customer_rank": 1}).id,
        }

    def tile(self):
        tiles = self.env["sme.onboarding.tile"]._tiles(self.company)
        return next(tile for tile in tiles if tile["name"] == "adoption")

    def test_the_tile(self):
        empty = self.tile()
        self.assertEqual(empty["value"], "")
        self.assertIn("campaign", empty["note"])
        self.env["sme.adoption.customer"].create({**self.row, "stage": "used", "uses": 1})
        self.assertEqual((self.tile()["value"], self.tile()["tone"]), ("1 of 1 customers", "good"))
        action = self.env["sme.onboarding.tile"].action_open("adoption")
        self.assertEqual(action["res_model"], "sme.adoption.tool")

    def test_all_tiles_of_the_first_page_are_there(self):
        names = self.env["sme.onboarding.tile"]._tile_names()
        self.assertTrue({"maturity", "adoption"} <= set(names))
        installed = self.env["ir.module.module"]._installed()
        for addon, tile in (("sme_onboarding_time_saved", "time_saved"), ("sme_onboarding_cyber", "cyber")):
            self.assertEqual(tile in names, addon in installed)
        tiles = self.env["sme.onboarding.tile"]._tiles(self.company)
        order = ["maturity", "time_saved", "adoption", "cyber", "aid"]
        self.assertEqual([tile["name"] for tile in tiles], [name for name in order if name in names])
        for tile in tiles:
            self.assertTrue(tile["title"])
            self.assertTrue(tile["value"] or tile["note"], tile["name"])
            self.assertTrue(self.env["sme.onboarding.tile"].action_open(tile["name"]))

    def test_the_step(self):
        step = self.env.ref("sme_onboarding_adoption.step_customers_told")
        checks = self.env["sme.onboarding.check"]
        self.assertEqual(checks._run(step, self.company).status, "failed")
        row = self.env["sme.adoption.customer"].create(self.row)
        self.env["sme.adoption.mail"].create(
            {**self.row, "row_id": row.id, "kind": "invite", "date": fields.Date.today()}
        )
        self.assertEqual(checks._run(step, self.company).status, "passed")
