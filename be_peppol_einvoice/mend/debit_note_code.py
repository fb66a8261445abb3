# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The type code of debit notes.

Core writes debit notes (invoices with an origin, add-on account_debit_note) as UBL ``DebitNote``, a document that
Peppol BIS Billing does not know, or fails outright where the customer has a reference. The builder is told to write an
``Invoice``; this mend gives it the type code that UNTDID 1001 has for debit notes: 383, in self-billing 527.

Rules: PEPPOL-EN16931-P0100 (both codes are in the list of their process); lawful because the amounts stay.
"""

from .document import tag

RULES = frozenset()
CODES = {"380": "383", "389": "527"}


def concerns(facts):
    return facts.debit_note


def apply(document):
    code = document.root.find(tag("cbc:InvoiceTypeCode"))
    if not document.facts.debit_note or code is None or code.text not in CODES:
        return False
    code.text = CODES[code.text]
    return True
