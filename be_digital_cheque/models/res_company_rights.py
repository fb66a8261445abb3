# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine import eligibility
from ..tools.settings import reference_date


class ResCompany(models.Model):
    _inherit = "res.company"

    def _digital_cheque_rights(self):
        """Return what each company may still claim this year: ``{company: [right]}``, the largest first.

        A right is ``{id, name, amount, why, used, sure}``: the programme's id and name, the euros that its ceilings
        leave after the aid and the dossiers so far (None where no ceiling is known), the ceiling in words, the euros
        of this year so far, and whether all conditions are known to be met. Programmes that a known fact excludes are
        left out; so are those of a company of which not even the region is known: unknown is not nothing.
        """
        today = reference_date(self)
        programmes = self.env["digital.cheque.programme"].search([("in_force", "=", True)])
        # together, so that what belongs to them is read for all at once
        versions = self.env["digital.cheque.programme.version"].union(
            *(programme._version_on(today) for programme in programmes)
        )
        rules = {version.programme_id: version._rules() for version in versions}
        facts, earlier = self._digital_cheque_facts(today), self._digital_cheque_earlier()
        found = {}
        for company in self:
            if not (facts[company].region or facts[company].seats):
                continue
            rights = [
                self._digital_cheque_right(programme, rules[programme], facts[company], earlier[company], today)
                for programme in programmes
            ]
            found[company] = sorted(
                filter(None, rights), key=lambda right: (right["amount"] is None, -(right["amount"] or 0))
            )
        return found

    def _digital_cheque_right(self, programme, rules, facts, earlier, today):
        left = eligibility.still_claimable(rules, facts, earlier, today)
        if left is None:
            return None
        limit = self.env["digital.cheque.programme.limit"].browse(left.limit or [])
        return {
            "id": programme.id,
            "name": programme.name,
            "amount": None if left.room is None else float(left.room),
            "why": limit.short_text or "",
            "used": float(
                sum(one.aid for one in earlier if one.programme == programme.id and one.on.year == today.year)
            ),
            "sure": left.sure,
        }
