# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import plan, progress

# What a first step takes, where its date is set by itself.
HOURS_OF_A_STEP = Decimal(1)
LONGEST_RHYTHM = 366


class SmeOnboardingStatus(models.Model):
    """Who does a step, by when, and how often somebody looks after it."""

    _inherit = "sme.onboarding.status"

    def action_assign(self, user_id, deadline=False, rhythm_days=0):
        """
        :param int user_id: who does it, or False
        :param str deadline: ISO date, or False
        :param int rhythm_days: how often somebody looks after it; 0 for the usual rhythm of the step
        """
        self._ensure_may_act()
        user = self.env["res.users"].browse(user_id or []).exists()
        if user and (user.share or not user.active or self.company_id - user.company_ids):
            raise UserError(self.env._("This person has no access to your firm in Odoo."))
        if not 0 <= rhythm_days <= LONGEST_RHYTHM:
            raise UserError(self.env._("The rhythm is at least a day and at most a year."))
        # sudo: statuses are read-only for everybody; who may act was checked above.
        self.sudo().write(
            {"user_id": user.id, "deadline": fields.Date.to_date(deadline) or False, "rhythm_days": rhythm_days}
        )
        self._check()
        return True

    def action_declare(self):
        """Say that it is done where no check can tell. A check that can tell decides at once."""
        self._ensure_mine()
        # sudo: as in action_assign.
        self.sudo().write({"declared_on": fields.Datetime.now(), "declared_by_id": self.env.uid})
        self._check()
        return True

    def action_tended(self):
        """Somebody looked after it today."""
        self._ensure_mine()
        # sudo: as in action_assign.
        self.sudo().tended_on = fields.Date.context_today(self)
        self._check()
        return True

    def _ensure_mine(self):
        self.check_access("read")
        if not self._may_act() and any(status.user_id != self.env.user for status in self):
            raise AccessError(self.env._("Only the person named for it or an administrator can say so."))

    @api.model
    def get_people(self):
        """:return: list of dict (id, name): who can be named for a step of the current company"""
        self.check_access("read")
        people = self.env["res.users"].search(
            [("share", "=", False), ("company_ids", "in", self.env.company.ids)], order="name", limit=200
        )
        return [{"id": person.id, "name": person.name} for person in people]

    def _date_open(self, of_plan):
        """Date the open steps that have no date yet, in their order, and name the person of the plan.

        :param of_plan: sme.plan, who has how many hours a week
        """
        undated = self.filtered(lambda status: status.state in (progress.TODO, progress.DOING) and not status.deadline)
        days = plan.schedule([HOURS_OF_A_STEP] * len(undated), of_plan.made_on, Decimal(str(of_plan.hours_week)))
        for status, day in zip(undated, days, strict=True):
            # sudo: as in action_assign; whoever makes the plan may act.
            status.sudo().write({"deadline": day, "user_id": status.user_id.id or of_plan.user_id.id})
