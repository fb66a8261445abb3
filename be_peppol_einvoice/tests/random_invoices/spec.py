# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Drawing random invoices: plain values, the same for the same seed and number, without Odoo."""

import random
from dataclasses import dataclass, field, replace

#: What is sold to whom: (weight, taxes to choose from, buyers to choose from).
TRADES = {
    "domestic": (40, ("21", "21s", "12", "6"), ("be", "be_odd", "be_contact", "be_bare")),
    "co-contractor": (8, ("cocont",), ("be", "be_bare")),
    "intra-EU goods": (6, ("eu_goods",), ("nl", "de", "fr")),
    "intra-EU services": (6, ("eu_services",), ("nl", "lu", "fr")),
    "export": (6, ("export",), ("us", "gb", "ch")),
    "exempt Art. 44": (6, ("exempt",), ("be", "be_odd", "be_bare")),
    "OSS": (6, ("oss_fr", "oss_fr_low"), ("fr_small",)),
    "exempt seller": (6, ("exempt",), ("be", "be_bare")),
}
#: Taxes at a rate above zero that may stand together on one invoice.
RATES = ("21", "21s", "12", "6", "exempt")
SELF_BILLING_TAXES = {
    "be": ("in_21", "in_12", "in_6"),
    "be_odd": ("in_21", "in_12"),
    "be_bare": ("in_21_cocont",),
    "nl": ("in_21_eu",),
    "lu": ("in_21_eu_services",),
}
PRODUCTS = ("desk", "hours", "cable", "paint", "no_code", "long_name", "special")
UNITS = ("unit", "hour", "kg", "metre", "litre", "dozen", "day", "kwh", "m3")
WORDS = (
    "Installatie Vorstand câble œuvre grue vélo onderhoud façade Müll größe Lüttich ’s-Gravenbrakel A&B <kader> "
    "“citaat” 100% ½ m² € № café naïve 5° Ω — … \u00a0vast ß Ærø Łódź Ελλάδα 東京"
).split()


@dataclass(frozen=True)
class Line:
    """One line: ``kind`` is ``item``, ``section`` or ``note``; taxes and product are keys of the world."""

    name: str
    kind: str = "item"
    quantity: float = 1.0
    price: float = 0.0
    discount: float = 0.0
    taxes: tuple = ()
    product: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Spec:
    """One invoice; ``features`` are what it is counted under. All other names are keys of the world."""

    number: int
    features: frozenset
    document: str = "invoice"
    trade: str = "domestic"
    buyer: str = "be"
    lines: tuple = field(default=(), repr=False)
    currency: str = "EUR"
    rounding: str = "round_per_line"
    cash_discount: str | None = None
    cash_rounding: str | None = None
    delivery: str | None = None
    seller_has_vat: bool = True
    bank_account: bool = True
    paid: float = 0.0
    reference: str | None = None
    narration: str | None = None


def draw(seed: int, number: int) -> Spec:
    """The invoice with a number in the sequence of a seed.

    >>> draw(1, 7) == draw(1, 7), draw(1, 7) == draw(2, 7)
    (True, False)
    """
    rng = random.Random(f"{seed}/{number}")
    features = set()
    document = rng.choices(
        ("invoice", "credit note", "debit note", "self-billing", "self-billed credit note"), (72, 12, 4, 6, 6)
    )[0]
    if document != "invoice":
        features.add(document)
    trade = _draw_trade(rng, document)
    features.add(trade)
    self_billed = document.startswith("self")
    if self_billed:
        buyer = rng.choice(tuple(SELF_BILLING_TAXES))
        taxes = SELF_BILLING_TAXES[buyer]
    else:
        _weight, taxes, buyers = TRADES[trade]
        buyer = rng.choice(buyers)
    if buyer in ("be_odd", "be_bare", "be_contact", "fr_small"):
        features.add("odd parties")
    if trade == "domestic" and not self_billed:
        taxes = tuple(rng.sample(RATES, rng.choice((1, 1, 2, 3))))
    if len(taxes) > 1:
        features.add("mixed rates")
    spec = Spec(
        number,
        frozenset(),
        document,
        trade,
        buyer,
        rounding=rng.choice(("round_per_line", "round_globally")),
        seller_has_vat=trade != "exempt seller",
        bank_account=rng.random() < 0.8,
        reference=_text(rng, 3) if rng.random() < 0.3 else None,
        narration=_text(rng, 60) if rng.random() < 0.1 else None,
    )
    if spec.rounding == "round_globally":
        features.add("round globally")
    lines = _draw_lines(rng, features, taxes, self_billed)
    spec = replace(spec, lines=tuple(lines), **_draw_terms(rng, features, spec, self_billed))
    return replace(spec, features=frozenset(features))


def _draw_trade(rng, document):
    if document.startswith("self"):
        return "domestic"
    return rng.choices(tuple(TRADES), [weight for weight, *_rest in TRADES.values()])[0]


