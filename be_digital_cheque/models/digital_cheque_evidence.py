# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..tools.settings import reference_date, verify_after_days

# From the most to the least trustworthy.
CONFIDENCES = [
    ("certain", "Certain"),
    ("probable", "Probable"),
    ("memory", "From memory"),
    ("conflicting", "Sources conflict"),
]


class DigitalChequeEvidence(models.AbstractModel):
    """Where a rule or a figure comes from and how far it can be trusted."""

    _name = "digital.cheque.evidence"
    _description = "Sourced Statement"

    source_ids = fields.Many2many("digital.cheque.source", string="Sources")
    source_date = fields.Date(
        compute="_compute_source_date",
        help="Date of the most recent dated source. Empty: no source, or none that bears a date.",
    )
    verified_on = fields.Date(help="Day on which somebody last compared this with its source. Empty: never.")
    confidence = fields.Selection(CONFIDENCES, required=True, default="probable")
    needs_verification = fields.Boolean(
        string="To Be Verified", compute="_compute_needs_verification", search="_search_needs_verification"
    )

    @api.depends("source_ids.date")
    def _compute_source_date(self):
        for record in self:
            record.source_date = max(filter(None, record.source_ids.mapped("date")), default=False)

    def _verified_too_long_ago(self):
        """Return the last day on which a verification is too old to count."""
        return reference_date(self) - timedelta(days=verify_after_days(self.env) + 1)

    @api.depends("verified_on")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_needs_verification(self):
        limit = self._verified_too_long_ago()
        for record in self:
            record.needs_verification = not record.verified_on or record.verified_on <= limit

    def _search_needs_verification(self, operator, value):
        if operator != "in":
            return NotImplemented
        stale = fields.Domain("verified_on", "=", False) | fields.Domain(
            "verified_on", "<=", self._verified_too_long_ago()
        )
        return stale if True in value else ~stale
