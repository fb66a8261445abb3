# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_module import IrModuleModule

from ..wizards import sme_plan_install
from .common import OnboardingCommon


class SameCursor:
    """Stands in for a new registry: the tests stay in their one transaction."""

    def __init__(self, cr):
        self._cr = cr

    def __call__(self, _database):
        return self

    @contextmanager
    def cursor(self):
        yield self._cr


@tagged("post_install", "-at_install")
class TestInstall(OnboardingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["sme.plan"].with_user(cls.owner).with_company(cls.company)._of_company(cls.company)
        cls.plan.trade_id = cls.env.ref("sme_onboarding.trade_joiner")
        for answer in cls.plan.answer_ids:
            answer.value = "yes"
        cls.plan.action_make()

    def _dry_run(self, lines=None):
        action = self.plan._dry_run(lines or self.plan._open_lines())
        return self.env[action["res_model"]].with_user(self.owner).browse(action["res_id"])

    def test_dry_run_says_what_odoo_would_install(self):
        """The same modules as Odoo's own button marks, no more and no less."""
        lines = self.plan._open_lines()
        self.assertGreater(len(lines), 3)
        run = self._dry_run(lines)
        said = set((run.asked_ids | run.needed_ids | run.along_ids).mapped("name"))
        names = [name for line in lines for name in line.app_id._module_names()]
        modules = self.env["ir.module.module"].search([("name", "in", names)])
        before = set(self.env["ir.module.module"].search([("state", "=", "to install")]).mapped("name"))
        modules.button_install()
        marked = set(self.env["ir.module.module"].search([("state", "=", "to install")]).mapped("name")) - before
        self.assertEqual(said, marked)
        self.assertEqual(run.count, len(marked))

    def test_dry_run_changes_nothing(self):
        run = self._dry_run()
        self.assertTrue(run.count)
        self.assertFalse(self.plan.line_ids.filtered("queued"))
        self.assertFalse(self.env["ir.module.module"].search([("state", "=", "to install")]))

    def test_queue_goes_on_after_a_failure(self):
        run = self._dry_run()
        run.action_confirm()
        lines = self.plan.line_ids.filtered("queued").sorted("position")
        bad, installed = lines[0].app_id._module_names(), []

        def button_immediate_install(modules):
            if set(modules.mapped("name")) & set(bad):
                raise ValueError("No such library\nand a long story")
            installed.extend(modules.mapped("name"))

        installer = self.env["sme.plan.install"].with_user(self.owner)
        with (
            patch.object(IrModuleModule, "button_immediate_install", button_immediate_install),
            patch.object(sme_plan_install, "Registry", SameCursor(self.env.cr)),
            patch.object(self.env.cr, "rollback", lambda: None),
            mute_logger("odoo.addons.sme_onboarding.wizards.sme_plan_install"),
        ):
            for _line in lines:
                self.assertIsNotNone(installer.install_next(self.plan.id))
            self.assertIsNone(installer.install_next(self.plan.id))
        self.assertEqual(lines[0].problem, "No such library")
        self.assertEqual(lines[0].state, "failed")
        self.assertFalse(self.plan.line_ids.filtered("queued"))
        self.assertTrue(installed)
        # It can be tried again: the next dry run proposes it, and its problem is forgotten when it is queued.
        self._dry_run(lines[0]).action_confirm()
        self.assertEqual((lines[0].state, lines[0].problem), ("queued", False))

    def test_queue_is_resumed(self):
        self._dry_run().action_confirm()
        self.assertTrue(self.plan.queued)
        self.assertEqual(self.plan.action_go_on()["tag"], "sme_onboarding.install")
        queue = self.env["sme.plan.install"].with_user(self.owner).get_queue(self.plan.id)
        self.assertEqual({line["state"] for line in queue["lines"]}, {"queued"})

    def test_only_administrators_install(self):
        run = self._dry_run()
        manager = self.accountant
        manager.group_ids |= self.env.ref("account.group_account_manager")
        with self.assertRaises(AccessError):
            run.with_user(manager).action_confirm()
        with self.assertRaises(AccessError):
            self.env["sme.plan.install"].with_user(manager).install_next(self.plan.id)

    def test_settings_are_previewed_applied_listed_and_taken_back(self):
        company = self.company.with_user(self.owner)
        letter = self.env.ref("base.paperformat_us")
        company.paperformat_id = letter
        self.employee.write({"tz": False, "company_id": self.company.id})
        action = self.env["sme.auto.setting"].with_user(self.owner).with_company(company).action_preview()
        preview = self.env["sme.auto.preview"].with_user(self.owner).browse(action["res_id"])
        self.assertIn("Paper format", preview.proposed)
        self.assertEqual(company.paperformat_id, letter)
        preview.action_apply()
        self.assertEqual(company.paperformat_id, self.env.ref("base.paperformat_euro"))
        self.assertEqual(self.employee.tz, "Europe/Brussels")
        self.assertFalse(self.env["sme.auto.setting"].with_user(self.owner)._proposals(company))
        changes = self.env["sme.auto.change"].with_user(self.owner).search([("company_id", "=", company.id)])
        paper = changes.filtered(lambda change: change.field_name == "paperformat_id")
        self.assertEqual((paper.before_text, paper.state), (letter.display_name, "done"))
        paper.action_take_back()
        self.assertEqual((company.paperformat_id, paper.state), (letter, "taken_back"))
        with self.assertRaises(UserError):
            paper.action_take_back()
        zone = changes.filtered(lambda change: change.record_id == self.employee.id and change.field_name == "tz")
        self.employee.tz = "Asia/Tokyo"
        with self.assertRaisesRegex(UserError, "changed by somebody"):
            zone.action_take_back()
        with self.assertRaises(AccessError):
            zone.with_user(self.accountant).action_take_back()

    def test_chart_of_accounts_is_set_up_and_cannot_be_taken_back(self):
        company = self.other_company
        self.owner.company_ids |= company
        settings = self.env["sme.auto.setting"].with_user(self.owner).with_company(company)
        proposals = [one for one in settings._proposals(company.with_user(self.owner)) if "run" in one]
        self.assertEqual(len(proposals), 1)
        self.assertFalse(settings._apply_all(company.with_user(self.owner)))
        self.assertEqual(company.chart_template, "be_comp")
        change = self.env["sme.auto.change"].search([("company_id", "=", company.id), ("field_name", "=", False)])
        self.assertEqual(change.state, "fixed")
        with self.assertRaises(UserError):
            change.action_take_back()

    def test_chart_of_no_country_gives_way_until_something_is_booked(self):
        company = self.other_company
        self.env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        settings = self.env["sme.auto.setting"].with_company(company)
        self.assertEqual(len([one for one in settings._proposals(company) if "run" in one]), 1)
        self.init_invoice("out_invoice", amounts=[100], post=True, company=company)
        self.assertFalse([one for one in settings._proposals(company) if "run" in one])

    def test_settings_are_for_administrators(self):
        with self.assertRaises(AccessError):
            self.env["sme.auto.setting"].with_user(self.accountant).action_preview()
