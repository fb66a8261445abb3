# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine import deadlines, stages
from ..tools.settings import reference_date

# The date that a stage brings with it: today, where nobody said otherwise.
STAGE_DATES = {
    stages.SUBMITTED: "applied_on",
    stages.GRANTED: "decided_on",
    stages.REFUSED: "decided_on",
    stages.CLAIMED: "claimed_on",
    stages.PAID: "paid_on",
}
KNOWINGLY = "digital_cheque_knowingly"


class DigitalChequeDossier(models.Model):
    """The stages of a dossier. What may follow what, and what it takes, is said by `engine/stages.py`."""

    _inherit = "digital.cheque.dossier"

    def write(self, vals):
        if "state" not in vals:
            return super().write(vals)
        for dossier in self:
            changes = dossier._with_stage_date(vals)
            dossier._check_move(changes)
            problems = dossier._right_problems(changes)
            reason = self.env.context.get(KNOWINGLY)
            if problems and not reason:
                raise UserError(
                    "\n".join(problems)
                    + "\n"
                    + self.env._("Open the dossier and use its buttons to go on knowingly, with your reason.")
                )
            super(DigitalChequeDossier, dossier).write(changes)
            if problems:
                dossier._log_knowingly(problems, reason)
        return True

    def _with_stage_date(self, vals):
        name = STAGE_DATES.get(vals["state"])
        if vals["state"] != self.state and name and not (vals.get(name) or self[name]):
            return {**vals, name: reference_date(self)}
        return vals

    def _facts(self, changes):
        facts = {
            name: changes[name] if name in changes else self[name]
            for names in stages.NEEDED.values()
            for name in names
            if name != "version"
        }
        facts["version"] = changes.get("version_id", self.version_id.id)
        return facts

    def _check_move(self, changes):
        """Raise where the dossier cannot come to a stage from where it stands, or lacks what the stage asks for."""
        target = changes["state"]
        labels = dict(self._fields["state"]._description_selection(self.env))
        if not stages.may_follow(self.state, target):
            raise UserError(
                self.env._(
                    "%(dossier)s is “%(now)s”: it cannot become “%(then)s” from there. Next may be: %(next)s.",
                    dossier=self.display_name,
                    now=labels[self.state],
                    then=labels[target],
                    next=", ".join(labels[stage] for stage in stages.TRANSITIONS[self.state]),
                )
            )
        if target == self.state:
            return
        absent = stages.missing(target, self._facts(changes))
        if absent:
            names = {"version": "version_id"}
            raise UserError(
                self.env._(
                    "%(dossier)s cannot become “%(then)s” yet. Fill in first: %(fields)s.",
                    dossier=self.display_name,
                    then=labels[target],
                    fields=", ".join(
                        self._fields[names.get(name, name)]._description_string(self.env) for name in absent
                    ),
                )
            )

    def _right_problems(self, changes):
        """Return, in words, what a change of stage does to the right to the aid: [] where nothing."""
        target = changes.get("state", self.state)
        problems = []
        if target == stages.SUBMITTED and self.state == stages.PREPARED:
            problems += self._late_steps("apply", changes.get("applied_on") or self.applied_on)
            missing = self.document_ids.filtered(
                lambda document: (
                    document.mandatory and document.needed_for == "application" and not document._is_there()
                )
            )
            if missing:
                problems.append(self._text_missing_documents(missing))
        if target == stages.CLAIMED and self.state != stages.CLAIMED:
            problems += self._late_steps("claim", changes.get("claimed_on") or self.claimed_on)
            missing = self.document_ids.filtered(
                lambda document: document.mandatory and document.needed_for == "claim" and not document._is_there()
            )
            if missing:
                problems.append(self._text_missing_documents(missing))
        return problems

    def _text_missing_documents(self, documents):
        return self.env._("Documents that are missing, expired or to redo: %s.", ", ".join(documents.mapped("name")))

    def _late_steps(self, act, done):
        """Return what is wrong with the date of an act, in words, for the steps whose deadline keeps the right."""
        problems = []
        today = reference_date(self)
        for step in self.step_ids.filtered(lambda step: step.act == act and step.keeps_right):
            if step.state == "skipped":
                continue
            verdict = deadlines.breach(step.not_before, step._own_limit(), done or None, today)
            if verdict in (deadlines.LATE, deadlines.OVERDUE):
                problems.append(
                    self.env._(
                        "“%(step)s” had to be done by %(deadline)s: by the rules of this programme the aid is lost.",
                        step=step.name,
                        deadline=format_date(self.env, step._own_limit()),
                    )
                )
        return problems

    def _log_knowingly(self, problems, reason, document=None):
        """Keep in the history that somebody went on although warned, and why.

        :param document: the bill or order that was confirmed, whose history says so too
        """
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (
            self.env._("Went on knowingly, although:"),
            Markup("").join(Markup("<li>%s</li>") % problem for problem in problems),
            self.env._("Reason: %s", reason),
        )
        for record in filter(None, [*self, document]):
            record.message_post(body=body)

    def _next_stages(self):
        """Return the stages that may follow, those forward first."""
        self.ensure_one()
        return stages.TRANSITIONS[self.state]

    def action_next_stage(self):
        """Ask what a stage needs, in a dialog: that of the context's ``default_target``, or the next one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Next Stage"),
            "res_model": "digital.cheque.dossier.move",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "default_dossier_id": self.id},
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for dossier in self:
            if dossier.state not in (stages.IDEA, stages.PREPARED, stages.WITHDRAWN):
                raise UserError(
                    self.env._("%s was sent to the authority: archive it instead of deleting it.", dossier.display_name)
                )
