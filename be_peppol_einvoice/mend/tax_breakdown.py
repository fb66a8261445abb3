# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One group of the VAT breakdown per category and rate.

Core groups the breakdown by exemption reason as well: where exempt lines, a deposit or the charge of a conditional
cash discount (lines without any tax) have reasons in different words, there are several groups of category E, which
BR-E-01 and BR-E-08 refuse (likewise for other categories). The groups are added up; the reasons are written one
behind the other, the first reason code stays.
"""

from .document import NAMESPACES, amount_of, put, tag, text

CATEGORIES = ("S", "Z", "E", "AE", "IC", "G", "O", "AF", "AG")
RULES = frozenset(f"BR-{category}-{number}" for category in CATEGORIES for number in ("01", "08"))
BEFORE_CODE = ("cbc:ID", "cbc:Name", "cbc:Percent", "cbc:BaseUnitMeasure", "cbc:PerUnitAmount")
CODE, REASON = "cbc:TaxExemptionReasonCode", "cbc:TaxExemptionReason"


def apply(document):
    changed = False
    groups = {}
    for subtotal in document.subtotals():
        category = subtotal.find(tag("cac:TaxCategory"))
        percent = amount_of(category, "cbc:Percent")
        key = (category.findtext(tag("cbc:ID")), percent, subtotal.getparent())
        first = groups.setdefault(key, subtotal)
        if first is not subtotal:
            _add_up(first, subtotal)
            subtotal.getparent().remove(subtotal)
            changed = True
    return changed


def _add_up(first, second):
    for name in ("cbc:TaxableAmount", "cbc:TaxAmount"):
        first.find(tag(name)).text = text(amount_of(first, name) + amount_of(second, name))
    into, other = (group.find("cac:TaxCategory", NAMESPACES) for group in (first, second))
    code, reason = into.findtext(tag(CODE)), into.findtext(tag(REASON))
    other_code, other_reason = other.findtext(tag(CODE)), other.findtext(tag(REASON))
    if other_code and not code:
        put(into, CODE, BEFORE_CODE, other_code)
    if other_reason and other_reason not in (reason or ""):
        put(into, REASON, (*BEFORE_CODE, CODE), f"{reason}; {other_reason}" if reason else other_reason)
