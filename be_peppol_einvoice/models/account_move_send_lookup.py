# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _generate_and_send_invoices(self, moves, *args, **kwargs):
        """Before invoices leave, look up the customers of whom the answer is too old.

        Single sending, batches and the scheduled job all pass here. A customer who joined Peppol yesterday gets an
        e-invoice today, and one who left is not sent to nobody.
        """
        self.env["res.partner"]._peppol_refresh(
            (move.company_id, move.commercial_partner_id)
            for move in moves
            if move.is_sale_document(include_receipts=True) or move._is_exportable_as_self_invoice()
        )
        return super()._generate_and_send_invoices(moves, *args, **kwargs)
