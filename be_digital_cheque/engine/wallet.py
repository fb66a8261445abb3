# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Wallets that pay the provider: the Walloon e-cheque and the kmo-portefeuille.

The enterprise pays its own share into the wallet, the authority adds the aid, and the wallet pays the provider the
cost without VAT. The VAT goes from the enterprise straight to the provider. In the books the own share waits in a
clearing account until the wallet has paid:

* own share paid: clearing to bank,
* wallet pays the provider: supplier to clearing (own share) and to the claim on the authority, if the award was booked
  before, or to income (740).

>>> paid = settle(Decimal(1000), Decimal(210), Decimal(750))
>>> str(paid.own_share), str(paid.paid_by_wallet), str(paid.paid_directly)
('250', '1000', '210')
>>> [(item.role, str(item.amount)) for item in paid.items()]
[('supplier', '1000'), ('clearing', '-250'), ('operating', '-750')]
"""

from dataclasses import dataclass
from decimal import Decimal

from .entries import OPERATING, RECEIVABLE, EntryError, Item

SUPPLIER = "supplier"
CLEARING = "clearing"


@dataclass(frozen=True)
class Settlement:
    """How a bill is paid: by the aid, by the own share in the wallet, and straight to the provider."""

    untaxed: Decimal
    vat: Decimal
    aid: Decimal
    vat_by_wallet: bool = False

    @property
    def paid_by_wallet(self):
        """What leaves the wallet for the provider."""
        return self.untaxed + (self.vat if self.vat_by_wallet else 0)

    @property
    def own_share(self):
        """What the enterprise pays into the wallet."""
        return self.paid_by_wallet - self.aid

    @property
    def paid_directly(self):
        """What the enterprise pays the provider outside the wallet."""
        return self.untaxed + self.vat - self.paid_by_wallet

    def items(self, claim=Decimal(0)):
        """Return the journal items of the wallet's payment to the provider.

        :param claim: award that was booked and not paid yet; the aid lowers it first, the rest is income
        """
        from_claim = min(self.aid, max(claim, Decimal(0)))
        items = (
            Item(SUPPLIER, self.paid_by_wallet),
            Item(CLEARING, -self.own_share),
            Item(RECEIVABLE, -from_claim),
            Item(OPERATING, from_claim - self.aid),
        )
        return tuple(item for item in items if item.amount)


def settle(untaxed, vat, aid, vat_by_wallet=False):
    """Return the :class:`Settlement` of a bill.

    :param untaxed: cost that the wallet pays, without VAT
    :param vat: VAT of the bill that the enterprise owes the provider; zero where it is shifted to the customer
    :param aid: the authority's part
    :raises EntryError: ``no_amount``; ``aid_above_cost``: an aid never exceeds the cost without VAT
    """
    if untaxed <= 0 or vat < 0 or aid <= 0:
        raise EntryError("no_amount")
    if aid > untaxed:
        raise EntryError("aid_above_cost")
    return Settlement(untaxed, vat, aid, vat_by_wallet)
