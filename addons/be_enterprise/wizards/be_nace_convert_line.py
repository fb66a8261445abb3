# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BeNaceConvertLine(models.TransientModel):
    """An activity of 2008 and the code of 2025 chosen for it."""

    _name = "be.nace.convert.line"
    _description = "Activity to move to NACE-BEL 2025"

    convert_id = fields.Many2one("be.nace.convert", required=True, ondelete="cascade", index=True)
    old_id = fields.Many2one("be.nace.code", string="2008", required=True, readonly=True, ondelete="cascade")
    choice_ids = fields.Many2many(related="old_id.successor_ids", string="Known successors")
    choice_count = fields.Integer(string="Possible codes", compute="_compute_choice_count")
    new_id = fields.Many2one(
        "be.nace.code", string="2025", domain="choice_ids and [('id', 'in', choice_ids)] or [('version', '=', '2025')]"
    )

    @api.depends("choice_ids")
    def _compute_choice_count(self):
        for line in self:
            line.choice_count = len(line.choice_ids)
