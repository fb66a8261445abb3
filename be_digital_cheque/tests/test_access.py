# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CatalogueCase

MODELS = (
    "digital.cheque.authority",
    "digital.cheque.source",
    "digital.cheque.programme",
    "digital.cheque.programme.version",
    "digital.cheque.programme.rate",
    "digital.cheque.programme.limit",
)


@tagged("post_install", "-at_install")
class TestAccess(CatalogueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "cheque_user", "base.group_user")
        cls.manager = new_test_user(cls.env, "cheque_manager", "be_digital_cheque.group_digital_cheque_manager")
        cls.portal = new_test_user(cls.env, "cheque_portal", "base.group_portal")

    def test_user_reads(self):
        for model in MODELS:
            with self.subTest(model):
                record = self.env[model].with_user(self.user).search([], limit=1)
                self.assertTrue(record.display_name)
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(record.has_access(operation))

    def test_user_opens_the_catalogue_but_corrects_nothing(self):
        programmes = self.env["digital.cheque.programme"].with_user(self.user)
        self.assertFalse(programmes.catalogue_overview()["can_correct"])
        kmo = self.env.ref("be_digital_cheque.programme_fla_kmo").with_user(self.user)
        values = kmo.read()[0]
        self.assertTrue(values["rate_small"])
        with self.assertRaises(AccessError):
            kmo.name = "Other"
        with self.assertRaises(AccessError):
            kmo.current_version_id.rate_ids[0].rate = 0.5
        with self.assertRaises(AccessError):
            kmo.current_version_id.action_mark_verified()
        with self.assertRaises(AccessError):
            kmo.current_version_id.action_add_next()

    def test_manager_creates_and_corrects(self):
        authority = self.env["digital.cheque.authority"].with_user(self.manager).create({"name": "Province"})
        programme = (
            self.env["digital.cheque.programme"]
            .with_user(self.manager)
            .create({"name": "Local", "code": "test_local", "region": "wallonia", "authority_id": authority.id})
        )
        version = programme.version_ids.create({"programme_id": programme.id, "date_from": "2026-01-01"})
        version.rate_ids.create({"version_id": version.id, "rate": 0.3})
        version.limit_ids.create({"version_id": version.id, "amount": 1000})
        version.action_mark_verified()
        self.assertEqual(programme.with_user(self.user).rate_small, "30%")
        self.env.ref("be_digital_cheque.version_fla_kmo_2026").with_user(self.manager).rate_ids[0].rate = 0.31
        programme.unlink()
        self.assertFalse(version.exists())

    def test_portal_sees_nothing(self):
        for model in MODELS:
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.portal).search([])

    def test_catalogue_is_the_same_for_all_companies(self):
        company = self.env["res.company"].create({"name": "Second"})
        self.user.write({"company_ids": [(4, company.id)]})
        programmes = self.env["digital.cheque.programme"].with_user(self.user)
        self.assertEqual(
            programmes.with_company(company).with_context(allowed_company_ids=company.ids).search([]),
            programmes.search([]),
        )

    def test_menus_by_role(self):
        for user, configuration in ((self.user, False), (self.manager, True)):
            visible = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            self.assertIn(self.env.ref("be_digital_cheque.digital_cheque_menu_programme").id, visible)
            self.assertEqual(self.env.ref("be_digital_cheque.digital_cheque_menu_source").id in visible, configuration)
