# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.be_digital_cheque.tools.settings import reference_date

FINDER = "be_digital_cheque.digital_cheque_finder_action"


@tagged("post_install", "-at_install")
class TestAid(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create(
            {"name": "Atelier Ourthe SRL", "country_id": cls.env.ref("base.be").id, "zip": "4000", "city": "Liège"}
        )
        values = {"company_id": cls.company.id, "company_ids": [(6, 0, cls.company.ids)]}
        cls.owner = new_test_user(
            cls.env,
            "aid_owner",
            groups="base.group_system,account.group_account_manager,be_digital_cheque.group_digital_cheque_user",
            **values,
        )
        cls.manager = new_test_user(cls.env, "aid_manager", groups="account.group_account_manager", **values)
        plans = cls.env["sme.plan"].with_user(cls.owner).with_company(cls.company)
        cls.plan = plans._of_company(cls.company)
        for answer in cls.plan.answer_ids:
            answer.value = "yes"
        cls.plan.action_make()
        # an app of a trade that no database of the tests has installed
        cls.line = cls.plan.line_ids.filtered(lambda line: line.app_id.code == "fleet")

    def test_the_aid_is_what_the_finder_finds(self):
        self.assertEqual(self.line.state, "planned")
        kind = self.env["digital.cheque.cost.kind"].search([("code", "=", self.line.app_id.cost_kind)])
        finder = self.env["digital.cheque.finder"].with_user(self.owner).with_company(self.company)
        day = reference_date(self.line).isoformat()
        found = {card["name"] for card in finder.find(kind.id, float(self.line._aid_cost()), day)["cards"]}
        named = set((self.line.aid or "").split(", ")) - {""}
        self.assertEqual(len(named), min(2, len(found)))
        self.assertTrue(named <= found, (named, found))
        self.assertTrue(found, "a programme for software exists in Wallonia")

    def test_who_may_not_use_digital_cheque_sees_none(self):
        self.assertFalse(self.line.with_user(self.manager).aid)

    def tile(self, user):
        tiles = self.env["sme.onboarding.tile"].with_user(user).with_company(self.company).with_context(lang="en_US")
        return tiles, next((tile for tile in tiles._tiles(self.company) if tile["name"] == "aid"), None)

    def test_the_tile_counts_the_programmes_for_the_whole_plan(self):
        tiles, tile = self.tile(self.owner)
        names = self.plan._open_lines().with_company(self.company)._aid_together()
        self.assertTrue(set((self.line.aid or "").split(", ")) <= {*names, ""})
        self.assertTrue(names)
        self.assertEqual(tile["value"], "1 programme" if len(names) == 1 else f"{len(names)} programmes")
        self.assertIn(names[0], tile["note"])
        self.assertEqual(tiles.action_open("aid")["tag"], self.env.ref(FINDER).tag)
        self.assertIsNone(self.tile(self.manager)[1])

    def test_the_tile_of_who_has_no_plan_leads_to_one(self):
        self.plan.unlink()
        tiles, tile = self.tile(self.owner)
        self.assertEqual(tile["value"], "")
        self.assertIn("plan", tile["note"])
        self.assertEqual(tiles.action_open("aid")["res_model"], "sme.plan")

    def test_every_kind_of_cost_of_the_catalogue_exists(self):
        kinds = set(self.env["digital.cheque.cost.kind"].search([]).mapped("code"))
        used = {app.cost_kind for app in self.env["sme.plan.app"].search([]) if app.cost_kind}
        self.assertTrue(used)
        self.assertFalse(used - kinds)
