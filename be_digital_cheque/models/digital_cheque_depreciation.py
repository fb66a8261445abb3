# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class DigitalChequeDepreciation(models.Model):
    """A line of the depreciation plan of an aided asset; the capital grant is released in step with it.

    Odoo Community keeps no assets: the plan is entered, or filled in straight-line, on the dossier.
    """

    _name = "digital.cheque.depreciation"
    _description = "Depreciation of an Aided Asset"
    _order = "dossier_id, date, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    date = fields.Date(string="Depreciated On", required=True, index=True)
    amount = fields.Monetary(string="Depreciation", required=True)
    move_id = fields.Many2one(
        "account.move", string="Release", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )
    released = fields.Monetary(compute="_compute_released", compute_sudo=True)
    state = fields.Selection(
        [("planned", "To come"), ("draft", "To be posted"), ("posted", "Released")],
        compute="_compute_released",
        compute_sudo=True,  # everybody who sees the dossier sees how far it is, accountant or not
    )

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A depreciation is more than zero.")

    @api.depends("move_id.state", "move_id.line_ids.amount_currency", "move_id.line_ids.digital_cheque_role")
    def _compute_released(self):
        for line in self:
            state = line.move_id.state
            line.state = state if state in ("draft", "posted") else "planned"
            line.released = -sum(
                line.move_id.line_ids.filtered(
                    lambda item: item.digital_cheque_role in ("capital_income", "tax_income")
                ).mapped("amount_currency")
            )

    def _is_booked(self):
        """Tell whether the line's release stands in the books, posted or to be posted."""
        # sudo: see the field `state`
        return bool(self.move_id) and self.sudo().move_id.state != "cancel"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        if any(line._is_booked() for line in self):
            raise UserError(self.env._("A release of this depreciation is booked. Take that entry back first."))

    def write(self, vals):
        if {"date", "amount", "dossier_id"} & vals.keys() and any(line._is_booked() for line in self):
            raise UserError(self.env._("A release of this depreciation is booked. Take that entry back first."))
        return super().write(vals)
