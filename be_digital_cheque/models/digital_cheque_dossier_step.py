# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..engine import deadlines
from ..tools.settings import reference_date
from .digital_cheque_programme_step import ACTS, DEADLINES

# The field of the dossier that holds the date of an act; what counts where the act has not taken place yet.
ACT_FIELDS = {
    "prior_report": "report_on",
    "agreement": "agreement_on",
    "apply": "applied_on",
    "share": "share_paid_on",
    "grant": "decided_on",
    "order": "ordered_on",
    "start": "started_on",
    "end": "ended_on",
    "claim": "claimed_on",
    "payment": "paid_on",
}
PLANNED_FIELDS = {"order": "planned_start", "start": "planned_start", "end": "planned_end"}
DATE_FIELDS = sorted({*ACT_FIELDS.values(), *PLANNED_FIELDS.values()})


class DigitalChequeDossierStep(models.Model):
    """One step of a dossier's checklist, taken over from the rules by which the dossier is judged."""

    _name = "digital.cheque.dossier.step"
    _description = "Step of a Subsidy Dossier"
    _order = "dossier_id, sequence, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    dossier_state = fields.Selection(related="dossier_id.state", string="Stage of the Dossier")
    user_id = fields.Many2one(related="dossier_id.user_id", store=True)
    programme_id = fields.Many2one(related="dossier_id.programme_id", store=True)
    programme_step_id = fields.Many2one(
        "digital.cheque.programme.step", string="Step of the Rules", ondelete="restrict", readonly=True
    )
    sequence = fields.Integer(default=10)
    label = fields.Char(help="Own words; empty: those of the rules.")
    name = fields.Char(string="Step", compute="_compute_name", inverse="_inverse_name", search="_search_name")
    advice = fields.Text(related="programme_step_id.advice")
    purpose = fields.Char(related="programme_step_id.purpose", string="Holds For")
    act = fields.Selection(ACTS, required=True, default="other")
    rule = fields.Selection(DEADLINES, string="Deadline Rule")
    anchor = fields.Selection(ACTS, string="Counted From")
    days = fields.Integer(string="Days, Months or Years")
    keeps_right = fields.Boolean(string="Aid Is Lost Otherwise")
    not_before = fields.Date(compute="_compute_deadline", store=True)
    deadline = fields.Date(
        compute="_compute_deadline",
        store=True,
        readonly=False,
        index=True,
        help="By the rule, and no later than the steps that wait for this one.",
    )
    checked_on = fields.Date(copy=False)
    done_on = fields.Date(compute="_compute_done_on", store=True)
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("skipped", "Not needed")],
        compute="_compute_state",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    breach = fields.Selection(
        [("early", "Done too early"), ("late", "Done too late"), ("overdue", "Overdue")],
        compute="_compute_breach",
        search="_search_breach",
        string="Out of Time",
    )
    activity_id = fields.Many2one("mail.activity", readonly=True, copy=False, ondelete="set null")

    @api.depends("label", "programme_step_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        for step in self:
            step.name = step.label or step.programme_step_id.name

    def _inverse_name(self):
        for step in self:
            step.label = False if step.name == step.programme_step_id.name else step.name

    def _search_name(self, operator, value):
        return Domain("label", operator, value) | Domain("programme_step_id.name", operator, value)

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step.name

    @api.depends(
        lambda self: (
            [f"dossier_id.{name}" for name in DATE_FIELDS]
            + [f"dossier_id.step_ids.{name}" for name in ("rule", "anchor", "days", "sequence")]
        )
    )
    def _compute_deadline(self):
        for dossier, steps in self.grouped("dossier_id").items():
            dates = dossier._act_dates()
            limits = dossier._step_limits()
            for step in steps:
                step.not_before = deadlines.earliest(step._rule(), dates)
                if step.rule or limits.get(step):
                    step.deadline = limits.get(step)

    @api.depends(lambda self: ["checked_on", "act"] + [f"dossier_id.{name}" for name in sorted(ACT_FIELDS.values())])
    def _compute_done_on(self):
        for step in self:
            field = ACT_FIELDS.get(step.act)
            step.done_on = (field and step.dossier_id[field]) or step.checked_on

    @api.depends("done_on")
    def _compute_state(self):
        for step in self:
            if step.state != "skipped":
                step.state = "done" if step.done_on else "todo"

    @api.depends("state", "done_on", "deadline", "not_before", "rule")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_breach(self):
        today = reference_date(self)
        for step in self:
            if step.state == "skipped":
                step.breach = False
                continue
            # A step done was in time by its own rule; the steps that waited for it don't make it late.
            last = step.deadline if step.state == "todo" else step._own_limit()
            step.breach = deadlines.breach(step.not_before, last, step.done_on or None, today)

    def _search_breach(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "=", "todo") & Domain("deadline", "<", reference_date(self))
        found = Domain.FALSE
        if "overdue" in value:
            found |= overdue
        if {"early", "late"} & set(value):
            done = self.search(Domain("state", "=", "done") & Domain("rule", "!=", False))
            found |= Domain("id", "in", done.filtered(lambda step: step.breach in value).ids)
        return found

    def _rule(self):
        return deadlines.Rule(self.rule or None, self.anchor or None, self.days)

    def _own_limit(self):
        self.ensure_one()
        if self.rule:
            return deadlines.latest(self._rule(), self.dossier_id._act_dates())
        return None

    def action_done(self):
        """Tick the step off today: its date on the dossier, or its own."""
        today = reference_date(self)
        for step in self:
            field = ACT_FIELDS.get(step.act)
            if field:
                step.dossier_id[field] = step.dossier_id[field] or today
            else:
                step.checked_on = today
            step.state = "done"

    def action_skip(self):
        self.state = "skipped"

    def action_undo(self):
        for step in self:
            field = ACT_FIELDS.get(step.act)
            if field:
                step.dossier_id[field] = False
            step.write({"checked_on": False, "state": "todo"})

    def _reminder_note(self):
        """Return what the activity about this step says, in the language of the context."""
        texts = [self.advice or ""]
        if self.keeps_right:
            texts.append(self.env._("Whoever misses this deadline loses the right to the aid."))
        return " ".join(filter(None, texts))
