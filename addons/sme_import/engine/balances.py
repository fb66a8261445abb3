# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Opening balances: one amount per account of the trial balance, together zero to the cent."""

import re
from decimal import Decimal

from .verdict import Verdict

ZERO = Decimal(0)


def check(cells, verdict=None):
    """Return the :class:`Verdict` on one row; ``balance`` in its values is debit minus credit, text with a point.

    >>> check({"account": "400000", "debit": Decimal("12.5"), "credit": None}).values
    {'account': '400000', 'balance': '12.5'}
    """
    verdict = verdict or Verdict()
    values = verdict.values
    account = re.sub(r"[\s.]", "", cells.get("account") or "")
    if not account:
        verdict.refuse("no_account")
    elif not re.fullmatch(r"\d[0-9A-Za-z]*", account):
        verdict.refuse("account_format", value=account)
    values["account"] = account
    if cells.get("name"):
        values["name"] = cells["name"]
    debit, credit, balance = cells.get("debit"), cells.get("credit"), cells.get("balance")
    if debit is not None or credit is not None:
        amount = (debit or ZERO) - (credit or ZERO)
    else:
        # an empty amount in a list of accounts: the account has no balance
        amount = balance or ZERO
    if amount != round(amount, 2):
        verdict.refuse("more_than_cents", value=str(amount))
    values["balance"] = str(amount)
    return verdict


def difference(amounts):
    """Return by how much ``amounts`` (text or Decimal, debit positive) miss zero.

    >>> difference(["100.10", "-100.00"]), difference([])
    (Decimal('0.10'), Decimal('0'))
    """
    return sum((Decimal(amount) for amount in amounts), ZERO)


def account_of(code, known):
    """Return the code in ``known`` that a program with other lengths means by ``code``, or None.

    Zeros at the end fill a Belgian account number up: 4000, 400000 and 40000000 are one account.

    >>> account_of("4000", {"400000"}), account_of("40000000", {"400000"}), account_of("400001", {"400000"})
    ('400000', '400000', None)
    """
    if code in known:
        return code
    bare = code.rstrip("0")
    found = [candidate for candidate in known if candidate.rstrip("0") == bare]
    return found[0] if len(found) == 1 else None


def like(code, known):
    """Return the code in ``known`` that shares the longest beginning with ``code``, two digits at least, or None.

    >>> like("612345", ["610000", "612000", "700000"]), like("999999", ["100000"])
    ('612000', None)
    """
    best, length = None, 1
    for candidate in sorted(known):
        shared = 0
        for one, other in zip(code, candidate, strict=False):
            if one != other:
                break
            shared += 1
        if shared > length:
            best, length = candidate, shared
    return best
