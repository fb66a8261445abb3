# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import stages
from ..models.digital_cheque_dossier import STATES
from ..models.digital_cheque_dossier_stage import KNOWINGLY, STAGE_DATES
from ..tools.settings import reference_date


class DigitalChequeDossierMove(models.TransientModel):
    """Brings a dossier to its next stage: asks what the stage needs and says what it costs."""

    _name = "digital.cheque.dossier.move"
    _description = "Next Stage of a Dossier"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    target = fields.Selection(STATES, string="Becomes", required=True, readonly=True)
    date = fields.Date(compute="_compute_date", store=True, readonly=False)
    needs_date = fields.Boolean(compute="_compute_date", store=True)
    planned_cost = fields.Monetary(
        compute="_compute_amounts", store=True, readonly=False, string="Planned Cost (excl. VAT)"
    )
    amount = fields.Monetary(compute="_compute_amounts", store=True, readonly=False)
    needs_cost = fields.Boolean(compute="_compute_amounts", store=True)
    needs_amount = fields.Boolean(compute="_compute_amounts", store=True)
    reference = fields.Char(string="Number at the Authority", related="dossier_id.authority_reference", readonly=False)
    problems = fields.Text(compute="_compute_problems", string="Careful")
    reason = fields.Char(string="I Know, and Go On Because")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        dossier = self.env["digital.cheque.dossier"].browse(values.get("dossier_id"))
        if dossier and "target" in fields_list and not values.get("target"):
            values["target"] = dossier._next_stages()[0]
        return values

    @api.depends("target", "dossier_id")
    def _compute_date(self):
        for wizard in self:
            name = STAGE_DATES.get(wizard.target)
            wizard.needs_date = bool(name)
            wizard.date = name and (wizard.dossier_id[name] or reference_date(wizard))

    @api.depends("target", "dossier_id")
    def _compute_amounts(self):
        for wizard in self:
            dossier = wizard.dossier_id
            wizard.needs_cost = wizard.target in (stages.PREPARED, stages.SUBMITTED)
            wizard.needs_amount = wizard.target in (stages.GRANTED, stages.PAID)
            wizard.planned_cost = dossier.planned_cost
            if wizard.target == stages.GRANTED:
                wizard.amount = dossier.granted_amount or dossier.expected_aid
            else:
                wizard.amount = dossier.paid_amount or dossier.granted_amount

    def _changes(self):
        self.ensure_one()
        changes = {"state": self.target}
        if self.needs_date:
            changes[STAGE_DATES[self.target]] = self.date
        if self.needs_cost:
            changes["planned_cost"] = self.planned_cost
        if self.needs_amount:
            changes["granted_amount" if self.target == stages.GRANTED else "paid_amount"] = self.amount
        return changes

    @api.depends("target", "date", "dossier_id")
    def _compute_problems(self):
        for wizard in self:
            problems = wizard.target and wizard.dossier_id and wizard.dossier_id._right_problems(wizard._changes())
            wizard.problems = "\n".join(problems or []) or False

    def action_confirm(self):
        self.ensure_one()
        if self.problems and not (self.reason or "").strip():
            raise UserError(self.env._("Say why you go on although: %s", self.problems))
        self.dossier_id.with_context(**{KNOWINGLY: self.reason}).write(self._changes())
        return {"type": "ir.actions.act_window_close"}
