# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Taxable amounts a cent beside the sum of their lines.

With “round globally” core computes the taxable amount of a category (BT-116) over all lines at once and rounds it,
while the net amounts of the lines are rounded one by one. Core aligns them for category S only; BR-E-08, BR-AE-08,
BR-IC-08, BR-G-08 and BR-O-08 are left (odoo#253625, #258909). The sum of the lines is written, as core does for S.
The totals of the document were computed from the lines already; the VAT is not touched (at 0% there is none).
"""

from decimal import Decimal

from .document import tag, text

CATEGORIES = ("S", "Z", "E", "AE", "IC", "G", "O", "AF", "AG")
RULES = frozenset(f"BR-{category}-08" for category in CATEGORIES)


def apply(document):
    changed = False
    # each line may be rounded by half a unit, and the amount as well
    limit = document.facts.unit * (len(document.lines) + 1)
    for finding, amount in document.found(RULES):
        stated, expected = finding.values.get("stated"), finding.values.get("expected")
        if amount.tag != tag("cbc:TaxableAmount") or stated is None or expected is None:
            continue
        # the finding may be about a group that another mend has merged
        if Decimal(amount.text) == stated and abs(stated - expected) <= limit:
            amount.text = text(expected)
            changed = True
    return changed
