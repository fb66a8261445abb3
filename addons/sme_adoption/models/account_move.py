# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import funnel


class AccountMove(models.Model):
    _inherit = "account.move"

    sme_adoption_prompt = fields.Char(compute="_compute_sme_adoption_prompt", string="Worth telling this customer")

    @api.depends("state", "payment_state", "invoice_date_due", "partner_id")
    @api.depends_context("uid", "lang")
    def _compute_sme_adoption_prompt(self):
        """An invoice that is late is a moment to talk about paying online, or about seeing it in the portal."""
        self.sme_adoption_prompt = False
        rows = self.env["sme.adoption.customer"]
        if not rows.has_access("read"):
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
            place = rows.search(
                [
                    ("company_id", "=", move.company_id.id),
                    ("partner_id", "=", move.commercial_partner_id.id),
                    ("tool_id.code", "in", ("online_payment", "portal")),
                    ("stage", "in", (funnel.REACHABLE, funnel.INVITED, funnel.REMINDED)),
                ]
            ).sorted(lambda row: row.tool_id.code)[:1]
            if place.tool_id.code == "online_payment":
                move.sme_adoption_prompt = self.env._(
                    "Late, and this customer has never paid online: the link in the portal makes it one click."
                )
            elif place:
                move.sme_adoption_prompt = self.env._(
                    "Late, and this customer has never looked into the portal: all open invoices stand there."
                )

    def action_sme_adoption(self):
        """
        :return: dict, the action that shows how far the customer has come with each tool
        """
        self.ensure_one()
        return self.commercial_partner_id.action_sme_adoption()
