# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .digital_cheque_programme_document import KINDS


class DigitalChequeDossierDocument(models.Model):
    """A document that a dossier needs, and whether it is there."""

    _name = "digital.cheque.dossier.document"
    _description = "Document of a Subsidy Dossier"
    _order = "dossier_id, sequence, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    programme_document_id = fields.Many2one("digital.cheque.programme.document", ondelete="set null", readonly=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(KINDS, required=True, default="other")
    needed_for = fields.Selection(
        [("application", "Application"), ("claim", "Claim of the payment")], required=True, default="application"
    )
    mandatory = fields.Boolean(default=True)
    advice = fields.Text(translate=True)
    state = fields.Selection(
        [("missing", "Missing"), ("ready", "Ready"), ("sent", "Sent"), ("rejected", "To redo")],
        required=True,
        default="missing",
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    dated_on = fields.Date(string="Date of the Document")
    expires_on = fields.Date()
