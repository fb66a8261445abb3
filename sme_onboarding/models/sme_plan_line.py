# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import plan


class SmePlanLine(models.Model):
    """One app in the plan of a firm: its place, by when, by whom."""

    _name = "sme.plan.line"
    _description = "Plan: App in a Plan"
    _order = "position, id"
    _rec_name = "app_id"

    plan_id = fields.Many2one("sme.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    app_id = fields.Many2one("sme.plan.app", required=True, ondelete="cascade", readonly=True)
    position = fields.Integer(string="Order", readonly=True)
    need_ids = fields.Many2many("sme.plan.need", string="Needs", readonly=True)
    serves_ids = fields.Many2many("sme.plan.app", string="Needed by", readonly=True)
    because = fields.Text(string="Why", compute="_compute_because")
    benefit = fields.Char(related="app_id.benefit")
    hours_month = fields.Float(related="app_id.hours_month")
    effort_hours = fields.Float(related="app_id.effort_hours")
    currency_id = fields.Many2one(related="app_id.currency_id")
    cost_once = fields.Monetary(related="app_id.cost_once")
    cost_year = fields.Monetary(related="app_id.cost_year")
    cost_note = fields.Char(related="app_id.cost_note")
    months_back = fields.Integer(
        string="Months to win it back", compute="_compute_months_back", help="Hours of work divided by hours saved."
    )
    aid = fields.Char(string="Public aid", compute="_compute_aid", help="What may pay a part, if it is known.")
    deadline = fields.Date()
    user_id = fields.Many2one("res.users", string="Who", domain=[("share", "=", False)])
    reason = fields.Char(string="Why not")
    queued = fields.Boolean(readonly=True)
    problem = fields.Char(string="What went wrong", readonly=True, help="When it was last installed from here.")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("queued", "To be installed now"),
            ("failed", "Failed"),
            ("installed", "Installed"),
            ("not_needed", "Not needed"),
            ("absent", "Not on this server"),
        ],
        string="Status",
        compute="_compute_state",
    )

    _app_unique = models.UniqueIndex("(plan_id, app_id)", "Each app is once in the plan.")

    @api.depends("need_ids", "serves_ids")
    @api.depends_context("lang")
    def _compute_because(self):
        for line in self:
            if line.need_ids:
                line.because = "\n".join(line.need_ids.mapped("why"))
            elif line.serves_ids:
                line.because = self.env._("Needed by: %s", ", ".join(line.serves_ids.mapped("name")))
            else:
                line.because = self.env._("Every firm needs it.")

    @api.depends("app_id.hours_month", "app_id.effort_hours")
    def _compute_months_back(self):
        for line in self:
            line.months_back = plan.months_to_earn_back(Decimal(str(line.hours_month)), Decimal(str(line.effort_hours)))

    def _compute_aid(self):
        """Known where an add-on looks for public aid by ``app_id.cost_kind``."""
        self.aid = False

    @api.depends("app_id.modules", "reason", "queued", "problem")
    def _compute_state(self):
        available = set(self.env["ir.module.module"].sudo().search([("state", "!=", "uninstallable")]).mapped("name"))
        for line in self:
            if line.app_id._is_installed():
                line.state = "installed"
            elif line.reason:
                line.state = "not_needed"
            elif not set(line.app_id._module_names()) <= available:
                line.state = "absent"
            elif line.queued:
                line.state = "queued"
            else:
                line.state = "failed" if line.problem else "planned"

    def action_open_app(self):
        """Open this line: date, person, reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_install(self):
        """Ask for a dry run of this app alone."""
        if self.state not in ("planned", "failed", "queued"):
            raise UserError(self.env._("There is nothing to install here."))
        return self.plan_id._dry_run(self)
