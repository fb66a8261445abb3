# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr

from ..engine import size


class BeSizeYear(models.Model):
    """The three figures of one closed year on which an enterprise's size depends. An empty figure is not known."""

    _name = "be.size.year"
    _description = "Figures of a closed year"
    _order = "partner_id, closed_on desc"

    partner_id = fields.Many2one("res.partner", string="Company", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(
        related="partner_id.company_id", string="Visible to", store=True, index="btree_not_null"
    )
    closed_on = fields.Date(string="Closed on", required=True, help="Date of the balance sheet.")
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, default=lambda self: self.env.ref("base.EUR")
    )
    staff = fields.Float(string="Staff (FTE)", digits=(12, 2), help="Annual average in full-time equivalents.")
    staff_known = fields.Boolean(compute="_compute_staff_known", store=True, readonly=False)
    turnover = fields.Monetary(help="Yearly turnover without VAT.")
    turnover_known = fields.Boolean(compute="_compute_turnover_known", store=True, readonly=False)
    balance = fields.Monetary(string="Balance sheet total")
    balance_known = fields.Boolean(compute="_compute_balance_known", store=True, readonly=False)

    _year_unique = models.Constraint("unique (partner_id, closed_on)", "This year is already there for this company.")
    _not_negative = models.Constraint(
        "check (staff >= 0 and turnover >= 0 and balance >= 0)",
        "Staff, turnover and balance sheet total are not negative.",
    )

    @api.depends("staff")
    def _compute_staff_known(self):
        for record in self:
            record.staff_known = bool(record.staff) or record.staff_known

    @api.depends("turnover")
    def _compute_turnover_known(self):
        for record in self:
            record.turnover_known = bool(record.turnover) or record.turnover_known

    @api.depends("balance")
    def _compute_balance_known(self):
        for record in self:
            record.balance_known = bool(record.balance) or record.balance_known

    @api.constrains("closed_on")
    def _check_closed_on(self):
        for record in self:
            if record.closed_on > fields.Date.context_today(record):
                raise ValidationError(self.env._("A year that is not closed yet cannot be entered."))

    @api.depends("partner_id", "closed_on")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.partner_id.display_name or ''} {record.closed_on or ''}".strip()

    def _figures(self):
        """Return the engine's year: exact decimals, None for what is not known."""
        self.ensure_one()

        def exact(value, known, digits):
            return Decimal(float_repr(value, digits)) if known else None

        return size.Year(
            self.closed_on,
            exact(self.staff, self.staff_known, 2),
            exact(self.turnover, self.turnover_known, self.currency_id.decimal_places),
            exact(self.balance, self.balance_known, self.currency_id.decimal_places),
        )
