# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

KINDS = [
    ("application", "Application summary"),
    ("de_minimis", "De minimis declaration on honour"),
    ("sme", "SME declaration"),
    ("cost_table", "Table of costs"),
    ("agreement", "Agreement or offer of the provider"),
    ("accounts", "Annual accounts"),
    ("report", "Report"),
    ("attendance", "Attendance list"),
    ("certificate", "Certificate"),
    ("invoice", "Invoices"),
    ("payment", "Proofs of payment"),
    ("decision", "Decision of the authority"),
    ("other", "Other document"),
]
# Those that the app fills in from what it knows.
GENERATED = ("application", "de_minimis", "sme", "cost_table")


class DigitalChequeProgrammeDocument(models.Model):
    """A document that a programme asks for, at the application or at the claim."""

    _name = "digital.cheque.programme.document"
    _inherit = ["digital.cheque.programme.figure"]
    _description = "Document that a Programme Asks For"

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="other")
    needed_for = fields.Selection(
        [("application", "Application"), ("claim", "Claim of the payment")], required=True, default="application"
    )
    mandatory = fields.Boolean(default=True)
    valid_days = fields.Integer(string="Valid for (Days)", help="From the date of the document. 0: no limit is known.")
    advice = fields.Text(translate=True)
    template = fields.Binary(attachment=True, help="The authority's form, to fill in.")
    template_name = fields.Char()

    @api.depends("name", "version_id.period")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            document.display_name = f"{document.version_id.period}: {document.name}"
