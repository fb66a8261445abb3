# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..tools.snapshot import percentage


class DigitalChequeProgrammeBonus(models.Model):
    """Points that an enterprise of a certain kind gets on top of the rate, up to the highest rate."""

    _name = "digital.cheque.programme.bonus"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Bonus of a Programme's Rules"
    _judged_by = True

    question_id = fields.Many2one("digital.cheque.question", string="If", ondelete="restrict")
    younger_than = fields.Integer(string="Younger Than (Years)", help="For starters: instead of a question.")
    points = fields.Float(digits=(6, 4), required=True, help="Added to the rate: 10% makes of 40% 50%.")
    text = fields.Char(string="In Words", compute="_compute_text")

    _points_positive = models.Constraint("CHECK (points > 0 AND points <= 1)", "A bonus lies between 0% and 100%.")
    _one_condition = models.Constraint(
        "CHECK ((question_id IS NOT NULL) != (COALESCE(younger_than, 0) > 0))",
        "A bonus depends either on a question or on the age of the enterprise.",
    )

    @api.depends("question_id.statement", "younger_than", "points")
    @api.depends_context("lang")
    def _compute_text(self):
        for bonus in self:
            condition = bonus.question_id.statement or self.env._("Younger than %s years", bonus.younger_than)
            bonus.text = f"+{percentage(self.env, bonus.points)}: {condition}"

    @api.depends("text")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for bonus in self:
            bonus.display_name = f"{bonus.version_id.period}: {bonus.text}"
