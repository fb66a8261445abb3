# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.settings import reference_date


class DigitalChequeRoom(models.TransientModel):
    """Would an aid of this amount, granted on this day, fit below the de minimis ceiling?"""

    _name = "digital.cheque.room"
    _description = "Would an Aid Fit?"

    undertaking_id = fields.Many2one("digital.cheque.undertaking", string="Single Undertaking", required=True)
    currency_id = fields.Many2one(related="undertaking_id.currency_id")
    amount = fields.Monetary(string="Aid", help="What the authority would give, not what the project costs.")
    granted_on = fields.Date(required=True, default=reference_date)
    fits = fields.Selection(
        [("yes", "It fits"), ("no", "It does not fit"), ("unknown", "Unknown")], compute="_compute_answer"
    )
    answer = fields.Text(compute="_compute_answer")

    @api.depends("undertaking_id", "amount", "granted_on")
    @api.depends_context("lang")
    def _compute_answer(self):
        for question in self:
            if not (question.undertaking_id and question.granted_on and question.amount > 0):
                question.fits = question.answer = False
                continue
            fits, question.answer = question.undertaking_id._room_values(question.amount, question.granted_on)
            question.fits = {True: "yes", False: "no", None: "unknown"}[fits]
