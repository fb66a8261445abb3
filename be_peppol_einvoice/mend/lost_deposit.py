# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Deposits that core leaves out.

Core writes a deposit (a fixed tax without VAT on it) as a line of its own, made from the line that bears it. Where that
line is free of charge (100% discount), the deposit is lost: it is in the amount due, but on no line, and the totals no
longer agree (BR-CO-16). What is missing according to the ledger is added as a line of category E, where core puts
deposits, and to the totals. The amount due stays.
"""

from decimal import Decimal

from .document import NAMESPACES, amount_of, child, tag, text

RULES = frozenset({"BR-CO-16"})


def apply(document):
    changed = False
    for name, amount in document.facts.deposits:
        missing = amount - sum(
            amount_of(line, "cbc:LineExtensionAmount")
            for line in document.lines
            if line.findtext("cac:Item/cbc:Name", namespaces=NAMESPACES) == name
        )
        totals = document.totals
        gap = (
            amount_of(totals, "cbc:PayableAmount")
            + amount_of(totals, "cbc:PrepaidAmount")
            - amount_of(totals, "cbc:PayableRoundingAmount")
            - amount_of(totals, "cbc:TaxInclusiveAmount")
        )
        # only what closes the gap, or a part of it, is taken for lost
        if missing and missing * gap > 0 and abs(missing) <= abs(gap):
            _add_line(document, name, missing)
            _add_to_breakdown(document, missing)
            for total in ("cbc:LineExtensionAmount", "cbc:TaxExclusiveAmount", "cbc:TaxInclusiveAmount"):
                totals.find(tag(total)).text = text(amount_of(totals, total) + missing)
            changed = True
    return changed


def _add_line(document, name, amount):
    line = child(document.root, f"cac:{document.kind}Line")
    child(line, "cbc:ID", str(len(document.lines)))
    child(line, document.quantity_tag, "1.0" if amount > 0 else "-1.0", unitCode="C62")
    child(line, "cbc:LineExtensionAmount", text(amount), currencyID=document.currency)
    item = child(line, "cac:Item")
    child(item, "cbc:Name", name)
    _add_category(item, "cac:ClassifiedTaxCategory")
    child(child(line, "cac:Price"), "cbc:PriceAmount", text(abs(amount)), currencyID=document.currency)


def _add_category(parent, name, reason=None):
    category = child(parent, name)
    child(category, "cbc:ID", "E")
    child(category, "cbc:Percent", "0.0")
    if reason:
        child(category, "cbc:TaxExemptionReason", reason)
    child(child(category, "cac:TaxScheme"), "cbc:ID", "VAT")


def _add_to_breakdown(document, amount):
    for subtotal in document.subtotals():
        if subtotal.findtext("cac:TaxCategory/cbc:ID", namespaces=NAMESPACES) == "E":
            taxable = subtotal.find(tag("cbc:TaxableAmount"))
            taxable.text = text(Decimal(taxable.text) + amount)
            return
    subtotal = child(document.root.find(tag("cac:TaxTotal")), "cac:TaxSubtotal")
    child(subtotal, "cbc:TaxableAmount", text(amount), currencyID=document.currency)
    child(subtotal, "cbc:TaxAmount", "0.00", currencyID=document.currency)
    _add_category(subtotal, "cac:TaxCategory", "Exempt from tax")
