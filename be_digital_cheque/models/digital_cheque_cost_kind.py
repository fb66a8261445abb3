# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeCostKind(models.Model):
    """What an enterprise plans to pay for, in its own words: a website, advice, training…

    A programme's rules say of each kind whether they cover it; they are silent about the others.
    """

    _name = "digital.cheque.cost.kind"
    _inherit = ["digital.cheque.seeded"]
    _description = "Kind of Cost"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, help="Short name without spaces, such as cyber_audit.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    nature = fields.Selection(
        [("expense", "Expense of the year"), ("asset", "Asset that is depreciated")],
        required=True,
        default="expense",
        help="As it is usually booked. Tax measures differ: the 120% deduction never holds for what is depreciated.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "Another kind of cost has this short name already.")
