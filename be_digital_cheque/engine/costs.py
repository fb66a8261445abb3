# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How much of a cost counts, and whether it is claimed more often than it may be. Money is Decimal, of one currency."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Claim:
    """A part of a cost that a dossier claims. ``dossier`` is any hashable name of the dossier."""

    dossier: object
    amount: Decimal


def _size(amount):
    return abs(amount)


def left(total, claims, dossier, cumulates=lambda first, second: None):
    """Return how much of a cost a dossier may still claim, given the claims of itself and of others.

    :param total: the cost excl. VAT; a credit note's is negative, and so are its claims.
    :param cumulates: tells of two dossiers whether both may have aid for the same cost: True, False or None (not
        known). Only True lets them share it.

    >>> claims = [Claim("A", Decimal(600)), Claim("B", Decimal(300))]
    >>> left(Decimal(1000), claims, "A"), left(Decimal(1000), claims, "C")
    (Decimal('100'), Decimal('100'))
    >>> left(Decimal(1000), claims, "C", lambda first, second: True)
    Decimal('1000')
    """
    taken = sum(
        (
            _size(claim.amount)
            for claim in claims
            if claim.dossier == dossier or cumulates(dossier, claim.dossier) is not True
        ),
        ZERO,
    )
    return max(ZERO, _size(total) - taken)


def excess(total, claims, cumulates=lambda first, second: None):
    """Return by how much the claims of one dossier, together with those it may not be joined with, exceed a cost.

    >>> excess(Decimal(1000), [Claim("A", Decimal(700)), Claim("B", Decimal(500))])
    Decimal('200')
    >>> excess(Decimal(1000), [Claim("A", Decimal(700)), Claim("B", Decimal(500))], lambda first, second: True)
    Decimal('0')
    >>> excess(Decimal(1000), [Claim("A", Decimal(700)), Claim("A", Decimal(500))], lambda first, second: True)
    Decimal('200')
    """
    worst = ZERO
    for dossier in dict.fromkeys(claim.dossier for claim in claims):
        joined = sum(
            (
                _size(claim.amount)
                for claim in claims
                if claim.dossier == dossier or cumulates(dossier, claim.dossier) is not True
            ),
            ZERO,
        )
        worst = max(worst, joined - _size(total))
    return worst


def aid_excess(total, aids):
    """Return by how much aids for the same cost exceed the cost itself: never more aid than cost.

    >>> aid_excess(Decimal(1000), [Decimal(750), Decimal(500)])
    Decimal('250')
    """
    return max(ZERO, sum(aids, ZERO) - _size(total))


def totals(rows):
    """Return what is planned, ordered, billed and paid: each stage counts what went beyond it too.

    :param rows: pairs of (state, amount); states are planned, committed, invoiced, paid.

    >>> totals([("planned", Decimal(5)), ("committed", Decimal(10)), ("paid", Decimal(20))])["committed"]
    Decimal('30')
    """
    order = ("planned", "committed", "invoiced", "paid")
    return {
        stage: sum((amount for state, amount in rows if order.index(state) >= number), ZERO)
        for number, stage in enumerate(order)
    }
