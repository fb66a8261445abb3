# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import progress
from ..engine.outcome import DEFERRED

OPEN = (progress.TODO, progress.DOING)
# How many steps the first page proposes.
NEXT = 3


class SmeOnboardingStatus(models.Model):
    """What the first page and the help panel show of the statuses."""

    _inherit = "sme.onboarding.status"

    @api.model
    def get_page(self):
        """Check every step of the current company and tell the first page where it stands.

        :return: dict: company, can_act, progress (done, counted, percent, reopened, unmeasured, not_needed),
            next (id of the status that the user does best next, or False), after_next (list of ids, in order),
            themes (list of dict: id, name, done, counted, steps), tiles (see sme.onboarding.tile)
        """
        self.check_access("read")
        company = self.env.company
        statuses = self._of_company(company)
        statuses._check()
        summary = progress.progress(status._standing() for status in statuses)
        may_act = self._may_act()
        next_statuses = statuses._next(may_act)
        unfinished = statuses.filtered(lambda status: status.state in OPEN).step_id
        themes = []
        for theme, in_theme in statuses.grouped("theme_id").items():
            part = progress.progress(status._standing() for status in in_theme)
            themes.append(
                {
                    "id": theme.id,
                    "name": theme.name,
                    "done": part.done,
                    "counted": part.counted,
                    "steps": [status._page_values(unfinished) for status in in_theme],
                }
            )
        checks = [checked for checked in statuses.mapped("checked_on") if checked]
        return {
            "company": company.name,
            "can_act": may_act,
            "checked_on": fields.Datetime.to_string(max(checks)) if checks else False,
            "progress": {
                "done": summary.done,
                "counted": summary.counted,
                "percent": summary.percent,
                "reopened": summary.reopened,
                "unmeasured": summary.unmeasured,
                "not_needed": summary.not_needed,
                "declared": summary.declared,
            },
            "next": next_statuses[:1].id,
            "after_next": next_statuses[1:].ids,
            "themes": themes,
            "tiles": self.env["sme.onboarding.tile"]._tiles(company),
        }

    def _next(self, may_act):
        """The steps to do next, at most three: what the user can do comes first; where nothing is left of that, what
        somebody else has to do.

        :param bool may_act: whether the user may ask for slow tests
        :return: sme.onboarding.status, in order
        """
        plan = [
            (status.id, status._standing(), may_act and status._is_testable(), self._of_steps(status.step_id.after_ids))
            for status in self
        ]
        mine = set(self.filtered(lambda status: status._can_open()).ids)
        # what the user cannot do still blocks what waits for it
        proposed = progress.next_steps(plan, most=len(plan))
        chosen = [key for key in proposed if key in mine] or proposed
        return self.browse(chosen[:NEXT])

    def _of_steps(self, steps):
        return self.filtered(lambda status: status.step_id in steps).ids if steps else []

    @api.model
    def get_next(self):
        """The next step as the help panel of other screens shows it, without running any check.

        :return: dict (code, name, instruction, why, state, found, tour), or False where nothing is left to do
        """
        self.check_access("read")
        status = self._of_company(self.env.company)._next(False)[:1]
        if not status:
            return False
        values = status._page_values(self.env["sme.onboarding.step"])
        shown = (
            "id",
            "code",
            "name",
            "instruction",
            "why",
            "button",
            "can_open",
            "found",
            "tour",
            "deadline",
            "person",
        )
        return {name: values[name] for name in shown}

    def _can_open(self):
        return not self.step_id._missing_modules() and self.step_id._can_open()

    def _is_testable(self):
        return (self.outcome or {}).get("status") == DEFERRED

    def _page_values(self, unfinished):
        """:param unfinished: the steps of the company that are still open"""
        self.ensure_one()
        step = self.step_id
        waits_for = (step.after_ids & unfinished).mapped("name") if self.state in OPEN else []
        can_open = self._can_open()
        return {
            "id": self.id,
            "code": step.code,
            "name": step.name,
            "why": step.why,
            "instruction": step.instruction,
            "button": step.button_label,
            "state": self.state,
            "found": self._found_texts(),
            "reason": self.reason or "",
            "set_aside_by": self.set_aside_by_id.name or "",
            "set_aside_on": fields.Datetime.to_string(self.set_aside_on) or False,
            "verified_on": fields.Datetime.to_string(self.verified_on) or False,
            "reopened_on": fields.Datetime.to_string(self.reopened_on) or False,
            "can_open": can_open,
            "has_records": self._has_records(can_open),
            "is_remote": step.is_remote,
            "person": self.user_id.name or "",
            "person_id": self.user_id.id,
            "deadline": fields.Date.to_string(self.deadline) or False,
            "overdue": bool(self.deadline and self.state in OPEN and self.deadline < fields.Date.context_today(self)),
            "waits_for": waits_for,
            "rhythm_days": self.rhythm_days or step.rhythm_days,
            "tended_on": fields.Date.to_string(self.tended_on) or False,
            "declared_on": fields.Datetime.to_string(self.declared_on) or False,
            "declared_by": self.declared_by_id.name or "",
            "mine": self.user_id == self.env.user,
            "tour": step.tour_name or "",
        }

    def _has_records(self, can_open):
        """Whether there are records to list that the user may read and that the step's own screen does not show."""
        model = (self.outcome or {}).get("model")
        if not model or model not in self.env or not self.env[model].has_access("read"):
            return False
        return self.state == progress.DONE or not can_open or model != "res.company"
