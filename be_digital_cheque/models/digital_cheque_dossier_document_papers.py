# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import models
from odoo.exceptions import UserError

from ..tools.settings import reference_date
from .digital_cheque_dossier_papers import REPORTS


class DigitalChequeDossierDocument(models.Model):
    """A document that the app fills in."""

    _inherit = "digital.cheque.dossier.document"

    def action_generate(self):
        """Fill the documents in from the data of today and keep them here as PDF."""
        for document in self:
            if document.kind not in REPORTS:
                raise UserError(self.env._("“%s” is not one that the app fills in: upload it.", document.name))
            content, name = document.dossier_id._paper_pdf(document.kind)
            document.write(
                {
                    "file": base64.b64encode(content),
                    "file_name": name,
                    "dated_on": reference_date(document),
                    "state": "ready",
                }
            )
