# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .digital_cheque_programme_step import ACTS


class DigitalChequeDossierStep(models.Model):
    """One step of a dossier's checklist, taken over from the rules by which the dossier is judged."""

    _name = "digital.cheque.dossier.step"
    _description = "Step of a Subsidy Dossier"
    _order = "dossier_id, sequence, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    programme_step_id = fields.Many2one("digital.cheque.programme.step", ondelete="set null", readonly=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    act = fields.Selection(ACTS, required=True, default="other")
    advice = fields.Text(translate=True)
    keeps_right = fields.Boolean(string="Aid Is Lost Otherwise")
    not_before = fields.Date()
    deadline = fields.Date(index=True)
    done_on = fields.Date()
    state = fields.Selection(
        [("todo", "To do"), ("done", "Done"), ("skipped", "Not needed")], required=True, default="todo", index=True
    )
    user_id = fields.Many2one(related="dossier_id.user_id", store=True)
