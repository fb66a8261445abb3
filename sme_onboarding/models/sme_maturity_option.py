# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeMaturityOption(models.Model):
    _name = "sme.maturity.option"
    _description = "Maturity Assessment: Part of a Question"
    _order = "question_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    question_id = fields.Many2one("sme.maturity.question", required=True, ondelete="cascade", index=True)

    _code_unique = models.Constraint("UNIQUE (question_id, code)", "This question has a part with this code already.")
