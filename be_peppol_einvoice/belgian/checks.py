# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All Belgian rules on one document."""

from . import documents, identity, payment, vat, wording
from .finding import Finding
from .registry import RULES

CHECKS = {**identity.RULES, **payment.RULES, **vat.RULES, **wording.RULES, **documents.RULES}


def check(invoice, context, off=frozenset()) -> list[Finding]:
    """The Belgian findings on a document.

    :param invoice: :class:`en16931.model.Invoice`, or None where the document could not be read as one
    :param context: :class:`.context.Context`
    :param off: ids of rules that are switched off
    """
    if "BE-DOC-01" not in off and documents.debit_note(context.document):
        return [Finding("BE-DOC-01", {}, f"/{context.document}", 1)]
    if invoice is None or not (identity.is_belgian(invoice.seller) or identity.is_belgian(invoice.buyer)):
        return []
    findings = []
    for rule, judge in CHECKS.items():
        if rule in off or not RULES[rule].holds(context.on):
            continue
        for values, group, name in judge(invoice, context):
            place = group.where.get(name)
            findings.append(Finding(rule, values, place.path if place else "", place.line if place else None))
    return findings
