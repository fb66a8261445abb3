# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..checking.verdict import language_of


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    # ------------------------------------------------------------------------------------------------------------------
    # The exact bytes, right before they leave
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _call_web_service_after_invoice_pdf_render(self, invoices_data):
        """Judge what is about to leave over Peppol; what is wrong stays, everything else goes on as in core.

        Only the Peppol route of the documents concerned is closed. Other documents, e-mails and other routes are none
        of this check's business.
        """
        verdicts = {
            move: move._einvoice_judge(xml)
            for move, move_data in invoices_data.items()
            if (xml := self._einvoice_leaving(move, move_data))
        }
        held_up = {move: verdict for move, verdict in verdicts.items() if verdict.fatal}
        methods = {move: invoices_data[move]["sending_methods"] for move in held_up}
        for move in held_up:
            invoices_data[move]["sending_methods"] = [method for method in methods[move] if method != "peppol"]
        super()._call_web_service_after_invoice_pdf_render(invoices_data)
        for move, verdict in held_up.items():
            invoices_data[move]["sending_methods"] = methods[move]
            self._einvoice_hold_up(move, invoices_data[move], verdict, alone=len(invoices_data) == 1)
        self.env["be.einvoice.check"]._keep(verdicts)

    @api.model
    def _einvoice_leaving(self, move, move_data):
        """The XML that core is about to send over Peppol for a document; None if it will not."""
        if "peppol" not in move_data["sending_methods"]:
            return None
        if not self._is_applicable_to_move("peppol", move, **move_data):
            return None
        made = move_data.get("ubl_cii_xml_attachment_values")
        return made["raw"] if made else move.ubl_cii_xml_id.raw

    @api.model
    def _einvoice_hold_up(self, move, move_data, verdict, alone):
        """Say that an e-invoice did not go, and why; the file is thrown away: once mended, a new one is made."""
        language = language_of(self.env.lang)
        move.peppol_move_state = "error"
        move_data.pop("ubl_cii_xml_attachment_values", None)
        error = {
            "error_title": self.env._("The e-invoice was not sent over Peppol: something has to be mended first."),
            "errors": [finding.message(language) for finding in verdict.fatal],
        }
        if set(move_data["sending_methods"]) - {"peppol"}:
            # another route is open: core goes on with it
            move.message_post(body=self._format_error_html(error))
        else:
            move_data["error"] = error
            move_data["einvoice_held_up"] = not alone

    @api.model
    def _hook_if_errors(self, moves_data, allow_raising=True):
        """Among several documents, one that was held up is no reason to give up on the others."""
        held_up = {move: data for move, data in moves_data.items() if data.get("einvoice_held_up")}
        others = {move: data for move, data in moves_data.items() if move not in held_up}
        if held_up:
            super()._hook_if_errors(held_up, allow_raising=False)
        if others:
            super()._hook_if_errors(others, allow_raising=allow_raising)
