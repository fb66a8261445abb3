# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import maturity


class SmeMaturityInstrument(models.Model):
    """A set of questions with its way of counting. Results of two instruments are never compared with each other."""

    _name = "sme.maturity.instrument"
    _description = "Maturity Assessment: Set of Questions"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    method = fields.Selection(
        [(maturity.INDEX, "Points of 12"), (maturity.MEAN, "Percent, mean of the dimensions")], required=True
    )
    minutes = fields.Integer(help="About how long it takes one person to answer.")
    intro = fields.Text(required=True, translate=True)
    caveat = fields.Text(required=True, translate=True, help="What the result does not say.")
    source = fields.Char()
    source_url = fields.Char(string="Source Address")
    source_date = fields.Date()
    dimension_ids = fields.One2many("sme.maturity.dimension", "instrument_id")
    peer_ids = fields.One2many("sme.maturity.peer", "instrument_id")
    latest_id = fields.Many2one("sme.maturity.assessment", compute="_compute_latest", string="Last Assessment")
    open_id = fields.Many2one("sme.maturity.assessment", compute="_compute_latest", string="Assessment Under Way")
    latest_text = fields.Char(compute="_compute_latest", string="Last Result")

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a set of questions with this code.")

    @api.depends_context("company", "lang")
    def _compute_latest(self):
        assessments = self.env["sme.maturity.assessment"].search(
            [("instrument_id", "in", self.ids), ("company_id", "=", self.env.company.id)]
        )
        for instrument in self:
            mine = assessments.filtered(lambda one, instrument=instrument: one.instrument_id == instrument)
            instrument.open_id = mine.filtered(lambda one: one.state == "open")[:1]
            done = mine.filtered(lambda one: one.state == "done")[:1]
            instrument.latest_id = done
            instrument.latest_text = done and f"{done.score_text} · {done.level_text}"

    def _questions(self):
        """The questions in their order, as records."""
        return self.dimension_ids.question_ids.sorted(lambda one: (one.dimension_id.sequence, one.sequence, one.id))

    def action_start(self):
        """Go on with the assessment that is under way, or begin one."""
        self.ensure_one()
        assessment = self.open_id or self.env["sme.maturity.assessment"].create({"instrument_id": self.id})
        return assessment._open_form()

    def action_open_latest(self):
        self.ensure_one()
        return self.latest_id._open_form()
