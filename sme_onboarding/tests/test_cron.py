# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.base.models.ir_cron import IrCron

from .common import OnboardingCommon

BATCH = "odoo.addons.sme_onboarding.models.sme_onboarding_status.CRON_BATCH"


@tagged("post_install", "-at_install")
class TestCron(OnboardingCommon):
    def setUp(self):
        super().setUp()
        self.env["sme.onboarding.status"].sudo().search([]).unlink()
        # A check of the mail server must not leave this machine.
        self.env["ir.mail_server"].sudo().search([]).active = False
        self.statuses = self.env["sme.onboarding.status"]._of_company(self.company)
        self.progress = []

    def _run(self, seconds_left=60):
        def commit_progress(cron, processed=0, *, remaining=None, deactivate=False):
            self.progress.append((processed, remaining))
            return seconds_left

        root = self.env.ref("base.user_root")
        with patch.object(IrCron, "_commit_progress", commit_progress):
            self.env["sme.onboarding.status"].with_user(root)._cron_check()

    def test_daily_check_looks_at_everything_once(self):
        self._run()
        self.assertTrue(all(self.statuses.mapped("checked_on")))
        self.assertEqual(self.progress[0], (0, len(self.statuses)))
        self.assertEqual(self.progress[-1], (1, 0))
        # What was checked today is left alone.
        self.progress.clear()
        self._run()
        self.assertEqual(self.progress, [(0, 0)])

    def test_daily_check_reopens_what_broke(self):
        status = self.status("company_address")
        self._run()
        self.assertEqual(status.state, "done")
        self.company.street = False
        status.sudo().checked_on = fields.Datetime.now() - timedelta(days=1)
        self._run()
        self.assertEqual(status.state, "doing")
        self.assertTrue(status.reopened_on)

    def test_daily_check_is_bounded(self):
        with patch(BATCH, 5):
            self._run()
            self.assertEqual(len(self.statuses.filtered("checked_on")), 5)
            self.assertEqual(self.progress[-1], (1, len(self.statuses) - 5))
            self._run()
        self.assertEqual(len(self.statuses.filtered("checked_on")), 10)

    def test_daily_check_stops_when_its_time_is_over(self):
        self._run(seconds_left=0)
        self.assertEqual(len(self.statuses.filtered("checked_on")), 1)

    def test_daily_check_leaves_what_is_not_needed(self):
        self.status("company_vat", user=self.owner).action_set_aside("No VAT")
        self._run()
        self.assertFalse(self.status("company_vat").checked_on)

    def test_scheduled_action_runs(self):
        cron = self.env.ref("sme_onboarding.ir_cron_check")
        self.assertEqual((cron.interval_number, cron.interval_type, cron.active), (1, "days", True))
        self.assertEqual(cron.code, "model._cron_check()")
