# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..tools.settings import reference_date


class DigitalChequeProgrammeVersion(models.Model):
    """The procedure under a programme's rules: its steps and the documents that it asks for."""

    _inherit = "digital.cheque.programme.version"

    step_ids = fields.One2many("digital.cheque.programme.step", "version_id", string="Steps", copy=True)
    document_ids = fields.One2many("digital.cheque.programme.document", "version_id", string="Documents", copy=True)

    payment_after = fields.Selection(
        [("apply", "The application"), ("share", "The payment of the own share"), ("grant", "The decision")],
        string="Pay the Provider Only After",
        help="Whoever pays earlier loses the aid. Empty: the sources do not say.",
    )

    def _all_figures(self):
        version = self.with_context(active_test=False)
        return *super()._all_figures(), version.step_ids, version.document_ids

    def action_mark_verified(self):
        result = super().action_mark_verified()
        for record in (self.step_ids, self.document_ids):
            record.verified_on = reference_date(self)
        return result
