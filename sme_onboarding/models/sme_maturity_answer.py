# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.translate import get_translation


class SmeMaturityAnswer(models.Model):
    """The answer to one question: measured from the records, or given by somebody. Nobody writes it but the
    questionnaire and the measuring."""

    _name = "sme.maturity.answer"
    _description = "Maturity Assessment: Answer"
    _order = "assessment_id, question_id, id"
    _rec_name = "question_id"

    assessment_id = fields.Many2one(
        "sme.maturity.assessment", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    question_id = fields.Many2one("sme.maturity.question", required=True, ondelete="restrict", readonly=True)
    dimension_id = fields.Many2one(related="question_id.dimension_id")
    # Odoo reads a bare 0 in JSON as "nothing": the number of a question without parts stands under the empty name.
    value = fields.Json(readonly=True, help="A number from 0 to 1 for each part of the question.")
    source = fields.Selection([("measured", "Measured"), ("answered", "Answered")], required=True, readonly=True)
    respondent = fields.Char(readonly=True)
    answered_on = fields.Datetime(readonly=True)
    outcome = fields.Json(readonly=True, help="What the measuring found: texts with values, model and domain.")
    value_text = fields.Char(string="Answer", compute="_compute_texts")
    found = fields.Text(string="What was found", compute="_compute_texts")
    has_records = fields.Boolean(compute="_compute_texts")

    _question_unique = models.UniqueIndex("(assessment_id, question_id)", "A question has one answer.")

    @api.depends("value", "outcome", "question_id")
    @api.depends_context("lang")
    def _compute_texts(self):
        words = {1: self.env._("Yes"), 0.5: self.env._("Partly"), 0: self.env._("No")}
        lang = self.env.lang or "en_US"
        for answer in self:
            given = answer._given()
            if isinstance(given, dict):
                known = given.values()
                answer.value_text = (
                    self.env._("%(sum)s of %(most)s", sum=round(5 * sum(known)), most=5 * len(known))
                    if answer.question_id.kind == "scales"
                    else self.env._("%(sum)s of %(most)s", sum=f"{sum(known):g}", most=len(known))
                )
            elif given is None:
                answer.value_text = self.env._("Not known")
            else:
                answer.value_text = words.get(given, "")
            outcome = answer.outcome or {}
            answer.found = "\n".join(
                get_translation(text["module"], lang, text["source"], text["values"])
                for text in outcome.get("found", [])
            )
            model = outcome.get("model")
            answer.has_records = bool(model and model in self.env and self.env[model].has_access("read"))

    def _given(self):
        """:return: a number, a dict option → number, or None where it is not known"""
        self.ensure_one()
        return self.value.get("", self.value) if self.value else None

    @api.model
    def _stored(self, given):
        """:return: what is written for a number, a dict or None"""
        return given if given is None or isinstance(given, dict) else {"": given}

    @api.constrains("value", "question_id")
    def _check_value(self):
        for answer in self.filtered("value"):
            question = answer.question_id
            parts = set(question.option_ids.mapped("code")) if question._has_options else {""}
            numbers = answer.value.values()
            if (
                not set(answer.value) <= parts
                or not all(isinstance(one, int | float) for one in numbers)
                or not set(numbers) <= question._allowed()
            ):
                raise ValidationError(self.env._("This is not an answer to the question “%s”.", question.name))

    def action_open_records(self):
        """Open the records that the measuring looked at, with the user's own rights."""
        self.ensure_one()
        outcome = self.outcome or {}
        return {
            "type": "ir.actions.act_window",
            "name": self.question_id.name,
            "res_model": outcome["model"],
            "views": [[False, "list"], [False, "form"]],
            "domain": outcome["domain"],
        }
