# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeMaturityDimension(models.Model):
    _name = "sme.maturity.dimension"
    _description = "Maturity Assessment: Dimension"
    _order = "instrument_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    instrument_id = fields.Many2one("sme.maturity.instrument", required=True, ondelete="cascade", index=True)
    question_ids = fields.One2many("sme.maturity.question", "dimension_id")

    _code_unique = models.Constraint("UNIQUE (instrument_id, code)", "This set has a dimension with this code already.")
