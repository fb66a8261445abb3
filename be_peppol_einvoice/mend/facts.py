# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the ledger knows about a document and the XML may lack."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Facts:
    """Facts of one invoice; amounts are in its currency and positive as on the document.

    :param language: ``en``, ``fr``, ``nl`` or ``de``, for the few words that a mend adds
    :param unit: the smallest amount of the currency: 0.01 for euros, 1 for yen
    :param reference: number of the document that this one corrects or adds to, None where it is not known
    :param reference_date: its date
    :param delivery_date: day of the supply, where it is known and is not the invoice date
    :param debit_note: this is a debit note
    :param lines: (quantity, text) of the lines with an amount, in the order of the invoice
    :param deposits: amount of each tax without VAT on it (deposits on packaging), by its name
    """

    language: str = "en"
    unit: Decimal = Decimal("0.01")
    reference: str | None = None
    reference_date: date | None = None
    delivery_date: date | None = None
    debit_note: bool = False
    lines: tuple[tuple[Decimal, str], ...] = ()
    deposits: tuple[tuple[str, Decimal], ...] = ()
