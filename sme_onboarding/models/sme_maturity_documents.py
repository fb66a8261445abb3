# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.maturity import value
from ..tools.maturity_sheet import sheet


class SmeMaturityAssessment(models.Model):
    _inherit = "sme.maturity.assessment"

    def _xlsx(self):
        """The assessment as a spreadsheet in the user's language.

        :return: bytes
        """
        self.ensure_one()
        answers = self.answer_ids.grouped("question_id")
        sources = dict(self.env["sme.maturity.answer"]._fields["source"]._description_selection(self.env))
        rows = []
        for question in self.instrument_id._questions():
            answer = answers.get(question)
            known = bool(answer and answer.value)
            rows.append(
                (
                    question.dimension_id.name,
                    question.name,
                    self._question_value(question, answer) if known else None,
                    answer.value_text if known else self.env._("Not known"),
                    sources[answer.source] if known else "",
                    (answer.respondent or "") if known else "",
                    (answer.found or "") if answer else "",
                )
            )
        labels = {
            "title": self.env._("Assessment"),
            "name": self.display_name,
            "company": self.company_id.name,
            "result": self.env._("Result"),
            "level": f"{self.score_text} · {self.level_text}",
            "caveat": self.caveat,
            "columns": [
                self.env._("Dimension"),
                self.env._("Question"),
                self.env._("Value, 0 to 1"),
                self.env._("Answer"),
                self.env._("Source"),
                self.env._("Respondent"),
                self.env._("What was found"),
            ],
            "share": self.env._("Share reached"),
        }
        return sheet(labels, rows)

    def _question_value(self, question, answer):
        found = value(question._engine()[0], answer._given())
        return None if found is None else float(found)
