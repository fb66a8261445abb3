# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines whose net amount was rounded further than quantity times price.

In a currency without decimals (yen), core rounds the net amount of a line (BT-131) to whole units and leaves the
price as it is: PEPPOL-EN16931-R120 accepts two hundredths only. The rounding is written as what it is: a charge or
allowance of the line with that reason (BG-27, BG-28). Price and net amount stay.
"""

from decimal import ROUND_HALF_UP

from .document import CENT, child, tag, text

RULES = frozenset({"PEPPOL-EN16931-R120"})
REASONS = {"en": "Rounding", "fr": "Arrondi", "nl": "Afronding", "de": "Rundung"}
#: The net amount, the price and each allowance of a line may be rounded once.
ROUNDINGS = 3


def apply(document):
    changed = False
    for finding, element in document.found(RULES):
        stated, expected = finding.values.get("stated"), finding.values.get("expected")
        if stated is None or expected is None:
            continue
        difference = (stated - expected).quantize(CENT, ROUND_HALF_UP)
        if not difference or abs(difference) > document.facts.unit * ROUNDINGS:
            continue
        _add(document, element.getparent(), difference)
        changed = True
    return changed


def _add(document, line, difference):
    allowance = line.makeelement(tag("cac:AllowanceCharge"))
    line.insert(line.index(line.find(tag("cac:Item"))), allowance)
    child(allowance, "cbc:ChargeIndicator", "true" if difference > 0 else "false")
    child(allowance, "cbc:AllowanceChargeReason", REASONS.get(document.facts.language, REASONS["en"]))
    child(allowance, "cbc:Amount", text(abs(difference)), currencyID=document.currency)
