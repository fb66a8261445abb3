# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.be_digital_cheque.models.digital_cheque_dossier_stage import KNOWINGLY
from odoo.addons.be_digital_cheque.tools.html import as_list
from odoo.addons.be_digital_cheque.tools.settings import reference_date


class PurchaseOrder(models.Model):
    """An order that would cost a dossier its aid says so before it is confirmed."""

    _inherit = "purchase.order"

    digital_cheque_warning = fields.Html(compute="_compute_digital_cheque_warning", string="Subsidy at Risk")

    def _digital_cheque_dossiers(self):
        """Return the dossiers that this order concerns: those that hold its lines, or all of its provider."""
        self.ensure_one()
        lines = self._origin.order_line.filtered(lambda line: not line.display_type)
        # sudo: a buyer without a role in the dossiers must be warned too
        costs = self.env["digital.cheque.dossier.cost"].sudo().search([("purchase_line_id", "in", lines.ids)])
        return self.env["digital.cheque.dossier"]._concerned_by(
            self.partner_id, self.company_id, costs, lines <= costs.purchase_line_id
        )

    def _digital_cheque_warnings(self):
        """Return pairs of (certain, text) about an order that is not confirmed: it would be placed today."""
        self.ensure_one()
        if self.state not in ("draft", "sent", "to approve") or not self.partner_id:
            return []
        return self._digital_cheque_dossiers()._cost_warnings(
            self.partner_id.commercial_partner_id, reference_date(self)
        )

    @api.depends("partner_id", "state", "company_id")
    def _compute_digital_cheque_warning(self):
        for order in self:
            order.digital_cheque_warning = as_list(text for _certain, text in order._digital_cheque_warnings())

    def button_confirm(self):
        reason = self.env.context.get(KNOWINGLY)
        found = {
            order: [text for certain, text in order._digital_cheque_warnings() if certain]
            for order in self
            if order.state in ("draft", "sent")
        }
        problems = [text for texts in found.values() for text in texts]
        if problems and not reason:
            return self.env["digital.cheque.knowingly"]._ask(self, "button_confirm", problems)
        for order, texts in found.items():
            if texts:
                order._digital_cheque_dossiers()._log_knowingly(texts, reason, document=order)
        return super().button_confirm()
