# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeDossierDocument(models.Model):
    _inherit = "digital.cheque.dossier.document"

    uploaded_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, help="The portal user who sent the file."
    )
