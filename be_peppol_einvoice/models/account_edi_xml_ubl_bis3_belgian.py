# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _export_invoice(self, invoice):
        """One breakdown per category, whatever the number of exemptions behind it (BR-E-01, BR-AE-01, BR-IC-01…)."""
        reasons = invoice.with_context(lang=invoice.partner_id.lang)._be_exemption_reasons(self)
        return super(AccountEdiXmlUblBis3, self.with_context(be_exemption_reasons=reasons))._export_invoice(invoice)

    def _add_invoice_header_nodes(self, document_node, vals):
        """Add the sentences that Belgian law wants on the invoice and that core prints on paper only, if at all."""
        super()._add_invoice_header_nodes(document_node, vals)
        note = document_node.get("cbc:Note") or {}
        text = note.get("_text") or ""
        mentions = vals["invoice"]._be_required_mentions(text)
        if mentions:
            # Peppol allows a single note
            document_node["cbc:Note"] = {**note, "_text": "\n".join([text, *mentions] if text else mentions)}
