# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine import plan


class SmePlan(models.Model):
    """What to do: the apps that a firm needs, in order, dated, with what they bring and cost. One for each company."""

    _name = "sme.plan"
    _description = "Plan"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="cascade",
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    trade_id = fields.Many2one("sme.plan.trade", ondelete="restrict")
    trade_source = fields.Char(string="How we know", compute="_compute_trade_source")
    staff = fields.Integer(string="People at work", help="You included. 0: not known.")
    hours_week = fields.Float(
        string="Hours a week for it", default=4, required=True, help="What somebody can put into the change each week."
    )
    user_id = fields.Many2one(
        "res.users", string="Responsible", default=lambda self: self.env.user, domain=[("share", "=", False)]
    )
    answer_ids = fields.One2many("sme.plan.answer", "plan_id", string="Questions")
    line_ids = fields.One2many("sme.plan.line", "plan_id", string="Apps")
    undecided_ids = fields.Many2many("sme.plan.app", string="To decide", readonly=True)
    made_on = fields.Date(readonly=True)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.ref("base.EUR"), required=True)
    effort_hours = fields.Float(string="Hours of work left", compute="_compute_totals")
    hours_month = fields.Float(string="Hours saved a month, then", compute="_compute_totals")
    cost_once = fields.Monetary(string="To be bought", compute="_compute_totals")
    cost_year = fields.Monetary(string="Cost a year", compute="_compute_totals")
    to_install = fields.Integer(compute="_compute_totals")
    queued = fields.Integer(compute="_compute_totals")

    _company_unique = models.UniqueIndex("(company_id)", "A company has one plan.")

    @api.constrains("hours_week", "staff")
    def _check_figures(self):
        for record in self:
            if record.hours_week <= 0:
                raise ValidationError(self.env._("Say how many hours a week somebody has for it: more than zero."))
            if record.staff < 0:
                raise ValidationError(self.env._("The number of people is not negative."))

    @api.depends("company_id", "trade_id")
    @api.depends_context("lang")
    def _compute_trade_source(self):
        for record in self:
            trade, activity = record._proposed_trade()
            if trade and trade == record.trade_id:
                record.trade_source = self.env._("From your activity: %s", activity.display_name)
            elif trade:
                record.trade_source = self.env._("Your activity says: %s", trade.name)
            elif record._activities():
                record.trade_source = self.env._("No trade fits your activity codes: choose the nearest one.")
            else:
                record.trade_source = self.env._("Your firm has no activity code yet: choose the trade yourself.")

    @api.depends("line_ids", "line_ids.reason", "line_ids.queued")
    def _compute_totals(self):
        for record in self:
            open_lines = record._open_lines()
            counted = record.line_ids.filtered(lambda line: line.state != "not_needed")
            record.effort_hours = sum(open_lines.mapped("effort_hours"))
            record.hours_month = sum(open_lines.mapped("hours_month"))
            record.cost_once = sum(open_lines.mapped("cost_once"))
            record.cost_year = sum(counted.mapped("cost_year"))
            record.to_install = len(open_lines)
            record.queued = len(record.line_ids.filtered(lambda line: line.state == "queued"))

    def _open_lines(self):
        return self.line_ids.filtered(lambda line: line.state in ("planned", "failed", "queued"))

    # ------------------------------------------------------------------------------------------------- proposing

    def _activities(self):
        """:return: be.nace.code, what the firm does, the main activity of its principal seat first"""
        self.ensure_one()
        partner = self.company_id.partner_id
        seats = partner.be_principal_seat_id | partner.be_establishment_ids
        return seats.main_nace_id | seats.nace_ids

    def _proposed_trade(self):
        """:return: (sme.plan.trade, the be.nace.code that says so), both empty where nothing is known"""
        activities = self._activities()
        trades = self.env["sme.plan.trade"].search(fields.Domain.TRUE)
        for activity in activities:
            code = plan.propose_trade(
                [(trade.code, trade._prefixes()) for trade in trades], [(activity.version, activity.code)]
            )
            if code:
                return trades.filtered_domain([("code", "=", code)]), activity
        return trades.browse(), activities.browse()

    def _known_staff(self):
        """:return: int or None: what was entered, else the closed year, else the number of users"""
        if self.staff:
            return self.staff
        # sudo: the figures of a closed year are for bookkeepers; here they only decide what is asked first.
        years = self.company_id.sudo().be_size_year_ids.filtered("staff_known").sorted("closed_on")
        return round(years[-1].staff) if years else None

    def _seen_needs(self):
        """The needs that an installed app serves. It must serve nothing else, or nobody knows which."""
        apps = self.env["sme.plan.app"].search(fields.Domain.TRUE)
        return apps.filtered(lambda app: len(app.need_ids) == 1 and app._is_installed()).need_ids

    @api.model
    def _of_company(self, company):
        """The plan of a company, made with what is known of it where there is none yet.

        :param company: res.company
        """
        found = self.search([("company_id", "=", company.id)], limit=1)
        if not found:
            found = self.create({"company_id": company.id})
            found.trade_id = found._proposed_trade()[0]
            found.staff = found._known_staff() or 0
            found._propose_answers()
        return found

    def _propose_answers(self):
        """Answer what is usual or seen; what somebody answered stays."""
        self.ensure_one()
        needs = self.env["sme.plan.need"].search(fields.Domain.TRUE)
        proposed = self._proposed_answers(needs, self._known_staff())
        for answer in self.answer_ids.filtered(lambda answer: answer.origin != "given" and answer.need_id in needs):
            answer.value, answer.origin = proposed[answer.need_id.code]
        new = needs - self.answer_ids.need_id
        self.env["sme.plan.answer"].create(
            [
                {"plan_id": self.id, "need_id": need.id, "value": value, "origin": origin}
                for need, (value, origin) in ((need, proposed[need.code]) for need in new)
            ]
        )

    def _proposed_answers(self, needs, staff):
        """:return: dict need code → (answer, who says so)"""
        seen = set(self._seen_needs().mapped("code"))
        usual = set(self.trade_id.need_ids.mapped("code"))
        proposed = plan.usual_answers([(need.code, need.from_staff) for need in needs], usual, seen, staff)

        def origin(code, value):
            if code in seen:
                return "seen"
            if code in usual:
                return "trade"
            return "staff" if value != plan.UNKNOWN else False

        return {code: (value, origin(code, value)) for code, value in proposed.items()}

    @api.onchange("trade_id", "staff")
    def _onchange_trade(self):
        # Shown at once; kept when the plan is made.
        needs = self.env["sme.plan.need"].browse(self.answer_ids.need_id.ids)
        proposed = self._proposed_answers(needs, self.staff or None)
        for answer in self.answer_ids:
            if answer.origin != "given":
                answer.value, answer.origin = proposed[answer.need_id.code]

    # ------------------------------------------------------------------------------------------------- making

    def action_make(self):
        """Put the apps in order and date them. Dates and persons that were given stay."""
        self.ensure_one()
        self.check_access("write")
        self._propose_answers()
        apps = self.env["sme.plan.app"].search(fields.Domain.TRUE)
        by_code = {app.code: app for app in apps}
        answers = {answer.need_id.code: answer.value for answer in self.answer_ids}
        try:
            made = plan.make_plan(apps._catalogue(), answers)
        except plan.PlanError as error:
            raise UserError(
                self.env._("These apps wait for each other, so no order exists: %s", ", ".join(error.codes))
            ) from error
        needs = {need.code: need.id for need in self.answer_ids.need_id}
        present = {line.app_id: line for line in self.line_ids}
        kept = self.env["sme.plan.line"]
        for position, entry in enumerate(made.entries, 1):
            values = {
                "position": position,
                "need_ids": [(6, 0, [needs[code] for code in entry.because if code in needs])],
                "serves_ids": [(6, 0, [by_code[code].id for code in entry.serves])],
            }
            line = present.get(by_code[entry.code])
            if line:
                line.write(values)
            else:
                values.update(plan_id=self.id, app_id=by_code[entry.code].id, user_id=self.user_id.id)
                line = self.env["sme.plan.line"].create(values)
            kept |= line
        (self.line_ids - kept).unlink()
        self.undecided_ids = apps.filtered(lambda app: app.code in made.undecided)
        self.made_on = fields.Date.context_today(self)
        self._date_lines()
        self.env["sme.onboarding.status"]._of_company(self.company_id)._date_open(self)
        return True

    def _date_lines(self):
        lines = self._open_lines().sorted("position")
        days = plan.schedule(
            [Decimal(str(line.effort_hours)) for line in lines], self.made_on, Decimal(str(self.hours_week))
        )
        for line, day in zip(lines, days, strict=True):
            line.deadline = line.deadline or day

    @api.model
    def action_open_mine(self):
        """
        :return: dict, the action that opens the plan of the current company; whoever may make one gets a new one
        """
        company = self.env.company
        mine = self.search([("company_id", "=", company.id)], limit=1)
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_onboarding.action_sme_plan")
        if not mine and not self.has_access("create"):
            # the help of the empty list says who can make one
            return {**action, "views": [(False, "list")], "domain": [("company_id", "=", company.id)]}
        mine = mine or self._of_company(company)
        return {**action, "res_id": mine.id, "views": [(False, "form")]}

    # ------------------------------------------------------------------------------------------------- installing

    def action_dry_run(self):
        """Show what installing all planned apps would do, before anything is done."""
        self.ensure_one()
        lines = self._open_lines()
        if not lines:
            raise UserError(self.env._("There is nothing to install: everything in the plan is there."))
        return self._dry_run(lines)

    def _dry_run(self, lines):
        run = self.env["sme.plan.install"].create({"plan_id": self.id, "line_ids": [(6, 0, lines.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What will be installed"),
            "res_model": run._name,
            "res_id": run.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_go_on(self):
        """:return: dict, the client action that installs what is queued"""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "sme_onboarding.install",
            "name": self.env._("Installing"),
            "params": {"plan_id": self.id},
        }
