# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models

from ..engine import eligibility, rules
from ..tools.settings import reference_date
from .res_company import euros, share


class DigitalChequeProgrammeVersion(models.Model):
    """The rules as conditions that can be judged, and the judgement."""

    _inherit = "digital.cheque.programme.version"

    criterion_ids = fields.One2many("digital.cheque.programme.criterion", "version_id", string="Conditions", copy=True)
    bonus_ids = fields.One2many("digital.cheque.programme.bonus", "version_id", string="Bonuses", copy=True)
    eligible_kind_ids = fields.Many2many(
        "digital.cheque.cost.kind", "digital_cheque_version_eligible_rel", string="Covers"
    )
    excluded_kind_ids = fields.Many2many(
        "digital.cheque.cost.kind", "digital_cheque_version_excluded_rel", string="Does Not Cover"
    )
    nothing_else = fields.Boolean(
        string="And Nothing Else", help="What is not listed is not covered. Otherwise it is not known."
    )

    def _all_figures(self):
        version = self.with_context(active_test=False)
        return *super()._all_figures(), version.criterion_ids, version.bonus_ids

    def action_mark_verified(self):
        result = super().action_mark_verified()
        for record in (self.criterion_ids, self.bonus_ids):
            record.verified_on = reference_date(self)
        return result

    @api.depends("criterion_ids.verified_on", "bonus_ids.verified_on")
    def _compute_needs_verification(self):
        result = super()._compute_needs_verification()
        for version in self:
            if any(
                (*version.criterion_ids.mapped("needs_verification"), *version.bonus_ids.mapped("needs_verification"))
            ):
                version.needs_verification = True
        return result

    def _search_needs_verification(self, operator, value):
        found = super()._search_needs_verification(operator, value)
        if found is NotImplemented:
            return found
        stale = fields.Domain("criterion_ids.needs_verification", "=", True) | fields.Domain(
            "bonus_ids.needs_verification", "=", True
        )
        return found | stale if True in value else found & ~stale

    def _pools(self):
        """Return the ids of the pools in which aid under these rules counts."""
        return frozenset(self.limit_ids.pool_id.ids)

    def _rules(self):
        """Return these rules as the engine reads them; amounts are euros, kinds of cost their codes."""
        self.ensure_one()
        return rules.Rules(
            self.programme_id.id,
            self.id,
            self.status,
            self.date_from or None,
            self.date_to or None,
            self.programme_id.aid_form,
            self.aid_category,
            tuple(criterion._criterion() for criterion in self.criterion_ids),
            tuple(
                rules.Rate(
                    rate.id,
                    rate.size,
                    share(rate.rate),
                    share(rate.rate_max),
                    frozenset(rate.cost_kind_ids.mapped("code")),
                )
                for rate in self.rate_ids
                # A rate for a purpose that no kind of cost stands for is not the general one.
                if rate.cost_kind_ids or not rate.purpose
            ),
            tuple(
                rules.Limit(
                    limit.id,
                    limit.kind,
                    euros(limit.amount),
                    limit.basis,
                    limit.period,
                    limit.size,
                    frozenset(limit.cost_kind_ids.mapped("code")),
                    limit.pool_id.id or None,
                )
                for limit in self.limit_ids
                if limit.cost_kind_ids or limit.scope != "programme" or not limit.purpose
            ),
            tuple(
                rules.Bonus(bonus.id, share(bonus.points), bonus.question_id.code or None, bonus.younger_than)
                for bonus in self.bonus_ids
            ),
            frozenset(self.eligible_kind_ids.mapped("code")),
            frozenset(self.excluded_kind_ids.mapped("code")),
            self.nothing_else,
            self.provider_requirement,
        )

    def _judge(self, company, cost, cost_kind, on, earlier=None, provider=None, without=None):
        """Judge whether a company may have aid under these rules, and how much.

        :param company: one `res.company`
        :param cost: planned eligible cost in euros excl. VAT, a number or a Decimal
        :param cost_kind: one `digital.cheque.cost.kind`
        :param on: date of the application
        :param earlier: list of engine.facts.Earlier; None: the company's register and dossiers
        :param provider: the `res.partner` that will be paid, where it is chosen
        :param without: dossiers that do not count as earlier aid, such as the one that is judged
        :return: engine.eligibility.Judgement; ``.as_dict()`` is plain JSON
        """
        self.ensure_one()
        if earlier is None:
            earlier = company._digital_cheque_earlier(without=without).get(company, ())
        provider_ok = provider._digital_cheque_label(self.programme_id, on) if provider else "later"
        project = eligibility.project_for(
            self._rules(),
            cost if isinstance(cost, Decimal) else euros(cost),
            cost_kind.code,
            on,
            earlier,
            provider_ok,
        )
        return eligibility.judge(self._rules(), company._digital_cheque_facts(on)[company], project)
