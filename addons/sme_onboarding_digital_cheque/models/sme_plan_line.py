# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from odoo.addons.be_digital_cheque.engine import eligibility
from odoo.addons.be_digital_cheque.tools.settings import reference_date

#: Conditions that make a programme be about something else than what is planned.
_ELSEWHERE = {"in_force", "cost_kind", "region"}
#: Where a plan has no amount of its own: the hours of a supplier who sets the app up, in euros each, an estimate.
HOURLY = Decimal(80)


class SmePlanLine(models.Model):
    _inherit = "sme.plan.line"

    def _compute_aid(self):
        """The programmes that may pay a part, the surest first, for who may use Digital Cheque."""
        super()._compute_aid()
        if not self.env.user.has_group("be_digital_cheque.group_digital_cheque_user"):
            return
        found = {}
        for line in self:
            kind, cost = line.app_id.cost_kind, line._aid_cost()
            if not kind or not cost or line.state in ("installed", "not_needed"):
                continue
            key = (line.company_id, kind, cost)
            if key not in found:
                found[key] = line._aid_names(*key)
            line.aid = ", ".join(found[key][:2]) or False

    def _aid_cost(self):
        """:return: Decimal, what a supplier may ask for setting the app up and what has to be bought, excluding VAT"""
        return Decimal(str(self.effort_hours)) * HOURLY + Decimal(str(self.cost_once))

    def _aid_together(self):
        """The programmes that may pay a part of these apps, bought together: one judgement for each kind of cost.

        :return: list of names, the surest of a kind first
        """
        costs = defaultdict(Decimal)
        for line in self:
            if line.app_id.cost_kind:
                costs[line.app_id.cost_kind] += line._aid_cost()
        costs = {kind: cost for kind, cost in costs.items() if cost}
        finder = self.env["digital.cheque.finder"]
        judgements, versions = finder._judge_kinds(self.company_id, costs, reference_date(self))
        names = [name for of_kind in judgements.values() for name in self._open_to(of_kind, versions)]
        return list(dict.fromkeys(names))

    def _aid_names(self, company, kind, cost):
        judgements, versions = self.env["digital.cheque.finder"]._judge_all(company, cost, kind, reference_date(self))
        return self._open_to(judgements, versions)

    @api.model
    def _open_to(self, judgements, versions):
        """:return: list of the names of the programmes that the company may have, the surest first"""
        open_to = [
            judgement
            for judgement in judgements
            if judgement.verdict != eligibility.NOT_ELIGIBLE
            and not any(result.kind in _ELSEWHERE for result in judgement.reasons)
        ]
        open_to.sort(key=lambda judgement: judgement.verdict != eligibility.ELIGIBLE)
        return [versions[judgement.programme].programme_id.name for judgement in open_to]
