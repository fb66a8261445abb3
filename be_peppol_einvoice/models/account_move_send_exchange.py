# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from odoo.addons.account.models.company import PEPPOL_LIST


class AccountMoveSend(models.AbstractModel):
    """The documents that the check let through: to the company's access point, or on to core's."""

    _inherit = "account.move.send"

    @api.model
    def _is_applicable_to_company(self, method, company):
        """What Odoo's own access point thinks of a company is of no account where another one serves it."""
        if method == "peppol" and self.env["peppol.connection"]._of(company):
            return company.country_code in PEPPOL_LIST
        return super()._is_applicable_to_company(method, company)

    @api.model
    def _call_web_service_after_invoice_pdf_render(self, invoices_data):
        """Prepare an exchange for each document of a company with an access point of its own; the rest is core's.

        Nothing is sent here: the worker does so once this transaction is committed. Core's own path stays as it is, and
        what it took over is recorded.
        """
        connections = {
            company: self.env["peppol.connection"]._of(company)
            for company in {move.company_id for move in invoices_data}
        }
        prepared, methods = [], {}
        for move, move_data in invoices_data.items():
            connection = connections[move.company_id]
            if not connection or not (xml := self._einvoice_leaving(move, move_data)):
                continue
            methods[move] = move_data["sending_methods"]
            # core's own access point is none of these documents' business
            move_data["sending_methods"] = [method for method in methods[move] if method != "peppol"]
            prepared.append(self._exchange_prepare(move, move_data, xml, connection))
        before = {move: move.peppol_message_uuid for move in invoices_data}
        result = super()._call_web_service_after_invoice_pdf_render(invoices_data)
        for move, move_methods in methods.items():
            invoices_data[move]["sending_methods"] = move_methods
        if prepared:
            self.env["peppol.exchange"].union(*prepared)._wake_up()
        for move, move_data in invoices_data.items():
            if move not in methods and move.peppol_message_uuid and move.peppol_message_uuid != before[move]:
                self.env["peppol.exchange"]._record_core_sent(move, move_data)
        return result

    @api.model
    def _exchange_prepare(self, move, move_data, xml, connection):
        exchange, goes_out = self.env["peppol.exchange"]._prepare(move, xml, connection)
        if goes_out:
            move._message_log(body=self.env._("The e-invoice is ready, and leaves over Peppol in a moment."))
        else:
            move._message_log(
                body=self.env._("The customer already has exactly this e-invoice: it was not sent a second time.")
            )
        return exchange
