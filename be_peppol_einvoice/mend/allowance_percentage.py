# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The percentage of discounts that were rounded to the unit of the currency.

In a currency without decimals (yen), core rounds the discount to whole units: base times percentage then differs from
it by more than two hundredths (PEPPOL-EN16931-R040). Percentage (BT-138) and base (BT-137) are optional and only
explain the amount: they are left out, the amount stays.
"""

from .document import tag

RULES = frozenset({"PEPPOL-EN16931-R040"})


def apply(document):
    changed = False
    for _finding, amount in document.found(RULES):
        allowance = amount.getparent()
        for name in ("cbc:MultiplierFactorNumeric", "cbc:BaseAmount"):
            explanation = allowance.find(tag(name))
            if explanation is not None:
                allowance.remove(explanation)
                changed = True
    return changed
