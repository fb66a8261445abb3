# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def action_undo_reconciliation(self):
        """A transaction whose match is undone is no longer money of a dossier."""
        paying = self.move_id._digital_cheque_paying()
        result = super().action_undo_reconciliation()
        self.move_id.filtered("digital_cheque_dossier_id").write(
            {"digital_cheque_dossier_id": False, "digital_cheque_kind": False}
        )
        paying._note_payments(withdrawn=True)
        return result
