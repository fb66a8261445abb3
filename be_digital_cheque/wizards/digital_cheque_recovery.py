# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import entries


class DigitalChequeRecovery(models.TransientModel):
    """The authority takes aid back, in whole or in part."""

    _name = "digital.cheque.recovery"
    _description = "Aid Taken Back"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True)
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False, precompute=True, required=True)
    date = fields.Date(string="Decision Of", required=True, default=fields.Date.context_today)
    reason = fields.Char(required=True, help="Noted on the dossier.")

    @api.depends("dossier_id")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = wizard.dossier_id.booked_aid

    def action_confirm(self):
        """Make the draft entry that takes the aid out of the accounts in which it stands."""
        self.ensure_one()
        dossier = self.dossier_id
        foreign, local = dossier._both(
            lambda held, unit, amount: entries.recovery(held, amount, self.date, unit).items,
            dossier._decimal(self.amount),
        )
        move = dossier._draft_entry("recovery", foreign, local, self.date)
        move.ref = f"{move.ref} ({self.reason})"
        dossier.message_post(body=self.reason)
        return dossier._open_entries(move)
