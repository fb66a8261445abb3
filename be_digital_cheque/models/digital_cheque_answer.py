# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeAnswer(models.Model):
    """What a company answered to a question of the programmes. No record: not answered, which is not "no"."""

    _name = "digital.cheque.answer"
    _description = "Answer of a Company"
    _order = "company_id, question_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", index=True, default=lambda self: self.env.company
    )
    question_id = fields.Many2one("digital.cheque.question", required=True, ondelete="cascade")
    answer = fields.Selection([("yes", "Yes"), ("no", "No")], required=True)

    _company_question_unique = models.Constraint(
        "UNIQUE (company_id, question_id)", "This company answered this question already: change that answer."
    )
