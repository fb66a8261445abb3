# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.account.models.company import PEPPOL_LIST

from ..checking.verdict import Verdict, language_of, not_exported
from ..en16931 import validate

_logger = logging.getLogger(__name__)

# What a draft cannot have yet and gets when it is confirmed: its number and its date
_GIVEN_ON_POSTING = {"name": {"BR-02"}, "invoice_date": {"BR-03"}}


class AccountMove(models.Model):
    _inherit = "account.move"

    einvoice_check_ids = fields.One2many(
        "be.einvoice.check", "move_id", string="E-invoice check", readonly=True, copy=False
    )

    # ------------------------------------------------------------------------------------------------------------------
    # Judging
    # ------------------------------------------------------------------------------------------------------------------

    def _einvoice_extra_findings(self, xml, report):
        """What is wrong with a document beyond the official rules.

        :param bytes xml: the document as it would leave
        :param report: the engine's :class:`~..en16931.report.Report` on it
        :return: list of findings of the shape of :class:`~..en16931.report.Finding` (``id``, ``severity`` "fatal" or
            "warning", ``terms``, ``values``, ``path``, ``line``, ``message(language)``)
        """
        return []

    def _einvoice_judge(self, xml):
        """The :class:`Verdict` on this document's XML, by the rules in force today."""
        self.ensure_one()
        report = validate(xml, on=fields.Date.context_today(self))
        return Verdict.of(report, self._einvoice_extra_findings(xml, report))

    def _einvoice_builder(self, edi_format=None):
        """Core's builder of what would go out over Peppol; None where there is none."""
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id.with_company(self.company_id)
        if not partner:
            return None
        return partner._get_edi_builder(edi_format or partner._get_peppol_edi_format())

    def _einvoice_preview(self, edi_format=None):
        """The verdict on the document as it would be exported now: as it will leave, but for the embedded PDF.

        :return: :class:`Verdict`, or None where Odoo failed in a way that says nothing about the document
        """
        self.ensure_one()
        builder = self._einvoice_builder(edi_format)
        if builder is None:
            return None
        try:
            with self.env.cr.savepoint(flush=False):
                xml, errors = builder._export_invoice(self)
        except UserError as error:
            return not_exported([{language_of(self.env.lang): str(error)}])
        except Exception:
            # core's builder stumbles over data that it did not foresee; sending meets the same and reports it, and an
            # invoice that is only being looked at must open nevertheless
            _logger.warning("The e-invoice of %s could not be made for a check", self.display_name, exc_info=True)
            return None
        if errors:
            return not_exported(self._einvoice_export_errors(builder, errors))
        ignored = set()
        if self.state == "draft":
            ignored = {rule for field, rules in _GIVEN_ON_POSTING.items() if not self[field] for rule in rules}
        return self._einvoice_judge(xml).without(ignored)

    def _einvoice_export_errors(self, builder, errors):
        """Core's own reasons in each language of the database: they are kept, and read by people of any of them."""
        texts = [{language_of(self.env.lang): error} for error in sorted(errors)]
        for code, _name in self.env["res.lang"].get_installed():
            language = language_of(code)
            if any(language in text for text in texts):
                continue
            _xml, translated = builder.with_context(lang=code)._export_invoice(self.with_context(lang=code))
            if len(translated) == len(texts):
                for text, error in zip(texts, sorted(translated), strict=True):
                    text[language] = error
        return texts

    # ------------------------------------------------------------------------------------------------------------------
    # Which documents are checked
    # ------------------------------------------------------------------------------------------------------------------

    def _einvoice_not_applicable(self):
        """Why no e-invoice goes out for this document: a key of ``be.einvoice.check.reason``; False if one does."""
        self.ensure_one()
        if self.state == "cancel":
            return "cancelled"
        if self.imported_from_einvoice:
            return "not_ours"
        if not (self.is_sale_document() or self._is_exportable_as_self_invoice()):
            return "document"
        if self.peppol_move_state in ("processing", "done"):
            return "sent"
        if self.company_id.country_code not in PEPPOL_LIST:
            return "company"
        partner = self.commercial_partner_id.with_company(self.company_id)
        if not partner:
            return "no_customer"
        if partner.peppol_verification_state == "valid":
            return False
        if not partner.is_company and (partner.vat or "/") == "/":
            return "private"
        if partner.country_code not in PEPPOL_LIST:
            return "abroad"
        return False

    def _einvoice_keep_received_verdict(self, xml):
        """Judge the structured file that this bill was read from; whatever it says, the bill is not held up."""
        if not xml or not self.is_purchase_document(include_receipts=True):
            return
        self.env["be.einvoice.check"]._keep({self: Verdict.of(validate(xml, on=fields.Date.context_today(self)))})
