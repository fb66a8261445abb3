# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..checking.remedies import CATEGORY_RULES, line_number, mirrored

# What the small form of a contact shows, by the last word of the place
_PARTS = {
    "endpoint": "number",
    "number": "number",
    "vat": "number",
    "name": "name",
    "address": "address",
    "delivery": "address",
    "contact": "contact",
    "language": "language",
}


class BeEinvoiceRemedy(models.AbstractModel):
    """The record to open, with the field in sight, for the place where a finding is mended."""

    _name = "be.einvoice.remedy"
    _description = "Where a finding on an e-invoice is mended"

    @api.model
    def _label(self, place):
        """What the button says."""
        labels = {
            "customer_endpoint": self.env._("Correct the customer's Peppol address"),
            "customer_number": self.env._("Correct the customer's enterprise number"),
            "customer_vat": self.env._("Correct the customer's VAT number"),
            "customer_name": self.env._("Correct the customer's name"),
            "customer_address": self.env._("Complete the customer's address"),
            "customer_contact": self.env._("Correct the customer's contact details"),
            "customer_language": self.env._("Choose the customer's language"),
            "company_endpoint": self.env._("Correct your company's Peppol address"),
            "company_number": self.env._("Correct your company's enterprise number"),
            "company_vat": self.env._("Correct your company's VAT number"),
            "company_name": self.env._("Correct your company's name"),
            "company_address": self.env._("Complete your company's address"),
            "company_contact": self.env._("Complete your company's contact details"),
            "bank_account": self.env._("Choose the bank account"),
            "payment_reference": self.env._("Correct the payment reference"),
            "buyer_reference": self.env._("Fill in the customer's reference"),
            "delivery": self.env._("Correct the delivery address"),
            "delivery_date": self.env._("Correct the delivery date"),
            "tax": self.env._("Correct the tax"),
            "tax_categories": self.env._("Complete the VAT categories"),
            "product": self.env._("Correct the product"),
            "line": self.env._("Correct the invoice line"),
            "due_date": self.env._("Correct the due date"),
            "preceding_invoice": self.env._("Correct the invoice"),
        }
        return labels.get(place) or self.env._("Correct the invoice")

    @api.model
    def _place(self, finding):
        """The place of a finding, seen from the company: in a self-billed document it is the buyer."""
        move, place = finding.move_id, finding.place or "invoice"
        if place == "vat_numbers":
            place = "customer_vat" if move.company_id.vat else "company_vat"
        if place == "delivery" and "BT-72" in (finding.terms or "").split():
            place = "delivery_date"
        if place == "delivery" and move.partner_shipping_id == move.partner_id:
            place = "customer_address"
        if place == "product" and not self._line(finding).product_id:
            place = "line"
        if place == "tax" and self._is_about_categories(finding):
            place = "tax_categories"
        if move.is_purchase_document():
            place = mirrored(place)
        return place

    @api.model
    def _is_about_categories(self, finding):
        """Whether a finding on a tax is answered by the page that completes the categories of the Belgian taxes."""
        if finding.move_id.company_id.account_fiscal_country_id.code != "BE":
            return False
        tax = self._tax(finding)
        return finding.rule_id.code in CATEGORY_RULES or (tax and not tax.ubl_cii_tax_category_code)

    @api.model
    def _for(self, finding):
        """What the button of a finding does.

        :return: dict with ``label``, ``model``, ``id``, ``view`` (id of a small form, or False: the record's own
            form), ``method`` (name of a method of the record that gives the action to open instead, or False),
            ``title``, ``context`` and ``editable``; None for documents that others made
        """
        move = finding.move_id
        if move._einvoice_received():
            return None
        place = self._place(finding)
        record, view = self._record(finding, place)
        page = record._name == "res.company"
        return {
            "label": self._label(place),
            "place": place,
            "model": record._name,
            "id": record.id,
            "method": "action_open_tax_backfill" if page else False,
            "view": self.env.ref(f"be_peppol_einvoice.{view}").id if view else False,
            "title": record.display_name,
            "context": {"einvoice_part": _PARTS.get(place.split("_")[-1], place)},
            "editable": page or self._editable(record),
        }

    @api.model
    def _record(self, finding, place):
        """(record, name of the small form) for a place; without a small form, the record's own form is opened."""
        move = finding.move_id
        if place in ("customer_address", "customer_contact", "customer_language"):
            return move.partner_id, "view_remedy_partner"
        if place.startswith("customer_"):
            return move.commercial_partner_id, "view_remedy_partner"
        if place.startswith("company_"):
            return move.company_id.partner_id, "view_remedy_partner"
        if place == "delivery" and move.partner_shipping_id:
            return move.partner_shipping_id, "view_remedy_partner"
        if place == "tax_categories" and self.env.user.has_group("account.group_account_manager"):
            return move.company_id, None
        if place in ("tax", "tax_categories") and (tax := self._tax(finding)):
            return tax, "view_remedy_tax"
        if place == "product":
            return self._line(finding).product_id, "view_remedy_product"
        if place in ("bank_account", "payment_reference", "buyer_reference"):
            return move, "view_remedy_move"
        return move, None

    @api.model
    def _line(self, finding):
        """The invoice line that a finding speaks of: documents hold the lines in the order of the invoice."""
        lines = finding.move_id.invoice_line_ids.filtered(lambda line: line.display_type == "product").sorted(
            lambda line: (line.sequence, line.id)
        )
        number = line_number(finding.path)
        return lines[number - 1 : number] if number else lines[:0]

    @api.model
    def _tax(self, finding):
        """The tax that a finding speaks of: the line's, or the one of the category and rate found."""
        taxes = self._line(finding).tax_ids
        if not taxes:
            taxes = finding.move_id.invoice_line_ids.tax_ids
            code = (finding.values or {}).get("code")
            taxes = taxes.filtered(lambda tax: code and tax.ubl_cii_tax_category_code == code) or taxes
        return taxes.filtered(lambda tax: not tax.ubl_cii_tax_category_code)[:1] or taxes[:1]

    @api.model
    def _editable(self, record):
        # sudo is no part of this: it asks what this user may do
        return record.with_user(self.env.user).has_access("write")
