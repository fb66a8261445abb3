# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_repr, format_amount

from ..engine import costs, stages

EXCLUSIONS = [
    ("kind", "The programme does not cover it"),
    ("early", "Dated before the application"),
    ("late", "Dated after the end of the project"),
    ("provider", "The provider has no label"),
    ("claimed", "Claimed in another dossier"),
    ("other", "Another reason"),
]


class DigitalChequeDossierCost(models.Model):
    """A cost of a dossier's project: planned, ordered, billed or paid, and how much of it counts for the aid."""

    _name = "digital.cheque.dossier.cost"
    _description = "Cost of a Subsidy Dossier"
    _order = "dossier_id, date, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    programme_id = fields.Many2one(related="dossier_id.programme_id", store=True)
    dossier_state = fields.Selection(related="dossier_id.state", string="Stage of the Dossier")
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    name = fields.Char(
        string="Description", required=True, compute="_compute_source", store=True, readonly=False, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Provider", compute="_compute_source", store=True, readonly=False, precompute=True
    )
    move_line_id = fields.Many2one(
        "account.move.line",
        string="Line of a Vendor Bill",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('company_id', '=', company_id),"
        " ('move_id.move_type', 'in', ('in_invoice', 'in_refund', 'in_receipt')),"
        " ('display_type', '=', 'product')]",
    )
    move_id = fields.Many2one(related="move_line_id.move_id", store=True, index="btree_not_null")
    date = fields.Date(compute="_compute_source", store=True, readonly=False, precompute=True)
    amount = fields.Monetary(
        string="Amount (excl. VAT)",
        required=True,
        compute="_compute_source",
        store=True,
        readonly=False,
        precompute=True,
        help="In euros; of a bill in another currency by the rate of its date.",
    )
    exclusion = fields.Selection(
        EXCLUSIONS,
        string="Why Excluded",
        compute="_compute_exclusion",
        store=True,
        readonly=False,
        help="Empty: all of it counts. VAT never does.",
    )
    excluded_reason = fields.Char(string="Remark on What Is Excluded")
    eligible_amount = fields.Monetary(
        string="Counts for the Aid", compute="_compute_eligible_amount", store=True, readonly=False
    )
    excluded_amount = fields.Monetary(string="Excluded", compute="_compute_excluded_amount", store=True)
    state = fields.Selection(
        [("planned", "Planned"), ("committed", "Ordered"), ("invoiced", "Billed"), ("paid", "Paid")],
        compute="_compute_state",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
    )
    shared_reason = fields.Char(
        string="Why It May Be Claimed Twice",
        groups="be_digital_cheque.group_digital_cheque_manager",
        help="Only where the rules of both programmes allow it, or the authorities agreed.",
    )

    @api.depends(
        "move_line_id.price_subtotal",
        "move_line_id.currency_id",
        "move_line_id.name",
        "move_id.invoice_date",
        "move_id.partner_id",
    )
    def _compute_source(self):
        for cost in self:
            # sudo: who keeps dossiers need not be a bookkeeper; the lines were linked by somebody who sees them
            line = cost.sudo().move_line_id
            if not line:
                cost.amount = cost.amount or 0
                continue
            cost.date = line.move_id.invoice_date or line.date
            cost.partner_id = line.move_id.commercial_partner_id
            cost.name = cost.name or line.name or line.product_id.display_name or line.move_id.display_name
            sign = -1 if line.move_id.move_type == "in_refund" else 1
            cost.amount = sign * line.currency_id._convert(
                line.price_subtotal, cost.currency_id, line.company_id, cost.date or fields.Date.today()
            )

    @api.depends("move_line_id.parent_state", "move_id.payment_state")
    def _compute_state(self):
        for cost in self:
            move = cost.sudo().move_id  # sudo: as above
            if not move:
                cost.state = cost.state or "planned"
            elif move.state == "posted":
                paid = move.payment_state in ("paid", "in_payment", "reversed")
                cost.state = "paid" if paid else "invoiced"
            else:
                cost.state = "planned" if move.state == "cancel" else "committed"

    @api.depends(
        "date",
        "partner_id",
        "dossier_id.applied_on",
        "dossier_id.ended_on",
        "dossier_id.share_paid_on",
        "dossier_id.step_ids.rule",
        "dossier_id.step_ids.state",
    )
    def _compute_exclusion(self):
        for cost in self:
            if cost.exclusion in ("kind", "claimed", "other"):
                continue
            cost.exclusion = cost._found_exclusion()

    def _found_exclusion(self):
        self.ensure_one()
        dossier = self.dossier_id
        if self.date and dossier.ended_on and self.date > dossier.ended_on and not self.move_line_id:
            return "late"
        if self.date and self.date <= dossier._today() and dossier._harm(self.date):
            return "early"
        if self.partner_id and self.partner_id._digital_cheque_label(dossier.programme_id, self._label_day()) is False:
            return "provider"
        return False

    def _label_day(self):
        return self.date or self.dossier_id.applied_on or fields.Date.context_today(self)

    @api.depends("amount", "exclusion")
    def _compute_eligible_amount(self):
        for cost in self:
            if cost.exclusion and cost.exclusion != "other":
                cost.eligible_amount = 0
            elif not cost.exclusion:
                left = cost._left_to_claim()
                cost.eligible_amount = cost.amount if left is None else left

    @api.depends("amount", "eligible_amount")
    def _compute_excluded_amount(self):
        for cost in self:
            cost.excluded_amount = cost.amount - cost.eligible_amount

    def _source_domain(self):
        """Return the domain of the costs that stand for the same bill line, or None where there is no source."""
        self.ensure_one()
        return Domain("move_line_id", "=", self.move_line_id.id) if self.move_line_id else None

    def _claims(self):
        """Return all claims of the same cost and how dossiers may be joined: (claims, cumulates)."""
        domain = self._source_domain()
        if domain is None:
            return [], None
        # sudo: a claim in a dossier that the user may not see is a claim too
        same = self.sudo().search(domain & Domain("dossier_id.state", "not in", (stages.REFUSED, stages.WITHDRAWN)))
        dossiers = {cost.dossier_id.id: cost.dossier_id for cost in same}

        def cumulates(first, second):
            if first not in dossiers or second not in dossiers:
                return None
            return dossiers[first]._may_share_cost(dossiers[second])

        return [costs.Claim(cost.dossier_id.id, cost._euros(cost.eligible_amount)) for cost in same], cumulates

    @api.model
    def _euros(self, amount):
        return Decimal(float_repr(amount, 2))

    def _left_to_claim(self):
        """Return how much of the cost is not claimed yet, with its sign; None where it has no source."""
        self.ensure_one()
        domain = self._source_domain()
        if domain is None:
            return None
        others = self.sudo().search(  # sudo: as in _claims
            domain
            & Domain("id", "!=", self._origin.id or 0)
            & Domain("dossier_id.state", "not in", (stages.REFUSED, stages.WITHDRAWN))
        )
        mine = self.dossier_id._origin or self.dossier_id
        claims = [costs.Claim(other.dossier_id.id, self._euros(other.eligible_amount)) for other in others]
        by_id = {other.dossier_id.id: other.dossier_id for other in others}
        left = costs.left(
            self._euros(self.amount),
            claims,
            mine.id,
            lambda _mine, other: mine._may_share_cost(by_id[other]) if other in by_id else None,
        )
        return float(left) if self.amount >= 0 else -float(left)

    @api.constrains("amount", "eligible_amount")
    def _check_eligible_amount(self):
        for cost in self:
            amount, eligible = cost._euros(cost.amount), cost._euros(cost.eligible_amount)
            if abs(eligible) > abs(amount) or amount * eligible < 0:
                raise ValidationError(
                    self.env._(
                        "“%(cost)s”: what counts for the aid (%(eligible)s) cannot exceed the cost itself "
                        "(%(amount)s).",
                        cost=cost.name,
                        eligible=format_amount(self.env, cost.eligible_amount, cost.currency_id),
                        amount=format_amount(self.env, cost.amount, cost.currency_id),
                    )
                )

    @api.constrains("move_line_id", "eligible_amount", "dossier_id", "shared_reason")
    def _check_claimed_once(self):
        """Stop a cost that is claimed more often than it may be, with the figures and the other dossiers."""
        for cost in self:
            # sudo: the reason is a manager's to give; that there is one holds for all
            if cost.sudo().shared_reason or not cost.eligible_amount:
                continue
            claims, cumulates = cost._claims()
            if not claims:
                continue
            too_much = costs.excess(cost._euros(cost.amount), claims, cumulates)
            if not too_much:
                # where the rules let dossiers share a cost, their aids together still cannot exceed it
                by_id = {
                    dossier.id: dossier
                    for dossier in self.env["digital.cheque.dossier"].sudo().browse({c.dossier for c in claims})
                }
                aids = [abs(claim.amount) * by_id[claim.dossier]._aid_share() for claim in claims]
                too_much = costs.aid_excess(cost._euros(cost.amount), aids)
            if too_much:
                others = {claim.dossier for claim in claims} - {cost.dossier_id.id}
                names = self.env["digital.cheque.dossier"].sudo().browse(sorted(others)).mapped("reference")
                raise ValidationError(
                    self.env._(
                        "“%(cost)s” costs %(amount)s and would be claimed for %(excess)s more than that%(where)s. "
                        "Lower what counts for the aid in one of the dossiers; a manager may note why both may claim "
                        "it.",
                        cost=cost.name,
                        amount=format_amount(self.env, cost.amount, cost.currency_id),
                        excess=format_amount(self.env, float(too_much), cost.currency_id),
                        where=self.env._(", also in %s", ", ".join(names)) if names else "",
                    )
                )
