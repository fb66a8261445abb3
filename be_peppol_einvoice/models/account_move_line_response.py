# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_post_hook(self, data):
        """Core tells of bills that were paid in whole; their suppliers also hear of a part."""
        result = super()._reconcile_post_hook(data)
        bills = data.get("not_paid_invoices", self.env["account.move"])
        bills.filtered(lambda bill: bill.payment_state == "partial")._einvoice_paid_in_part()
        return result
