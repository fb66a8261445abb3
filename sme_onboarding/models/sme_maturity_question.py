# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.maturity import Question

# What may be chosen for each kind: (value, key of the label).
CHOICES = {
    "yes_no": ((1, "yes"), (0, "no")),
    "partly": ((1, "yes"), (0.5, "partly"), (0, "no")),
    "ticks": ((1, "yes"), (0, "no")),
    "partlies": ((1, "yes"), (0.5, "partly"), (0, "no")),
    "scales": tuple((step / 5, str(step)) for step in range(6)),
}


class SmeMaturityQuestion(models.Model):
    """One question. Where the database can know the answer, ``measure_method`` finds it and nobody is asked."""

    _name = "sme.maturity.question"
    _description = "Maturity Assessment: Question"
    _order = "dimension_id, sequence, id"

    name = fields.Text(string="Question", required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    dimension_id = fields.Many2one("sme.maturity.dimension", required=True, ondelete="cascade", index=True)
    instrument_id = fields.Many2one(related="dimension_id.instrument_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("yes_no", "Yes or no"),
            ("partly", "Yes, partly or no"),
            ("ticks", "Ticks"),
            ("partlies", "Yes, partly or no for each"),
            ("scales", "0 to 5 for each"),
        ],
        required=True,
        default="yes_no",
    )
    why = fields.Text(string="Why it is asked", required=True, translate=True)
    advice = fields.Text(string="What to do", required=True, translate=True)
    measure_method = fields.Char(
        help="Method of the model sme.maturity.measure that looks at the records; starts with _measure_."
    )
    option_ids = fields.One2many("sme.maturity.option", "question_id")

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a question with this code.")

    @api.constrains("measure_method")
    def _check_measure_method(self):
        # The name is called as a method: the prefix keeps it to the model made for it.
        for question in self:
            if question.measure_method and not question.measure_method.startswith("_measure_"):
                raise ValidationError(
                    self.env._("The measuring method must start with _measure_: %s", question.measure_method)
                )

    @property
    def _has_options(self):
        return self.kind in ("ticks", "partlies", "scales")

    def _allowed(self):
        """:return: set of the numbers that are answers to this question"""
        return {value for value, _label in CHOICES[self.kind]}

    def _engine(self):
        """:return: list of engine.maturity.Question"""
        return [
            Question(
                question.code,
                question.dimension_id.code,
                tuple(question.option_ids.mapped("code")) if question._has_options else (),
            )
            for question in self
        ]
