# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class DigitalChequeDossierCost(models.Model):
    """A cost that is ordered follows its order until the bill comes, then the bill."""

    _inherit = "digital.cheque.dossier.cost"

    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        string="Line of a Purchase Order",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id), ('display_type', '=', False)]",
    )
    purchase_order_id = fields.Many2one(related="purchase_line_id.order_id", store=True, index="btree_not_null")

    @api.depends(
        "purchase_line_id.price_subtotal",
        "purchase_line_id.currency_id",
        "purchase_line_id.name",
        "purchase_order_id.date_order",
        "purchase_order_id.partner_id",
    )
    def _compute_source(self):
        result = super()._compute_source()
        for cost in self:
            # sudo: who keeps dossiers need not buy; the lines were linked by somebody who sees them
            line = cost.sudo().purchase_line_id
            if not line or cost.sudo().move_line_id:
                continue
            day = line.order_id.date_approve or line.order_id.date_order
            cost.date = fields.Datetime.context_timestamp(cost, day).date() if day else False
            cost.partner_id = line.order_id.partner_id.commercial_partner_id
            cost.name = cost.name or line.name
            cost.amount = line.currency_id._convert(
                line.price_subtotal, cost.currency_id, line.company_id, cost.date or fields.Date.today()
            )
        return result

    @api.depends("purchase_order_id.state")
    def _compute_state(self):
        result = super()._compute_state()
        for cost in self:
            order = cost.sudo().purchase_order_id  # sudo: as above
            if order and not cost.sudo().move_line_id:
                cost.state = "committed" if order.state == "purchase" else "planned"
        return result

    def _source_domain(self):
        """A bill line and the order line that it bills are the same cost."""
        domain = super()._source_domain()
        # sudo: as above
        orders = self.sudo().purchase_line_id | self.sudo().move_line_id.purchase_line_id
        if not orders:
            return domain
        ordered = Domain("purchase_line_id", "in", orders.ids)
        if domain is None:
            return ordered | Domain("move_line_id.purchase_line_id", "in", orders.ids)
        # two bills of one order are two costs; the order itself is neither
        return domain | (ordered & Domain("move_line_id", "=", False))

    @api.model
    def _follow_bills(self, moves):
        """Have the costs that were ordered follow the bills of their orders; a second bill is a cost of its own."""
        # sudo: as above
        for line in moves.sudo().invoice_line_ids.filtered("purchase_line_id"):
            costs = self.sudo().search(
                Domain("purchase_line_id", "=", line.purchase_line_id.id) & Domain("move_line_id", "=", False)
            )
            for cost in costs:
                cost.move_line_id = line
