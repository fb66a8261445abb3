# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine import plan


class SmePlanAnswer(models.Model):
    """Whether a firm has a need."""

    _name = "sme.plan.answer"
    _description = "Plan: Answer"
    _order = "sequence, id"

    plan_id = fields.Many2one("sme.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    need_id = fields.Many2one("sme.plan.need", string="Question", required=True, ondelete="cascade", readonly=True)
    sequence = fields.Integer(related="need_id.sequence", store=True)
    why = fields.Char(related="need_id.why")
    value = fields.Selection(
        [(plan.YES, "Yes"), (plan.NO, "No"), (plan.UNKNOWN, "Not decided")],
        string="Answer",
        required=True,
        default=plan.UNKNOWN,
    )
    origin = fields.Selection(
        [("trade", "Usual in your trade"), ("seen", "You use it already"), ("staff", "By the size"), ("given", "You")],
        string="Says Who",
        readonly=True,
    )

    _need_unique = models.UniqueIndex("(plan_id, need_id)", "Each question is asked once.")

    def write(self, vals):
        # What somebody answers stays when the trade is proposed anew.
        if "value" in vals and "origin" not in vals:
            vals = {**vals, "origin": "given"}
        return super().write(vals)
