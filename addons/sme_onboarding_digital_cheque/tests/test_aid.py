# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.be_digital_cheque.tools.settings import reference_date


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

    def test_every_kind_of_cost_of_the_catalogue_exists(self):
        kinds = set(self.env["digital.cheque.cost.kind"].search([]).mapped("code"))
        used = {app.cost_kind for app in self.env["sme.plan.app"].search([]) if app.cost_kind}
        self.assertTrue(used)
        self.assertFalse(used - kinds)
