# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An amount due some cents beside the total.

Core adds up the lines for the total with VAT (BT-112) and takes the amount due (BT-115) from the ledger. Where
roundings add up differently the two part by some cents (BR-CO-16; odoo#259576, #259070). EN 16931 has a place for
that: the rounding amount (BT-114) is “to be added to the invoice total to round the amount to be paid”. The amount
due stays the ledger's.
"""

from .document import amount_of, put, tag, text

RULES = frozenset({"BR-CO-16"})
BEFORE = (
    "cbc:LineExtensionAmount",
    "cbc:TaxExclusiveAmount",
    "cbc:TaxInclusiveAmount",
    "cbc:AllowanceTotalAmount",
    "cbc:ChargeTotalAmount",
    "cbc:PrepaidAmount",
)


def apply(document):
    totals = document.totals
    rounding = (
        amount_of(totals, "cbc:PayableAmount")
        + amount_of(totals, "cbc:PrepaidAmount")
        - amount_of(totals, "cbc:TaxInclusiveAmount")
    )
    added = rounding - amount_of(totals, "cbc:PayableRoundingAmount")
    # half a unit for each line and each rate: what is more is no rounding
    limit = document.facts.unit * (len(document.lines) + len(document.subtotals()) + 1) / 2
    if not added or abs(added) > limit:
        return False
    if rounding:
        put(totals, "cbc:PayableRoundingAmount", BEFORE, text(rounding), currencyID=document.currency)
    else:
        totals.remove(totals.find(tag("cbc:PayableRoundingAmount")))
    return True
