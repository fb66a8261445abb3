# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ValidateAccountMove(models.TransientModel):
    """Confirming several bills at once asks the same."""

    _inherit = "validate.account.move"

    def validate_move(self):
        stop = self.move_ids._digital_cheque_stop("validate_move", self)
        return stop or super().validate_move()
