# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeQuestion(models.Model):
    """Something about an enterprise that only its people can say: are the accounts filed, is the capital public…

    Several programmes may ask the same; it is answered once per company.
    """

    _name = "digital.cheque.question"
    _inherit = ["digital.cheque.seeded"]
    _description = "Question about an Enterprise"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True, help="Answered by yes or no.")
    statement = fields.Char(
        required=True, translate=True, help="The condition, as it is shown among those of a programme."
    )
    code = fields.Char(required=True, copy=False, help="Short name without spaces, such as accounts_filed.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.Constraint("UNIQUE (code)", "Another question has this short name already.")
