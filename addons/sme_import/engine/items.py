# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Open items: what customers still owe and what is owed to suppliers, document by document.

An amount counts as the other program's ledger writes it on the partner's account: with ``sign="ledger"`` a debit is
positive (a customer's invoice, a supplier's credit note); with ``sign="document"`` an invoice is positive for
suppliers too, and a credit note negative.
"""

from decimal import Decimal

from . import partners
from .mapper import key
from .verdict import Verdict

ZERO = Decimal(0)


def check(cells, rules, *, sign="document", verdict=None):
    """Return the :class:`Verdict` on one row; ``balance`` in its values is debit minus credit, text with a point.

    ``rules``: :class:`partners.Rules`, of which the role must be one where no column says it.
    """
    verdict = verdict or Verdict()
    values = verdict.values
    for code in ("ref", "name", "document", "communication", "comment"):
        if cells.get(code):
            values[code] = cells[code]
    side = _side(cells, rules, verdict)
    _partner_numbers(cells, values, rules)
    amount = _balance(cells, side, sign, verdict)
    if not any(values.get(code) for code in ("ref", "name", "vat", "enterprise")):
        verdict.refuse("no_partner")
    if amount is not None:
        if not amount:
            verdict.refuse("zero_item")
        elif amount != round(amount, 2):
            verdict.refuse("more_than_cents", value=str(amount))
        values["balance"] = str(amount)
    for code in ("date", "due"):
        if cells.get(code):
            values[code] = cells[code].isoformat()
    if not values.get("due") and values.get("date"):
        values["due"] = values["date"]
        verdict.note("due_from_date", value=values["date"])
    if values.get("due") and values.get("date") and values["due"] < values["date"]:
        verdict.note("due_before_date", due=values["due"], date=values["date"])
    _currency(cells, amount, values, verdict)
    values["side"] = side
    return verdict


def _side(cells, rules, verdict):
    roles = partners._roles(cells, rules)
    if len(roles) == 1:
        return roles[0]
    verdict.refuse("no_side")
    return "customer"


def _partner_numbers(cells, values, rules):
    for code in ("vat", "enterprise"):
        if cells.get(code):
            values[code] = partners._vat(cells[code], None, rules) if code == "vat" else cells[code]
    if values.get("enterprise") and not rules.number.problem(values["enterprise"]):
        values["enterprise"] = rules.number.enterprise(values["enterprise"])


def _balance(cells, side, sign, verdict):
    debit, credit, amount = cells.get("debit"), cells.get("credit"), cells.get("amount")
    if debit is not None or credit is not None:
        return (debit or ZERO) - (credit or ZERO)
    if amount is None:
        if not verdict.refused:
            verdict.refuse("no_amount")
        return None
    return -amount if side == "supplier" and sign == "document" else amount


def _currency(cells, amount, values, verdict):
    code = (cells.get("currency") or "").upper()
    if not code or code in ("EUR", "€", "EURO"):
        return
    foreign = cells.get("currency_amount")
    if not foreign or amount is None:
        verdict.refuse("no_currency_amount", currency=code)
        return
    values["currency"] = code
    values["currency_amount"] = str(abs(foreign).copy_sign(amount))


def keys(values):
    """Return by what two rows are the same document: ``[("document", text)]``, or nothing without a number.

    >>> keys({"side": "customer", "document": "V1", "name": "Dupont", "balance": "1"})
    [('document', 'customer|dupont|v1|1')]
    """
    if not values.get("document"):
        return []
    partner = values.get("vat") or values.get("ref") or values.get("name") or ""
    parts = (values.get("side", ""), key(partner), key(values["document"]), values.get("balance", ""))
    return [("document", "|".join(parts))]
