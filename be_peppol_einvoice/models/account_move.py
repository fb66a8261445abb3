# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    imported_from_einvoice = fields.Boolean(
        string="Filled in from an e-invoice",
        readonly=True,
        copy=False,
        help="The lines of this document were read from an e-invoice (UBL or CII XML file, or a PDF with one inside) "
        "instead of being typed in.",
    )

    def _extend_with_attachments(self, files_data, new=False):
        """Keep in mind that the document was read from a structured file, and what the rules say of that file.

        Core leaves no trace of it that can be searched: the file of a bill received by e-mail is not even linked to
        the bill. The verdict is kept also where core could not read the file: then it may say why.
        """
        imported = super()._extend_with_attachments(files_data, new=new)
        decoded = max(files_data, key=lambda data: (data.get("decoder_info") or {}).get("priority", 0), default={})
        if decoded.get("decoder_info") and decoded.get("xml_tree") is not None:
            if imported:
                self.imported_from_einvoice = True
            self._einvoice_keep_received_verdict(decoded.get("raw"))
        return imported
