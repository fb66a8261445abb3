# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the checks must know and the document does not say."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Context:
    """Facts of the issuer's books. None and empty mean unknown, and unknown yields no finding.

    ``on``: the day whose law applies (the invoice date, or today for a draft). ``document``: the document's root
    element. ``payment_reference``: what the books expect the customer to quote. ``language``: two letters, the
    language the document was written in. ``seat_languages``: languages among which the seller's principal seat
    chooses. ``franchise``: the seller is a small enterprise under Art. 56bis. ``buyer_private``: the buyer is a
    private person. ``delivery_date``: day of the supply. ``kinds``: the kinds (:mod:`.taxes`) of the taxes on the
    lines. ``tax_names``: pairs of kind and name of these taxes.
    """

    on: date
    document: str = "Invoice"
    payment_reference: str | None = None
    language: str | None = None
    seat_languages: tuple[str, ...] = ()
    franchise: bool = False
    buyer_private: bool | None = None
    delivery_date: date | None = None
    kinds: frozenset[str] = frozenset()
    tax_names: tuple[tuple[str, str], ...] = ()

    def names(self, kind: str) -> str:
        """The names of the taxes of a kind, for a message.

        >>> Context(date(2026, 1, 1), tax_names=(("export", "0% EX"), ("zero", "0%"))).names("export")
        '0% EX'
        """
        return ", ".join(name for known, name in self.tax_names if known == kind) or kind
