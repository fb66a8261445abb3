# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from decimal import Decimal

from odoo import fields, models

from ..checking.verdict import language_of
from ..mend import Facts, mend

_logger = logging.getLogger(__name__)

PEPPOL = "account.edi.xml.ubl_bis3"


class AccountEdiXmlUblBis3(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_bis3"

    def _export_invoice(self, invoice):
        """Mend what core writes where the rules refuse it; a right document leaves as core wrote it."""
        xml, errors = super(AccountEdiXmlUblBis3, self._einvoice_remembering())._export_invoice(invoice)
        if not xml:
            return xml, errors
        try:
            facts, today = self._einvoice_facts(invoice), fields.Date.context_today(invoice)
            mended = mend(xml, facts, today, invoice._einvoice_report)
        except Exception:
            # whatever a mend stumbles over, core's document can still go out, or be refused by the check
            _logger.exception("The e-invoice of %s could not be mended", invoice.display_name)
            return xml, errors
        return mended, errors

    def _add_invoice_config_vals(self, vals):
        """Documents that Peppol knows: core writes debit notes as DebitNote and self-billed credit notes as Invoice.

        A debit note is an invoice with a type code of its own (see mend/debit_note_code.py). A self-billed credit note
        exported as an invoice asks the customer for money that is owed to them (odoo#260941). The national formats that
        inherit from this one have type codes of their own.
        """
        result = super()._add_invoice_config_vals(vals)
        if self._name != PEPPOL:
            return result
        if vals.get("document_type") == "debit_note":
            vals["document_type"] = "invoice"
        if vals["invoice"].move_type == "in_refund" and vals.get("document_type") == "invoice":
            vals["document_type"] = "credit_note"
        return result

    def _export_invoice_constraints(self, invoice, vals):
        """A line that has a text in the ledger gets it back (see mend/line_text.py): no reason to refuse it."""
        constraints = super()._export_invoice_constraints(invoice, vals)
        lines = self._einvoice_lines(invoice)
        if self._einvoice_deposits(lines) and all(line.name or line.product_id.name for line in lines):
            constraints.pop("cen_en16931_item_name", None)
        return constraints

    def _einvoice_lines(self, invoice):
        """The lines that become lines of the e-invoice, in its order."""
        return invoice.line_ids.filtered(lambda line: line.display_type == "product")

    def _einvoice_deposits(self, lines):
        """The fixed taxes without VAT on them, which core writes as lines."""
        return lines.tax_ids.flatten_taxes_hierarchy().filtered(
            lambda tax: tax.amount_type == "fixed" and not tax.include_base_amount
        )

    def _einvoice_facts(self, invoice):
        """What the mends may need to know, see :class:`~..mend.facts.Facts`."""
        lines = self._einvoice_lines(invoice)
        debited = invoice.debit_origin_id if "debit_origin_id" in invoice._fields else invoice.browse()
        corrected = invoice.reversed_entry_id or debited
        deposits = self._einvoice_deposits(lines)
        places = invoice.currency_id.decimal_places
        texts = amounts = ()
        if deposits:
            texts = tuple((Decimal(repr(line.quantity)), line.name or line.product_id.name or "") for line in lines)
            amounts = tuple(
                (
                    tax.name,
                    round(Decimal(repr(invoice.direction_sign * sum(tax_lines.mapped("amount_currency")))), places),
                )
                for tax, tax_lines in invoice.line_ids.grouped("tax_line_id").items()
                if tax in deposits
            )
        return Facts(
            language=language_of(invoice.partner_id.lang),
            unit=Decimal(1).scaleb(-places),
            reference=corrected.name if corrected.name and corrected.name != "/" else None,
            reference_date=corrected.invoice_date or None,
            delivery_date=(invoice.delivery_date != invoice.invoice_date and invoice.delivery_date) or None,
            debit_note=bool(debited) and self._name == PEPPOL,
            lines=texts,
            deposits=amounts,
        )
