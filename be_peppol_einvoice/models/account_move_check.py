# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.account.models.company import PEPPOL_LIST

from ..checking.memory import Known, Memory
from ..checking.verdict import Verdict, language_of, not_exported
from ..en16931 import validate
from ..exchange.states import CORE_SENT

_logger = logging.getLogger(__name__)
_JUDGE = "be_peppol_einvoice.judge"


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

    @api.model
    def _einvoice_report(self, xml, on=None):
        """The engine's report on a document by the rules in force on a day (today); the same bytes are judged once.

        Between a document's making and its leaving it is asked for up to three times in one transaction.
        """
        # not reset by a rollback, and need not be: a report depends on nothing but the bytes and the day
        judge = self.env.cr.cache.setdefault(_JUDGE, Memory(validate))
        return judge(xml, on or fields.Date.context_today(self))

    def _einvoice_judge(self, xml):
        """The :class:`Verdict` on this document's XML, by the rules in force today."""
        self.ensure_one()
        report = self._einvoice_report(xml)
        try:
            extra = self._einvoice_extra_findings(xml, report)
        except Exception:
            # the official verdict stands; a mistake in a check of ours must not keep an invoice from leaving
            _logger.exception("The additional checks of %s failed", self.display_name)
            extra = []
        return Verdict.of(report, extra)

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
            with self.env.cr.savepoint(flush=False), self._einvoice_as_if_posted():
                objections = Known()
                asking = builder.with_context(einvoice_objections=objections)
                xml, errors = asking._export_invoice(self)
                if errors:
                    return not_exported(self._einvoice_objections(builder, errors, objections))
                return self._einvoice_judge(xml)
        except UserError as error:
            return not_exported([(None, {language_of(self.env.lang): str(error)})])
        except Exception:
            # core's builder stumbles over data that it did not foresee; sending meets the same and reports it, and an
            # invoice that is only being looked at must open nevertheless
            _logger.warning("The e-invoice of %s could not be made for a check", self.display_name, exc_info=True)
            return None

    @contextmanager
    def _einvoice_as_if_posted(self):
        """Give a draft, in memory only, what it gets when it is confirmed: a number and a date."""
        missing = {}
        if self.state == "draft":
            if not self.invoice_date:
                missing["invoice_date"] = fields.Date.context_today(self)
            if not self.name or self.name == "/":
                missing["name"] = self.name_placeholder or "DRAFT"
        if not missing:
            yield
            return
        self.flush_recordset()
        for name, value in missing.items():
            self._fields[name]._update_cache(self, value)
        try:
            yield
        finally:
            self.invalidate_recordset(list(missing), flush=False)

    def _einvoice_objections(self, builder, errors, objections):
        """Core's own reasons in each language of the database: they are kept, and read by people of any of them.

        :param errors: core's sentences in the language of this moment
        :param objections: dict from core's key to the sentence, for those that core gives a key
        :return: list of (core's key or None, dict from language to sentence)
        """
        here = language_of(self.env.lang)
        keyed = {key: {here: text} for key, text in objections.items() if text in errors}
        for code, _name in self.env["res.lang"].get_installed():
            language = language_of(code)
            if language == here or not keyed:
                continue
            translated = Known()
            other = builder.with_context(lang=code, einvoice_objections=translated)
            other._export_invoice(self.with_context(lang=code))
            for key, text in translated.items():
                if key in keyed:
                    keyed[key][language] = text
        said = {texts[here] for texts in keyed.values()}
        # two keys may have the same sentence
        distinct = {texts[here]: (key, texts) for key, texts in keyed.items()}
        return [*distinct.values(), *((None, {here: error}) for error in sorted(errors) if error not in said)]

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
        if self.peppol_move_state in CORE_SENT:
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

    def _einvoice_leaves_over_peppol(self):
        """Whether this document, sent by its default methods, would leave over Peppol; nothing is looked up for it."""
        self.ensure_one()
        partner = self.commercial_partner_id.with_company(self.company_id)
        return (
            not self._einvoice_not_applicable()
            and self.company_id.peppol_can_send
            and partner.peppol_verification_state == "valid"
        )

    def _einvoice_keep_received_verdict(self, xml):
        """Judge the structured file that this bill was read from; whatever it says, the bill is not held up."""
        if not xml or not self.is_purchase_document(include_receipts=True):
            return
        self.env["be.einvoice.check"]._keep({self: Verdict.of(self._einvoice_report(xml))})

    def _einvoice_received(self):
        """Whether this is a document that others made: its verdict is of the file that came in, and stays as it is."""
        self.ensure_one()
        return self.imported_from_einvoice or (
            self.is_purchase_document(include_receipts=True) and not self.journal_id.is_self_billing
        )

    def button_draft(self):
        """Back in draft, a document is no longer on its way."""
        result = super().button_draft()
        self._einvoice_forget_sending()
        return result

    def action_cancel_peppol_documents(self):
        result = super().action_cancel_peppol_documents()
        self._einvoice_forget_sending()
        return result

    def _einvoice_forget_sending(self):
        # sudo: the mark is the checks' own
        self.env["be.einvoice.check"].sudo().search([("move_id", "in", self.ids), ("resume", "=", True)]).resume = False

    # ------------------------------------------------------------------------------------------------------------------
    # Screens
    # ------------------------------------------------------------------------------------------------------------------

    def get_einvoice_status(self):
        """What the screens show of the check of this document; see ``be.einvoice.check._status``."""
        self.ensure_one()
        self.check_access("read")
        return self.env["be.einvoice.check"]._status(self)

    def action_einvoice_check_again(self):
        """Check these documents now, or, if they are many, in the background."""
        self.check_access("read")
        return self.env["be.einvoice.check"]._check_again(self)
