# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _add_invoice_header_nodes(self, document_node, vals):
        """Add the sentences that Belgian law wants on the invoice and that core prints on paper only, if at all."""
        result = super()._add_invoice_header_nodes(document_node, vals)
        note = document_node.get("cbc:Note") or {}
        text = note.get("_text") or ""
        mentions = vals["invoice"]._be_required_mentions(text)
        if mentions:
            # Peppol allows a single note
            document_node["cbc:Note"] = {**note, "_text": "\n".join([text, *mentions] if text else mentions)}
        return result
