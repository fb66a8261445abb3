# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal
from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_amount, format_date

from ..engine import de_minimis
from ..tools.settings import euro, reference_date


class DigitalChequeUndertaking(models.Model):
    """A single undertaking: the enterprises that share one ceiling for de minimis aid.

    Enterprises belong together where one has the majority of the votes in the other, appoints its management, or
    controls it by contract or statutes, directly or through others (article 2(2) of Regulation (EU) 2023/2831).
    """

    _name = "digital.cheque.undertaking"
    _inherit = ["mail.thread"]
    _description = "Single Undertaking"
    _order = "name"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_ids = fields.Many2many(
        "res.company",
        string="Companies Here",
        required=True,
        default=lambda self: self.env.company,
        help="Companies of this database that belong to the undertaking.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Other Enterprises",
        domain=[("is_company", "=", True)],
        help="Linked enterprises outside this database. Their aid counts too.",
    )
    member_ids = fields.Many2many(
        "res.partner", string="Enterprises", compute="_compute_member_ids", help="All enterprises of the undertaking."
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        string="Language of Documents",
        default=lambda self: self.env.company.partner_id.lang or self.env.lang,
    )
    fiscal_month = fields.Integer(
        string="First Month of the Fiscal Year",
        required=True,
        default=1,
        help="Before 2024 aid was counted by fiscal years; since then day by day.",
    )
    aid_ids = fields.One2many("digital.cheque.aid", "undertaking_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    _fiscal_month_of_the_year = models.Constraint(
        "CHECK (fiscal_month BETWEEN 1 AND 12)", "The first month of the fiscal year is a number from 1 to 12."
    )

    ceiling = fields.Monetary(compute="_compute_room", help="Ceiling of the rules in force today.")
    counted = fields.Monetary(compute="_compute_room", help="Aid granted in the three years that end today.")
    room = fields.Monetary(compute="_compute_room")
    excess = fields.Monetary(string="Above the Ceiling", compute="_compute_room")
    planned = fields.Monetary(
        string="Applied For", compute="_compute_room", help="Applied for and not granted yet: it does not count yet."
    )
    regulation = fields.Char(compute="_compute_room")
    room_timeline = fields.Json(compute="_compute_room", help="Days and amounts of the chart.")
    next_change = fields.Char(string="Room Comes Back", compute="_compute_room")

    @api.depends("company_ids.partner_id", "partner_ids")
    def _compute_member_ids(self):
        for undertaking in self:
            undertaking.member_ids = undertaking.company_ids.partner_id | undertaking.partner_ids

    def _compute_currency_id(self):
        # the ceilings of the regulations are in euros, whatever currency the books are kept in
        self.currency_id = euro(self.env)

    @api.depends("aid_ids.state", "aid_ids.kind", "aid_ids.granted_on", "aid_ids.amount", "fiscal_month")
    @api.depends_context("digital_cheque_date", "tz", "lang")
    def _compute_room(self):
        today = reference_date(self)
        for undertaking in self:
            register = undertaking._aid_register()
            then = register.room(today)
            undertaking.ceiling = then.regime.ceiling if then else 0
            undertaking.counted = then.counted if then else 0
            undertaking.room = then.left if then else 0
            undertaking.excess = then.excess if then else 0
            undertaking.regulation = then.regime.number if then else False
            undertaking.planned = sum(undertaking.aid_ids.filtered(lambda aid: aid.state == "planned").mapped("amount"))
            steps = register.timeline(today, de_minimis.REGIMES[de_minimis.GENERAL][-1].valid_to)
            undertaking.room_timeline = [
                {"on": step.on.isoformat(), "left": float(step.left), "excess": float(step.excess)} for step in steps
            ]
            back = next((step for before, step in pairwise(steps) if step.left > before.left), None)
            undertaking.next_change = back and self.env._(
                "%(date)s: %(amount)s",
                date=format_date(self.env, back.on),
                amount=undertaking._euros(back.left),
            )

    @api.constrains("company_ids", "partner_ids")
    def _check_members(self):
        for undertaking in self:
            if not undertaking.company_ids:
                raise ValidationError(self.env._("A single undertaking needs at least one company of this database."))
            # sudo: an enterprise belongs to one undertaking only, also where the other is not visible to the user
            other = self.sudo().search(
                Domain("id", "!=", undertaking.id)
                & (
                    Domain("company_ids", "in", undertaking.company_ids.ids)
                    | Domain("partner_ids", "in", undertaking.partner_ids.ids)
                ),
                limit=1,
            )
            if other:
                shared = (undertaking.company_ids & other.company_ids).partner_id | (
                    undertaking.partner_ids & other.partner_ids
                )
                raise ValidationError(
                    self.env._(
                        "%(enterprise)s already belongs to another single undertaking. An enterprise counts in one "
                        "only.",
                        enterprise=shared[:1].display_name,
                    )
                )
            outside = undertaking.aid_ids.beneficiary_id - undertaking.member_ids
            if outside:
                raise ValidationError(
                    self.env._(
                        "%(enterprise)s received aid that is entered here. Move or withdraw that aid before you take "
                        "the enterprise out of the undertaking.",
                        enterprise=outside[:1].display_name,
                    )
                )

    @api.model
    def _of_company(self, company):
        """Return the undertaking of a company; where it has none, make one of the company alone."""
        # sudo: which undertaking a company belongs to does not depend on the user
        found = self.sudo().search([("company_ids", "in", company.ids)], limit=1).sudo(False)
        return found or self.create({"name": company.name, "company_ids": [fields.Command.set(company.ids)]})

    def _fiscal_year_start(self):
        return self.fiscal_month, 1

    def _grants(self, excluding=None):
        """Return the granted aid as the engine's grants, but for that of the records ``excluding``."""
        self.ensure_one()
        granted = self.aid_ids.filtered(lambda aid: aid.state == "granted" and aid.granted_on)
        return [aid._grant() for aid in granted - (excluding or self.env["digital.cheque.aid"])]

    def _aid_register(self, kind=de_minimis.GENERAL):
        self.ensure_one()
        return de_minimis.Register(self._grants(), kind, self._fiscal_year_start())

    def _fits(self, amount, on, kind=de_minimis.GENERAL, excluding=None):
        """Judge an aid that is not granted yet.

        :param amount: euros, a Decimal.
        :param on: the day on which it would be granted.
        :return: (None where it fits else the worst :class:`~..engine.de_minimis.Room`, first day on which it fits or
            None)
        """
        self.ensure_one()
        grants, start = self._grants(excluding), self._fiscal_year_start()
        exceeded = de_minimis.exceeded_by(grants, de_minimis.Grant(on, amount, kind), start)
        return exceeded, exceeded and de_minimis.free_from(grants, amount, on, kind, start)

    def _euros(self, amount):
        """Return an amount, a Decimal of euros, as the user reads it."""
        return format_amount(self.env, float(amount), euro(self.env))

    def _explain_excess(self, amount, exceeded, free_from):
        """Return in words why an aid does not fit, and when it will."""

        text = self.env._(
            "With this aid of %(amount)s the undertaking would have received %(total)s in the three years to %(date)s. "
            "The ceiling of Regulation (EU) %(regulation)s is %(ceiling)s: %(excess)s too much. None of an aid that "
            "exceeds the ceiling may be given as de minimis aid.",
            amount=self._euros(amount),
            total=self._euros(exceeded.counted),
            date=format_date(self.env, exceeded.on),
            regulation=exceeded.regime.number,
            ceiling=self._euros(exceeded.regime.ceiling),
            excess=self._euros(exceeded.excess),
        )
        if free_from:
            text += " " + self.env._("It would fit from %(date)s on.", date=format_date(self.env, free_from))
        return text

    @api.model
    def action_open_mine(self):
        """Open the undertaking of the current company; several undertakings: their list."""
        action = self.env["ir.actions.act_window"]._for_xml_id("be_digital_cheque.digital_cheque_undertaking_action")
        if len(self.env.companies) == 1:
            mine = self.search([("company_ids", "in", self.env.company.ids)], limit=1)
            if mine or self.has_access("create"):
                mine = mine or self._of_company(self.env.company)
                action.update(res_id=mine.id, view_mode="form,list", views=[(False, "form"), (False, "list")])
        return action

    def _room_values(self, amount, on):
        """Return the answer to "would it fit?" as ``(fits, text)``; ``fits`` is None where no rules are known."""
        self.ensure_one()
        amount = Decimal(str(amount))
        if de_minimis.regime(on) is None:
            return None, self.env._("No rules are known for that day: the regulation ends on 31 December 2030.")
        exceeded, free_from = self._fits(amount, on)
        if exceeded:
            return False, self._explain_excess(amount, exceeded, free_from)
        left = self._aid_register().room(on).left - amount
        return True, self.env._(
            "It fits. After it %(left)s would be left on that day.",
            left=self._euros(left),
        )
