# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    sme_adoption_prompt = fields.Char(compute="_compute_sme_adoption_prompt", string="Worth telling this customer")

    @api.depends("state", "payment_state", "invoice_date_due", "partner_id")
    @api.depends_context("uid", "lang")
    def _compute_sme_adoption_prompt(self):
        """An invoice that is late is a moment to talk about paying online, or about seeing it in the portal."""
        self.sme_adoption_prompt = False
        if not self.env["sme.adoption.customer"].has_access("read"):
            return
        today = fields.Date.context_today(self)
        for move in self:
            if (
                move.state != "posted"
                or move.move_type != "out_invoice"
                or move.payment_state not in ("not_paid", "partial")
                or not move.invoice_date_due
                or move.invoice_date_due >= today
            ):
                continue
            customer = move.commercial_partner_id.with_company(move.company_id)
            move.sme_adoption_prompt = customer._sme_adoption_late_prompt()

    def action_sme_adoption(self):
        """
        :return: dict, the action that shows how far the customer has come with each tool
        """
        self.ensure_one()
        return self.commercial_partner_id.action_sme_adoption()
