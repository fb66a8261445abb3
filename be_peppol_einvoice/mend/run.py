# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which mends run when, and the promise that no document leaves worse than it came."""

from ..en16931 import validate
from ..en16931.source import Unreadable
from . import (
    allowance_code,
    allowance_percentage,
    billing_reference,
    debit_note_code,
    delivery_date,
    line_rounding,
    line_text,
    lost_deposit,
    payable_rounding,
    tax_breakdown,
    taxable_amount,
)
from .document import Document, amount_of

#: Answers to what the ledger knows; they run on every document that the facts concern.
BY_FACTS = (debit_note_code, billing_reference, line_text, delivery_date)
#: Answers to findings, in an order in which a later one may build on an earlier one.
BY_FINDINGS = (
    allowance_code,
    allowance_percentage,
    line_rounding,
    lost_deposit,
    tax_breakdown,
    taxable_amount,
    payable_rounding,
)
KINDS = ("Invoice", "CreditNote")
#: One mend may bring another's finding to light: a breakdown is merged, then its amount is a cent off.
PASSES = 3


def mend(xml: bytes, facts, on=None, judge=validate) -> bytes:
    """Mend a UBL document where the rules in force on a day (a date, or the newest) refuse it.

    A document without a fatal finding that the facts do not concern comes back as the very same bytes. So does one that
    could not be made better, one of which the amount due would change, and what is no UBL document at all.

    ``judge`` validates like :func:`~..en16931.validate`; one that remembers saves judging the same bytes again later.
    """
    try:
        return _mend(xml, facts, on, judge)
    except Unreadable:
        return xml


def _mend(xml, facts, on, judge):
    document, report = None, None
    if any(module.concerns(facts) for module in BY_FACTS):
        document = Document(xml, facts)
        if document.kind not in KINDS:
            return xml
        if _apply(BY_FACTS, document):
            before, mended = judge(xml, on=on), document.serialize()
            report = judge(mended, on=on)
        else:
            document = None
    if report is None:
        before = report = judge(xml, on=on)
        mended = xml
    for _pass in range(PASSES):
        modules = [module for module in BY_FINDINGS if module.RULES & report.ids[0]]
        if not modules:
            break
        document = document or Document(xml, facts)
        if document.kind not in KINDS:
            return xml
        document.findings = report.fatal
        if not _apply(modules, document):
            break
        mended = document.serialize()
        report = judge(mended, on=on)
    if mended is xml or _worse(report, before) or _due(document.root) != _due(Document(xml, facts).root):
        return xml
    return mended


def _apply(modules, document):
    """Let each mend do its work; whether any did."""
    done = [module.apply(document) for module in modules]
    return any(done)


def _worse(report, before):
    faults = [len(one.fatal) + len(one.structure) for one in (report, before)]
    return faults[0] > faults[1]


def _due(root):
    """The amount due for payment (BT-115)."""
    return amount_of(root, "cac:LegalMonetaryTotal/cbc:PayableAmount")
