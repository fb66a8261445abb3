# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models

from ..engine import plan


class SmePlanApp(models.Model):
    """An app that a plan may propose, with what it brings and costs. All figures are estimates that one may change."""

    _name = "sme.plan.app"
    _description = "Plan: App"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Technical name, does not change.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    modules = fields.Char(required=True, help="Technical names of what is installed, separated by commas.")
    need_ids = fields.Many2many("sme.plan.need", string="Serves", help="Without one, every firm needs the app.")
    after_ids = fields.Many2many(
        "sme.plan.app", "sme_plan_app_after_rel", "app_id", "after_id", string="Comes After", help="In place first."
    )
    benefit = fields.Char(string="What it brings", required=True, translate=True)
    hours_month = fields.Float(string="Hours saved a month", help="Estimate for a firm of some persons.")
    effort_hours = fields.Float(string="Hours to set it up", help="Estimate, training included.")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.ref("base.EUR"))
    cost_once = fields.Monetary(string="To be bought", help="Estimate of what has to be bought, excluding VAT.")
    cost_year = fields.Monetary(string="Cost a year", help="Estimate, excluding VAT.")
    cost_note = fields.Char(string="About the cost", translate=True)
    cost_kind = fields.Char(
        string="Kind of cost", help="Code of the kind of cost by which Digital Cheque looks for public aid."
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is already an app with this code.")
    _not_negative = models.Constraint(
        "CHECK (hours_month >= 0 AND effort_hours >= 0 AND cost_once >= 0 AND cost_year >= 0)",
        "Hours and costs are not negative.",
    )

    def _module_names(self):
        """:return: list of str"""
        self.ensure_one()
        return [name for name in (self.modules or "").replace(" ", "").split(",") if name]

    def _is_installed(self):
        return set(self._module_names()) <= set(self.env["ir.module.module"]._installed())

    def _catalogue(self):
        """:return: list of engine.plan.App; what an app that is archived would have to come after is left out"""
        return [
            plan.App(
                code=app.code,
                needs=frozenset(app.need_ids.mapped("code")),
                after=tuple((app.after_ids & self).mapped("code")),
                benefit=Decimal(str(app.hours_month)),
                effort=Decimal(str(app.effort_hours)),
                installed=app._is_installed(),
            )
            for app in self
        ]
