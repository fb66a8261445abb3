# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

from ..engine import stages
from ..tools.settings import reference_date

REMIND_DAYS = 14
BATCH = 200


class DigitalChequeDossier(models.Model):
    """Deadlines become activities of the responsible person before they pass."""

    _inherit = "digital.cheque.dossier"

    @api.model
    def _steps_to_remind(self, today):
        """Return the steps of open dossiers due within two weeks that have no activity yet, most urgent first."""
        return self.env["digital.cheque.dossier.step"].search(
            Domain("state", "=", "todo")
            & Domain("deadline", "<=", today + timedelta(days=REMIND_DAYS))
            & Domain("activity_id", "=", False)
            & Domain("dossier_id.state", "not in", stages.OVER)
            & Domain("dossier_id.active", "=", True)
            & Domain("user_id", "!=", False)
            # the authority's own steps are nobody's task here
            & Domain("act", "not in", ("grant", "payment")),
            order="deadline, sequence, id",
            limit=BATCH,
        )

    @api.model
    def _cron_remind(self):
        """Make activities for the deadlines to come, and end those of steps that are done."""
        today = reference_date(self)
        over = self.env["digital.cheque.dossier.step"].search(
            Domain("activity_id", "!=", False)
            & (Domain("state", "!=", "todo") | Domain("dossier_id.state", "in", stages.OVER))
        )
        for step in over:
            step.activity_id.action_feedback()
        over.activity_id = False
        moved = self.env["digital.cheque.dossier.step"].search(Domain("activity_id", "!=", False))
        for step in moved:
            if step.deadline and step.activity_id.date_deadline != step.deadline:
                step.activity_id.date_deadline = step.deadline
        steps = self._steps_to_remind(today)
        for step in steps:
            step.activity_id = step.dossier_id.with_context(lang=step.user_id.lang).activity_schedule(
                "be_digital_cheque.activity_deadline",
                date_deadline=step.deadline,
                summary=step.with_context(lang=step.user_id.lang).name,
                note=step.with_context(lang=step.user_id.lang)._reminder_note(),
                user_id=step.user_id.id,
            )
        if self.env.context.get("cron_id"):
            self.env["ir.cron"]._commit_progress(len(steps), remaining=len(self._steps_to_remind(today)))
