# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..exchange import envelope


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _call_web_service_after_invoice_pdf_render(self, invoices_data):
        """Embed the PDF also where it was made earlier: core forgets it for an invoice that was e-mailed first.

        Before the check sees the document, for that judges the exact bytes that leave. Where core has embedded a PDF
        itself, nothing is done.
        """
        for move, move_data in invoices_data.items():
            made = move_data.get("ubl_cii_xml_attachment_values")
            if (
                made
                and "peppol" in move_data["sending_methods"]
                and move.invoice_pdf_report_id
                and move_data.get("ubl_cii_xml_options")
                and not envelope.has_pdf(made["raw"])
            ):
                self._postprocess_invoice_ubl_xml(move, move_data)
        return super()._call_web_service_after_invoice_pdf_render(invoices_data)
