# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.settings import reference_date
from .digital_cheque_programme_document import GENERATED, KINDS


class DigitalChequeDossierDocument(models.Model):
    """A document that a dossier needs, and whether it is there."""

    _name = "digital.cheque.dossier.document"
    _description = "Document of a Subsidy Dossier"
    _order = "dossier_id, needed_for, sequence, id"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True)
    programme_document_id = fields.Many2one(
        "digital.cheque.programme.document", string="Document of the Rules", ondelete="restrict", readonly=True
    )
    sequence = fields.Integer(default=10)
    label = fields.Char(help="Own words; empty: those of the rules.")
    name = fields.Char(string="Document", compute="_compute_name", inverse="_inverse_name", search="_search_name")
    advice = fields.Text(related="programme_document_id.advice")
    template = fields.Binary(related="programme_document_id.template")
    template_name = fields.Char(related="programme_document_id.template_name")
    kind = fields.Selection(KINDS, required=True, default="other")
    is_generated = fields.Boolean(compute="_compute_is_generated", string="Filled In by the App")
    needed_for = fields.Selection(
        [("application", "Application"), ("claim", "Claim of the payment")], required=True, default="application"
    )
    mandatory = fields.Boolean(default=True)
    state = fields.Selection(
        [("missing", "Missing"), ("ready", "Ready"), ("sent", "Sent"), ("rejected", "To redo")],
        compute="_compute_state",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    file = fields.Binary(attachment=True)
    file_name = fields.Char()
    dated_on = fields.Date(string="Date of the Document")
    expires_on = fields.Date(compute="_compute_expires_on", store=True, readonly=False)
    expired = fields.Boolean(compute="_compute_expired", search="_search_expired")

    @api.depends("label", "programme_document_id.name")
    @api.depends_context("lang")
    def _compute_name(self):
        for document in self:
            document.name = document.label or document.programme_document_id.name

    def _inverse_name(self):
        for document in self:
            document.label = False if document.name == document.programme_document_id.name else document.name

    def _search_name(self, operator, value):
        return Domain("label", operator, value) | Domain("programme_document_id.name", operator, value)

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for document in self:
            document.display_name = document.name

    @api.depends("kind")
    def _compute_is_generated(self):
        for document in self:
            document.is_generated = document.kind in GENERATED

    @api.depends("file")
    def _compute_state(self):
        for document in self:
            if document.file and document.state in (False, "missing", "rejected"):
                document.state = "ready"
            elif not document.state or (not document.file and document.state == "ready"):
                document.state = "missing"

    @api.depends("dated_on", "programme_document_id.valid_days")
    def _compute_expires_on(self):
        for document in self:
            days = document.programme_document_id.valid_days
            if days and document.dated_on:
                document.expires_on = document.dated_on + timedelta(days=days)

    @api.depends("expires_on")
    @api.depends_context("digital_cheque_date", "tz")
    def _compute_expired(self):
        today = reference_date(self)
        for document in self:
            document.expired = bool(document.expires_on and document.expires_on < today)

    def _search_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        expired = Domain("expires_on", "<", reference_date(self))
        return expired if True in value else ~expired

    def _is_there(self):
        """Tell whether the document can be handed in: there, not refused and not expired."""
        self.ensure_one()
        return self.state in ("ready", "sent") and not self.expired

    def action_sent(self):
        self.state = "sent"

    def action_redo(self):
        self.state = "rejected"
