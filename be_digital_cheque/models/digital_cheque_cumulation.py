# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import ranking


class DigitalChequeCumulation(models.Model):
    """May two programmes pay for the same cost? A pair without a rule is not known: never a yes."""

    _name = "digital.cheque.cumulation"
    _inherit = ["digital.cheque.journalled", "digital.cheque.seeded", "digital.cheque.evidence"]
    _description = "Cumulation of Two Programmes"
    _order = "programme_id, other_id"

    programme_id = fields.Many2one("digital.cheque.programme", required=True, ondelete="cascade", index=True)
    other_id = fields.Many2one("digital.cheque.programme", string="With", required=True, ondelete="cascade", index=True)
    rule = fields.Selection(
        [(ranking.ALLOWED, "Go together"), (ranking.BARRED, "Never for the same cost")], required=True
    )
    reason = fields.Char(translate=True)
    active = fields.Boolean(default=True)

    _pair_unique = models.UniqueIndex(
        "(LEAST(programme_id, other_id), GREATEST(programme_id, other_id))", "These two programmes have a rule already."
    )

    @api.constrains("programme_id", "other_id")
    def _check_two(self):
        for pair in self:
            if pair.programme_id == pair.other_id:
                raise ValidationError(self.env._("A rule on cumulation is about two different programmes."))

    @api.depends("programme_id.name", "other_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.programme_id.name or ''} + {pair.other_id.name or ''}"

    def _journal_programme(self):
        return self.programme_id

    @api.model
    def _rules(self):
        """Return the rules as the engine reads them: {frozenset of two programme ids: rule}."""
        return {frozenset((pair.programme_id.id, pair.other_id.id)): pair.rule for pair in self.search([])}
