# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reference of a credit or debit note to the invoice that it corrects (BG-3).

Core writes it for Dutch sellers only. A document that amends an invoice counts as one only where it refers
specifically and unambiguously to the initial invoice (article 219 of Directive 2006/112/EC), and receivers match on
it. Where the reversed or debited invoice is known, its number (BT-25) and date (BT-26) are added; a reference that is
there stays.
"""

from .document import child, put, tag

RULES = frozenset()
#: What stands before cac:BillingReference in Invoice and CreditNote.
BEFORE = (
    "cbc:UBLVersionID cbc:CustomizationID cbc:ProfileID cbc:ProfileExecutionID cbc:ID cbc:CopyIndicator cbc:UUID "
    "cbc:IssueDate cbc:IssueTime cbc:DueDate cbc:InvoiceTypeCode cbc:CreditNoteTypeCode cbc:Note cbc:TaxPointDate "
    "cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:PricingCurrencyCode cbc:PaymentCurrencyCode "
    "cbc:PaymentAlternativeCurrencyCode cbc:AccountingCostCode cbc:AccountingCost cbc:LineCountNumeric "
    "cbc:BuyerReference cac:InvoicePeriod cac:DiscrepancyResponse cac:OrderReference"
).split()


def concerns(facts):
    return bool(facts.reference)


def apply(document):
    facts = document.facts
    if not facts.reference or document.root.find(tag("cac:BillingReference")) is not None:
        return False
    reference = child(put(document.root, "cac:BillingReference", BEFORE), "cac:InvoiceDocumentReference")
    child(reference, "cbc:ID", facts.reference)
    if facts.reference_date:
        child(reference, "cbc:IssueDate", facts.reference_date.isoformat())
    return True
