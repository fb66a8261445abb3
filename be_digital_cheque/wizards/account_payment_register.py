# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..models.digital_cheque_dossier_stage import KNOWINGLY


class AccountPaymentRegister(models.TransientModel):
    """Paying a provider earlier than the programme allows is said before the payment is made."""

    _inherit = "account.payment.register"

    def action_create_payments(self):
        moves = self.line_ids.move_id
        warned = [
            (dossiers, dossiers._payment_warnings(self.payment_date))
            for move in moves
            if (dossiers := move._digital_cheque_dossiers())
        ]
        problems = list(dict.fromkeys(text for _dossiers, found in warned for _certain, text in found))
        reason = self.env.context.get(KNOWINGLY)
        if problems and not reason:
            return self.env["digital.cheque.knowingly"]._ask(self, "action_create_payments", problems)
        for dossiers, found in warned:
            if found:
                dossiers._log_knowingly([text for _certain, text in found], reason)
        return super().action_create_payments()
