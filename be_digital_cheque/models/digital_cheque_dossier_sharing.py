# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..engine import stages, upload


class DigitalChequeDossier(models.Model):
    """Dossiers that are shared with a provider or an outside adviser.

    A portal user has no right at all on the models of subsidies: the portal's pages hand out the few values of
    :meth:`_portal_values` and take files, after :meth:`_shared_with` has said that the dossier is shared. So what is
    added to the dossier later stays inside unless somebody puts it there.
    """

    _inherit = "digital.cheque.dossier"

    shared_partner_ids = fields.Many2many(
        "res.partner",
        "digital_cheque_dossier_shared_rel",
        "dossier_id",
        "partner_id",
        string="Shared With",
        help="These contacts see the stage, the deadlines and the documents of this dossier on the portal and upload"
        " documents. They see no amount and no other dossier. They need a portal account.",
    )

    @api.model
    def _shared_with(self, user, dossier_id=None):
        """Return the dossiers (as superuser) that a user of the portal may see, or the one that is asked for."""
        if not user._is_portal():
            return self.browse()
        # sudo: portal users have no right on the model; this domain is the right they have
        domain = [("shared_partner_ids", "in", user.partner_id.ids)]
        if dossier_id:
            domain.append(("id", "=", dossier_id))
        return self.sudo().search(domain)

    def _portal_values(self):
        """Return all that a portal user sees of the dossier."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        documents = self.env["digital.cheque.dossier.document"]
        document_states = dict(documents._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "reference": self.reference,
            "name": self.name,
            "company": self.company_id.name,
            "programme": self.programme_id.name,
            "state": states[self.state],
            "running": self.state not in stages.OVER,
            "deadlines": [
                {"name": step.name, "on": step.deadline}
                for step in self.step_ids.filtered(lambda step: step.state == "todo" and step.deadline)
            ],
            "documents": [
                {
                    "id": document.id,
                    "name": document.name,
                    "advice": document.advice or "",
                    "state": document_states[document.state],
                    "wanted": document.state in ("missing", "rejected"),
                }
                for document in self.document_ids
                if document.mandatory or document.uploaded_by_id or document.state != "missing"
            ],
        }

    def _portal_upload(self, partner, name, content, document_id=None):
        """Add a file of a portal user to the dossier and tell the responsible person.

        :param document_id: the wanted document that the file is, else it is a document of its own
        :raises UserError: the file or the dossier does not allow it
        """
        self.ensure_one()
        reason = upload.problem(name, content)
        if reason:
            raise UserError(self._upload_refusal(reason))
        if self.state in stages.OVER:
            raise UserError(self.env._("This dossier is over: it takes no more documents."))
        if len(self.document_ids.filtered("uploaded_by_id")) >= upload.MAX_FILES:
            raise UserError(self.env._("This dossier has taken many files already. Send others by e-mail."))
        name = upload.clean_name(name)
        values = {
            "file": base64.b64encode(content),
            "file_name": name,
            "uploaded_by_id": partner.id,
            "state": "ready",
            "dated_on": fields.Date.context_today(self),
        }
        wanted = self.document_ids.filtered(
            lambda document: document.id == document_id and document.state in ("missing", "rejected")
        )
        if document_id and not wanted:
            raise UserError(self.env._("This document is not asked for any more."))
        if wanted:
            wanted.write(values)
        else:
            self.document_ids = [Command.create({"name": name, "kind": "other", "mandatory": False, **values})]
        self.message_post(
            body=Markup("<p>%s</p>") % escape(self.env._("Document uploaded on the portal: %s", name)),
            author_id=partner.id,
            partner_ids=self.user_id.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _upload_refusal(self, reason):
        return {
            "empty": self.env._("The file is empty. Choose another one."),
            "too_large": self.env._(
                "The file is larger than %s MB. Make it smaller or split it.", upload.MAX_BYTES // upload.MEGABYTE
            ),
            "kind": self.env._(
                "This kind of file is not accepted. These are: %s.", ", ".join(kind[1:] for kind in upload.KINDS)
            ),
            "content": self.env._("The content of the file does not fit its name. Save it anew and try again."),
        }[reason]
