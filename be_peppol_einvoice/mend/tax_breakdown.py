# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One group of the VAT breakdown per category and rate.

Core groups the breakdown by exemption reason as well: where exempt lines, a deposit or the charge of a conditional
cash discount (lines without any tax) have reasons in different words, there are several groups of category E, which
BR-E-01 and BR-E-08 refuse (likewise for other categories). The groups are added up; the reasons are written one
behind the other.

A reason code (BT-121) says why the whole group is exempt: it stays where all groups have it. Where they differ, or one
has none and its category does not imply it, no single code would be true: it is left out, and the reasons in words
(BT-120) remain, which suffices (BR-E-10). A group that has a code and no words gives its code as its words.
"""

from .document import NAMESPACES, amount_of, put, tag, text

CATEGORIES = ("S", "Z", "E", "AE", "IC", "G", "O", "AF", "AG")
RULES = frozenset(f"BR-{category}-{number}" for category in CATEGORIES for number in ("01", "08"))
BEFORE_CODE = ("cbc:ID", "cbc:Name", "cbc:Percent", "cbc:BaseUnitMeasure", "cbc:PerUnitAmount")
#: The code that a category says by itself.
IMPLIED = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G", "O": "VATEX-EU-O"}
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
    code, other_code = into.findtext(tag(CODE)), other.findtext(tag(CODE))
    shared = _shared(into.findtext(tag("cbc:ID")), code, other_code)
    if shared:
        put(into, CODE, BEFORE_CODE, shared)
    elif code:
        into.remove(into.find(tag(CODE)))
    reason, other_reason = (
        category.findtext(tag(REASON)) or (own if not shared else None)
        for category, own in ((into, code), (other, other_code))
    )
    if other_reason and other_reason not in (reason or ""):
        reason = f"{reason}; {other_reason}" if reason else other_reason
    if reason:
        put(into, REASON, (*BEFORE_CODE, CODE), reason)


def _shared(category, *codes):
    """The code that is true of two groups; None where there is none.

    >>> _shared("E", "VATEX-EU-132-1A", "VATEX-EU-132-1C"), _shared("E", "VATEX-EU-132-1A", None)
    (None, None)
    >>> _shared("AE", "VATEX-EU-AE", None)  # the category itself says so
    'VATEX-EU-AE'
    """
    known = set(filter(None, codes))
    if len(known) != 1 or (None in codes and known != {IMPLIED.get(category)}):
        return None
    return known.pop()
