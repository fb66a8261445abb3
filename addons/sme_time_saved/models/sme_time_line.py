# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..engine import saving

EVERYTHING = (date.min, date.max)


class SmeTimeLine(models.Model):
    """The working: how often × how many minutes, by month. Made anew whenever the ledger or a figure changes."""

    _name = "sme.time.line"
    _description = "Time Saved"
    _order = "month DESC, kind_id, id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade")
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    kind_id = fields.Many2one("sme.time.kind", required=True, readonly=True, ondelete="cascade", index=True)
    role_id = fields.Many2one("sme.time.role", required=True, readonly=True, ondelete="cascade", index=True)
    count = fields.Integer(string="How often", required=True, readonly=True)
    minutes_id = fields.Many2one(
        "sme.time.rate", string="Minutes from", readonly=True, ondelete="set null", index="btree_not_null"
    )
    cost_id = fields.Many2one(
        "sme.time.rate", string="Cost of an hour from", readonly=True, ondelete="set null", index="btree_not_null"
    )
    hours = fields.Float(string="Hours (estimate)", readonly=True)
    amount = fields.Monetary(string="Amount (estimate)", readonly=True)
    # costs of labour are in euros, whatever the company's currency
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, default=lambda self: self.env.ref("base.EUR"), ondelete="restrict"
    )

    _of_company = models.Index("(company_id, month)")

    @api.model
    def _rebuild_all(self):
        """After a figure changed: every month of every company."""
        # sudo: whoever may change a figure changes what all companies read from it
        for company in self.env["res.company"].sudo().search([("active", "in", (True, False))]):
            self._rebuild(company, None)

    @api.model
    def _rebuild(self, company, months):
        """Make the lines of some months anew.

        :param company: res.company
        :param months: collection of date, first days; None: all
        """
        self.env.flush_all()
        lines = self.sudo()  # nobody may write the working by hand
        domain = [("company_id", "=", company.id)]
        if months is not None:
            domain.append(("month", "in", list(months)))
        lines.search(domain).unlink()
        kinds = self.env["sme.time.kind"].sudo().search([("active", "=", True)])
        costs = {role: self._rates(role.rate_ids, company) for role in kinds.role_id}
        found = saving.working(
            self._counts(company, months, kinds),
            {kind.id: self._rates(kind.rate_ids, company) for kind in kinds},
            {kind.id: costs[kind.role_id] for kind in kinds},
        )
        roles = {kind.id: kind.role_id.id for kind in kinds}
        lines.create(
            [
                {
                    "company_id": company.id,
                    "month": line.month,
                    "kind_id": line.kind,
                    "role_id": roles[line.kind],
                    "count": line.count,
                    "minutes_id": line.minutes.ref if line.minutes else False,
                    "cost_id": line.hourly_cost.ref if line.hourly_cost else False,
                    "hours": float(line.hours or 0),
                    "amount": float(line.amount or 0),
                }
                for line in found
            ]
        )

    @api.model
    def _rates(self, rates, company):
        """:return: list of engine.saving.Rate, those of the company and those of everybody"""
        return [
            saving.Rate(rate.start or None, Decimal(str(rate.value)), own=bool(rate.company_id), ref=rate.id)
            for rate in rates
            if rate.company_id.id in (False, company.id)
        ]

    @api.model
    def _counts(self, company, months, kinds):
        """:return: dict (kind id, day) → number of events"""
        spans = [EVERYTHING] if months is None else [(month, month + relativedelta(months=1)) for month in months]
        counts = {}
        for begin, end in spans:
            self.env.cr.execute(
                """
                SELECT kind_id, date, count(*) FROM sme_time_event
                 WHERE company_id = %s AND date >= %s AND date < %s AND kind_id = ANY(%s) GROUP BY kind_id, date
                """,
                (company.id, begin, end, kinds.ids),
            )
            counts.update({(kind, day): count for kind, day, count in self.env.cr.fetchall()})
        return counts

    def action_open_events(self):
        """
        :return: dict, the action that lists the records behind this line
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_time_saved.action_sme_time_event")
        action["domain"] = [
            ("company_id", "=", self.company_id.id),
            ("kind_id", "=", self.kind_id.id),
            ("date", ">=", self.month),
            ("date", "<", self.month + relativedelta(months=1)),
        ]
        return action
