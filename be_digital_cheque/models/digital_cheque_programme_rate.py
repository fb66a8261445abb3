# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.snapshot import percentage, percentage_range


class DigitalChequeProgrammeRate(models.Model):
    """Share of the eligible cost that is aid, or, for a tax measure, that may be deducted from the tax base."""

    _name = "digital.cheque.programme.rate"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Rate of a Programme's Rules"
    _judged_by = True

    cost_kind_ids = fields.Many2many(
        "digital.cheque.cost.kind", string="For These Costs Only", help="Empty: for all that the rules cover."
    )
    rate = fields.Float(
        digits=(6, 4), required=True, help="Share of the eligible cost excl. VAT; the lowest one if there is a range."
    )
    rate_max = fields.Float(
        string="Up To",
        digits=(6, 4),
        compute="_compute_rate_max",
        store=True,
        readonly=False,
        precompute=True,
        help="Rate with all bonuses. The same as the rate where there is none.",
    )
    text = fields.Char(string="In Words", compute="_compute_text")

    _rate_positive = models.Constraint(
        "CHECK (rate > 0 AND rate_max >= rate)",
        "A rate is more than 0%, and “up to” is not lower than the rate. Leave a rate that you do not know out.",
    )

    @api.depends("rate")
    def _compute_rate_max(self):
        for figure in self:
            figure.rate_max = max(figure.rate, figure.rate_max)

    @api.depends("rate", "rate_max")
    @api.depends_context("lang")
    def _compute_text(self):
        for figure in self:
            figure.text = percentage_range(self.env, figure.rate, figure.rate_max)

    @api.depends("text", "purpose", "size")
    @api.depends_context("lang")
    def _compute_display_name(self):
        sizes = dict(self._fields["size"]._description_selection(self.env))
        for figure in self:
            label = " · ".join(filter(None, [sizes.get(figure.size), figure.purpose]))
            figure.display_name = f"{figure.version_id.period}: {figure.text} ({label})"

    @api.constrains("rate", "rate_max", "version_id")
    def _check_rate_max(self):
        for figure in self:
            tax_measure = figure.version_id.programme_id.aid_form == "tax"
            if figure.rate_max > (2 if tax_measure else 1):
                raise ValidationError(
                    self.env._(
                        "%(rate)s is too high: aid cannot exceed the cost, and a tax deduction 200%% of it.",
                        rate=percentage(self.env, figure.rate_max),
                    )
                )
