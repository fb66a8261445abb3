# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import float_repr

from ..engine import costs, ranking, stages
from ..tools.settings import reference_date

BILLS = ("in_invoice", "in_refund", "in_receipt")


class DigitalChequeDossier(models.Model):
    """The costs of a dossier: its totals, and the bill lines that may belong to it."""

    _inherit = "digital.cheque.dossier"

    cost_total = fields.Monetary(string="Total Cost", compute="_compute_cost_totals", store=True)
    cost_committed = fields.Monetary(string="Ordered", compute="_compute_cost_totals", store=True)
    cost_invoiced = fields.Monetary(string="Billed", compute="_compute_cost_totals", store=True)
    cost_paid = fields.Monetary(string="Paid to Providers", compute="_compute_cost_totals", store=True)
    cost_eligible = fields.Monetary(string="Counts for the Aid", compute="_compute_cost_totals", store=True)
    cost_excluded = fields.Monetary(string="Excluded", compute="_compute_cost_totals", store=True)

    @api.depends("cost_ids.amount", "cost_ids.eligible_amount", "cost_ids.state")
    def _compute_cost_totals(self):
        for dossier in self:
            lines = dossier.cost_ids
            found = costs.totals([(line.state or "planned", line._euros(line.amount)) for line in lines])
            dossier.cost_total = float(found["planned"])
            dossier.cost_committed = float(found["committed"])
            dossier.cost_invoiced = float(found["invoiced"])
            dossier.cost_paid = float(found["paid"])
            dossier.cost_eligible = sum(lines.mapped("eligible_amount"))
            dossier.cost_excluded = dossier.cost_total - dossier.cost_eligible

    def _may_share_cost(self, other):
        """Tell whether this dossier and another may both have aid for one cost: True, False, None (not known)."""
        if self.programme_id == other.programme_id:
            return False
        pair = frozenset((self.programme_id.id, other.programme_id.id))
        rule = self.env["digital.cheque.cumulation"]._rules().get(pair)
        return None if rule is None else rule == ranking.ALLOWED

    def _aid_share(self):
        """Return the share of the cost that the aid is, granted or expected: a Decimal from 0 on."""
        self.ensure_one()
        aid = self.granted_amount or self.expected_aid
        cost = self.planned_cost
        return Decimal(float_repr(aid, 2)) / Decimal(float_repr(cost, 2)) if aid and cost else Decimal(0)

    def _period(self):
        """Return the first and the last day on which a cost of the project may be dated (the last may be None)."""
        self.ensure_one()
        first = min(
            filter(None, (self.agreement_on, self.applied_on, self.ordered_on, self.started_on, self.planned_start)),
            default=(self.create_date or fields.Datetime.now()).date(),
        )
        return first - timedelta(days=31), self.ended_on and self.ended_on + timedelta(days=92)

    def _suggested_lines(self):
        """Return bill lines that may belong to the project with what speaks for each: [(line, {"provider"…})].

        A line of the provider, or of a product that costs of the same kind have, within the period of the project.
        """
        self.ensure_one()
        first, last = self._period()
        products = self._products_of_this_kind()
        partner = self.provider_id.commercial_partner_id
        alike = Domain("move_id.commercial_partner_id", "=", partner.id) if partner else Domain.FALSE
        if products:
            alike |= Domain("product_id", "in", products.ids)
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("move_id.move_type", "in", BILLS)
            & Domain("parent_state", "!=", "cancel")
            & Domain("display_type", "=", "product")
            & Domain("date", ">=", first)
            & Domain("id", "not in", self.cost_ids.move_line_id.ids)
            & alike
        )
        if last:
            domain &= Domain("date", "<=", last)
        found = []
        for line in self.env["account.move.line"].search(domain, order="date, id", limit=200):
            reasons = {"provider"} if partner and line.move_id.commercial_partner_id == partner else set()
            if line.product_id in products:
                reasons.add("product")
            found.append((line, reasons))
        return sorted(found, key=lambda pair: -len(pair[1]))

    def _products_of_this_kind(self):
        """Return the products of costs for the same purpose, in any dossier of the company."""
        products = self.env["product.product"]
        if not self.cost_kind_id:
            return products
        # sudo: products of former costs tell what belongs together; no more than that is read
        costs = self.sudo().env["digital.cheque.dossier.cost"]
        lines = costs._search(
            Domain("company_id", "=", self.company_id.id)
            & Domain("dossier_id.cost_kind_id", "=", self.cost_kind_id.id)
            & Domain("move_line_id", "!=", False)
        ).subselect("move_line_id")
        # each product once, however many costs there are
        groups = costs.env["account.move.line"]._read_group(
            Domain("id", "in", lines) & Domain("product_id", "!=", False), ["product_id"]
        )
        return products.union(*(product for (product,) in groups)).with_env(self.env)

    def action_suggest_costs(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Bills that May Belong to the Project"),
            "res_model": "digital.cheque.cost.suggest",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dossier_id": self.id},
        }

    def action_open_costs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("be_digital_cheque.digital_cheque_dossier_cost_action")
        return {
            **action,
            "domain": [("dossier_id", "=", self.id)],
            "context": {"default_dossier_id": self.id, "search_default_eligible": 0},
        }

    @api.model
    def _concerned_by(self, partner, company, costs, all_held):
        """Return the dossiers, still going on, that a document of a provider concerns.

        :param costs: the costs of dossiers that its lines are
        :param all_held: each of its lines is one; then the provider's other dossiers are left alone
        """
        over = (*stages.OVER, stages.PAID)
        # sudo: a bookkeeper without a role in the dossiers must be warned too
        holding = costs.sudo().dossier_id.filtered(lambda dossier: dossier.state not in over)
        if not partner or (costs and all_held):
            return holding
        return holding | self.sudo().search(
            Domain("company_id", "=", company.id)
            & Domain("state", "not in", over)
            & Domain("provider_id.commercial_partner_id", "=", partner.commercial_partner_id.id)
        )

    def _today(self):
        return reference_date(self)
