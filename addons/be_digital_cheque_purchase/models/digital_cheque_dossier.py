# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain


class DigitalChequeDossier(models.Model):
    _inherit = "digital.cheque.dossier"

    def action_link_orders(self):
        """Link the order lines of the provider within the period of the project that no dossier has yet."""
        self.ensure_one()
        first, last = self._period()
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("display_type", "=", False)
            & Domain("order_id.state", "!=", "cancel")
            & Domain("order_id.partner_id.commercial_partner_id", "=", self.provider_id.commercial_partner_id.id)
            & Domain("order_id.date_order", ">=", first)
        )
        if last:
            domain &= Domain("order_id.date_order", "<=", last)
        lines = self.env["purchase.order.line"].search(domain) if self.provider_id else []
        # sudo: a line that another dossier has is not offered, whoever may see that dossier
        taken = (
            self.sudo()
            .env["digital.cheque.dossier.cost"]
            .search(
                Domain("purchase_line_id", "in", [line.id for line in lines])
                | Domain("move_line_id.purchase_line_id", "in", [line.id for line in lines])
            )
        )
        known = taken.purchase_line_id | taken.move_line_id.purchase_line_id
        found = [line for line in lines if line.id not in known.ids]
        self.env["digital.cheque.dossier.cost"].create(
            [{"dossier_id": self.id, "purchase_line_id": line.id} for line in found]
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if found else "info",
                "message": self.env._("%s order lines linked.", len(found))
                if found
                else self.env._("No other order of this provider was found in the period of the project."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
