# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..checking.verdict import language_of

ACTIVITY = "be_peppol_einvoice.activity_type_mend"


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _hook_invoice_document_before_pdf_report_render(self, invoice, invoice_data):
        """An e-invoice that core itself cannot make is no reason to keep the e-mail from going out."""
        result = super()._hook_invoice_document_before_pdf_report_render(invoice, invoice_data)
        methods = set(invoice_data["sending_methods"])
        if (
            invoice_data.get("error")
            and invoice_data.get("error_but_continue")
            and "peppol" in methods
            and methods - {"peppol"}
            and (verdict := invoice._einvoice_preview(invoice_data["invoice_edi_format"]))
            and verdict.fatal
        ):
            invoice_data["einvoice_not_made"] = verdict
            del invoice_data["error"], invoice_data["error_but_continue"]
        return result

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
            move: self._einvoice_judge_leaving(move, move_data)
            for move, move_data in invoices_data.items()
            if move_data.get("einvoice_not_made") or self._einvoice_leaving(move, move_data)
        }
        held_up = {
            move: verdict
            for move, verdict in verdicts.items()
            if verdict.fatal and (move.company_id.einvoice_hold_up or invoices_data[move].get("einvoice_not_made"))
        }
        methods = {move: invoices_data[move]["sending_methods"] for move in held_up}
        for move in held_up:
            invoices_data[move]["sending_methods"] = [method for method in methods[move] if method != "peppol"]
        # before anything leaves: what fails afterwards would be told of documents that have gone. They change on the
        # way (they are marked as sent, for one), so what they look like now need not be known
        self.env["be.einvoice.check"]._keep(verdicts, fingerprints={})
        result = super()._call_web_service_after_invoice_pdf_render(invoices_data)
        for move, verdict in held_up.items():
            invoices_data[move]["sending_methods"] = methods[move]
            self._einvoice_hold_up(move, invoices_data[move], verdict, alone=len(invoices_data) == 1)
        self._einvoice_let_go(self.env["account.move"].union(*verdicts) - self.env["account.move"].union(*held_up))
        return result

    @api.model
    def _einvoice_leaving(self, move, move_data):
        """The XML that is about to leave over Peppol for a document; None if none will."""
        if "peppol" not in move_data["sending_methods"] or not self._is_applicable_to_move("peppol", move, **move_data):
            return None
        made = move_data.get("ubl_cii_xml_attachment_values")
        return made["raw"] if made else move.ubl_cii_xml_id.raw or None

    @api.model
    def _einvoice_judge_leaving(self, move, move_data):
        """The verdict on the bytes that leave; a file that was made earlier and is faulty is made again."""
        if move_data.get("einvoice_not_made"):
            return move_data["einvoice_not_made"]
        made = move_data.get("ubl_cii_xml_attachment_values")
        if made:
            self._einvoice_embed_pdf(move, move_data)
            return move._einvoice_judge(made["raw"])
        verdict = move._einvoice_judge(move.ubl_cii_xml_id.raw)
        if not verdict.fatal:
            return verdict
        return self._einvoice_make_again(move, move_data) or verdict

    @api.model
    def _einvoice_embed_pdf(self, move, move_data):
        """Put the PDF into the e-invoice where core leaves it out: when it was made earlier, for an e-mail.

        Receivers read the PDF; core embeds it only in the run that renders it (odoo#245901).
        """
        options = move_data.get("ubl_cii_xml_options") or {}
        made = move_data["ubl_cii_xml_attachment_values"]
        if (
            move.invoice_pdf_report_id
            and options.get("ubl_cii_format") not in (None, "facturx")
            and b"EmbeddedDocumentBinaryObject" not in made["raw"]
        ):
            self._postprocess_invoice_ubl_xml(move, move_data)

    @api.model
    def _einvoice_make_again(self, move, move_data):
        """Make the file anew where the one on the document is faulty and what was wrong has been mended since.

        :return: the new verdict, or None where nothing better came of it; then the earlier file stays
        """
        edi_format = move_data["invoice_edi_format"] or move.commercial_partner_id._get_peppol_edi_format()
        builder = move._einvoice_builder(edi_format)
        xml, errors = builder._export_invoice(move) if builder is not None else (None, True)
        if errors or (verdict := move._einvoice_judge(xml)).fatal:
            return None
        # as core does when a document is reset to draft: the earlier file stays among the attachments
        move.ubl_cii_xml_id.res_field = False
        move.invalidate_recordset(["ubl_cii_xml_id", "ubl_cii_xml_file"])
        move_data["ubl_cii_xml_options"] = {"ubl_cii_format": edi_format, "builder": builder}
        move_data["ubl_cii_xml_attachment_values"] = {
            "name": builder._export_invoice_filename(move),
            "raw": xml,
            "mimetype": "application/xml",
            "res_model": move._name,
            "res_id": move.id,
            "res_field": "ubl_cii_xml_file",
        }
        self._einvoice_embed_pdf(move, move_data)
        return verdict

    # ------------------------------------------------------------------------------------------------------------------
    # What was held up, and what went
    # ------------------------------------------------------------------------------------------------------------------

    @api.model
    def _einvoice_hold_up(self, move, move_data, verdict, alone):
        """Say that an e-invoice did not go, and why; its file is thrown away: once mended, a new one is made."""
        author = self.env["res.users"].browse(move_data["author_user_id"])
        # a background job speaks the language of the person whose invoice it sends
        speaker = self.with_context(lang=author.lang or self.env.lang)
        error = {
            "error_title": speaker.env._("The e-invoice was not sent over Peppol. This has to be put right first:"),
            "errors": list(dict.fromkeys(finding.message(language_of(author.lang)) for finding in verdict.fatal)),
        }
        move.peppol_move_state = "error"
        move_data.pop("ubl_cii_xml_attachment_values", None)
        speaker._einvoice_remind(move, author, error)
        if set(move_data["sending_methods"]) - {"peppol"}:
            # another route is open, and core goes on with it
            move.message_post(body=self._format_error_html(error))
            self._send_notifications_to_partners({move_data["author_partner_id"]: move.ids}, is_success=False)
        else:
            move_data["error"] = error
            move_data["einvoice_held_up"] = not alone

    @api.model
    def _einvoice_remind(self, move, author, error):
        """One activity for each document that is held up, and a mark that lets it go once it is mended."""
        # sudo: the marks are the checks' own; the document is one that its sender may send
        check = self.env["be.einvoice.check"].sudo().search([("move_id", "=", move.id)])
        check.write({"resume": True, "sender_id": author.id})
        if not move.activity_search([ACTIVITY]):
            move.with_context(mail_activity_quick_update=True).activity_schedule(
                ACTIVITY,
                summary=self.env._("The e-invoice was not sent"),
                note=self._format_error_html(error),
                user_id=author.id,
            )

    @api.model
    def _einvoice_let_go(self, moves):
        """What is in order needs no reminder any more."""
        # sudo: as above
        self.env["be.einvoice.check"].sudo().search(
            [("move_id", "in", moves.ids), ("resume", "=", True)]
        ).resume = False
        moves.activity_unlink([ACTIVITY])

    @api.model
    def _hook_if_errors(self, moves_data, allow_raising=True):
        """Among several documents, one that was held up is no reason to give up on the others."""
        held_up = {move: data for move, data in moves_data.items() if data.get("einvoice_held_up")}
        others = {move: data for move, data in moves_data.items() if move not in held_up}
        result = super()._hook_if_errors(held_up, allow_raising=False) if held_up else None
        return super()._hook_if_errors(others, allow_raising=allow_raising) if others else result
