# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestTile(TransactionCase):
    def tiles(self, groups):
        user = new_test_user(self.env, groups, groups=groups)
        tiles = self.env["sme.onboarding.tile"].with_user(user).with_context(lang="en_US")
        return {tile["name"]: tile for tile in tiles._tiles(user.company_id)}, tiles

    def test_the_tile_is_for_who_looks_after_security(self):
        self.env["ir.config_parameter"].set_param("auth_password_policy.minlength", "8")
        self.env["sme.cyber.finding"]._measure()
        found, model = self.tiles("base.group_system")
        self.assertEqual(found["cyber"]["tone"], "attention")
        self.assertRegex(found["cyber"]["value"], r"^\d+ of \d+ checks are weak$")
        self.assertEqual(model.action_open("cyber")["tag"], "sme_cyber.page")
        self.assertNotIn("cyber", self.tiles("base.group_user")[0])