def _draw_terms(rng, features, spec, self_billed):
    """Currency, cash discount, cash rounding, delivery and payments."""
    terms = {}
    if rng.random() < 0.12:
        terms["currency"] = rng.choice(("USD", "GBP", "CHF", "JPY"))
        features.add("foreign currency")
    if not self_billed and rng.random() < 0.15:
        terms["cash_discount"] = rng.choice(("included", "excluded", "mixed"))
        features.add(f"cash discount, {terms['cash_discount']}")
    elif spec.document == "invoice" and rng.random() < 0.1:
        terms["cash_rounding"] = rng.choice(("add_invoice_line", "biggest_tax"))
        features.add(f"cash rounding, {terms['cash_rounding'].replace('_', ' ')}")
    if spec.document == "invoice" and rng.random() < 0.1:
        terms["delivery"] = rng.choice(("delivery_fr", "delivery_us", "delivery_be", "delivery_nl"))
        features.add("delivery address")
    if spec.document == "invoice" and rng.random() < 0.08:
        terms["paid"] = rng.choice((0.1, 0.25, 0.5))
        features.add("partly paid")
    return terms


def _draw_lines(rng, features, taxes, self_billed):
    decimals = rng.random() < 0.4
    if decimals:
        features.add("decimals")
    count = rng.choices((1, 2, 3, 5, 12, 40, 500), (20, 20, 20, 20, 12, 6, 0.5))[0]
    if count >= 40:
        features.add("500 lines" if count == 500 else "40 lines")
    included = not self_billed and taxes[0] in ("21", "6") and rng.random() < 0.25
    if included:
        taxes = tuple(f"{tax}_incl" for tax in taxes if tax in ("21", "6"))
        features.add("tax included in the price")
    discounts = rng.random() < 0.3
    if discounts:
        features.add("discounts")
    fixed = _draw_fixed_taxes(rng, features, included or self_billed)
    lines = [_draw_line(rng, taxes, decimals, discounts, fixed) for _index in range(count)]
    lines += _draw_negative_lines(rng, features, lines)
    if rng.random() < 0.1:
        lines.append(Line(_text(rng, 3), quantity=rng.choice((0.0, 1.0)), taxes=(taxes[0],)))
        features.add("zero lines")
    if rng.random() < 0.15:
        lines.insert(0, Line(_text(rng, 4), "section"))
        lines.append(Line(_text(rng, 20), "note"))
        features.add("sections and notes")
    return lines


def _draw_fixed_taxes(rng, features, excluded):
    """Contributions that stand on some lines beside the VAT."""
    if excluded or rng.random() > 0.15:
        return ()
    fixed = tuple(rng.sample(("recupel", "bebat", "deposit"), rng.choice((1, 1, 2))))
    features.update("deposit" if tax == "deposit" else "eco-contribution" for tax in fixed)
    return fixed


def _draw_line(rng, taxes, decimals, discounts, fixed):
    if decimals:
        quantity, price = round(rng.uniform(0.001, 40), 3), round(rng.uniform(0.0001, 90), rng.choice((3, 4, 6)))
    else:
        quantity, price = float(rng.randint(1, 30)), round(rng.uniform(0.05, 900), 2)
    discount = rng.choice((0.0, 5.0, 10.0, 33.33, 12.5, 100.0)) if discounts else 0.0
    product = rng.choice((None, *PRODUCTS))
    return Line(
        _text(rng, rng.choice((2, 4, 12, 150 if rng.random() < 0.1 else 6))),
        quantity=quantity,
        price=price,
        discount=discount,
        taxes=(*fixed, rng.choice(taxes)) if rng.random() < 0.7 else (rng.choice(taxes),),
        product=product,
        unit=None if product else rng.choice((None, *UNITS)),
    )


def _draw_negative_lines(rng, features, lines):
    """Lines that lower the total, never below nothing."""
    by_tax = {line.taxes[-1]: 0.0 for line in lines}
    for line in lines:
        by_tax[line.taxes[-1]] += _net(line)
    kind = rng.choices((None, "global discount", "down payment", "negative lines"), (70, 10, 10, 10))[0]
    if not kind or sum(by_tax.values()) < 1:
        return []
    features.add(kind)
    share = rng.choice((0.05, 0.1, 0.3, 0.3333))
    if kind == "negative lines":
        line = max(lines, key=_net)
        return [replace(line, name=_text(rng, 3), quantity=-round(line.quantity * share, 2))]
    return [
        Line(
            "Down payment" if kind == "down payment" else "Discount",
            quantity=-1.0 if kind == "down payment" else 1.0,
            price=round(amount * share, 2) * (1 if kind == "down payment" else -1),
            taxes=(tax,),
        )
        for tax, amount in by_tax.items()
        if round(amount * share, 2)
    ]


def _net(line):
    return line.quantity * line.price * (1 - line.discount / 100)


def _text(rng, words):
    return " ".join(rng.choice(WORDS) for _index in range(words))
