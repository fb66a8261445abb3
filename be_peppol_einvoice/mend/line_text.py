# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The names and descriptions of lines on invoices with a deposit.

Where a line bears a deposit (a fixed tax without VAT on it: “Leeggoed”, “Vidanges”), core writes the deposit as a
line of its own and loses the text of the line that bore it. Without a product such a line has no name at all (BR-25),
and core then refuses to make the document. The texts of the ledger are put back.
"""

from decimal import Decimal

from .document import NAMESPACES, put, tag

RULES = frozenset()


def concerns(facts):
    return bool(facts.deposits)


def apply(document):
    if not document.facts.deposits:
        return False
    changed = False
    for line, (quantity, text) in zip(document.lines, document.facts.lines, strict=False):
        item = line.find(tag("cac:Item"))
        written = line.findtext(document.quantity_tag, namespaces=NAMESPACES)
        if not text or item is None or abs(Decimal(written)) != abs(quantity):
            continue
        if not item.findtext(tag("cbc:Description")):
            put(item, "cbc:Description", (), text)
            changed = True
        if not item.findtext(tag("cbc:Name")):
            put(item, "cbc:Name", ("cbc:Description", "cbc:PackQuantity", "cbc:PackSizeNumeric"), text)
            changed = True
    return changed
