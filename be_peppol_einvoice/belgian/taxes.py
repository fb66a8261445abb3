# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a Belgian tax is: its kind, and the VAT category and exemption code that belong to it.

The kind is read from the chart of accounts' own tax, from the boxes ("grids") of the VAT return, from the fiscal
position that leads to it, and last from the rate.
"""

from dataclasses import dataclass, field
from decimal import Decimal

#: kind: (category BT-118, exemption code BT-121 or None)
CATEGORIES = {
    "standard": ("S", None),
    "cocontractor": ("AE", "VATEX-EU-AE"),
    "eu_goods": ("K", "VATEX-EU-IC"),
    "eu_triangular": ("K", "VATEX-EU-IC"),
    "eu_services": ("AE", "VATEX-EU-AE"),
    "export": ("G", "VATEX-EU-G"),
    "franchise": ("E", None),
    "zero": ("E", None),
}
#: The chart's taxes on sales, by what follows attn_VAT-OUT-.
_SALES = {
    "00-CC": "cocontractor",
    "00-EU-S": "eu_services",
    "00-EU-L": "eu_goods",
    "00-EU-T": "eu_triangular",
    "00-ROW": "export",
    "00-S": "zero",
    "00-L": "zero",
}
#: Boxes of the VAT return that tell the kind of a supply; several may stand on a purchase: the first that fits wins.
_SALE_BOXES = {
    "45": "cocontractor",
    "44": "eu_services",
    "46L": "eu_goods",
    "46T": "eu_triangular",
    "46": "eu_goods",
    "47": "export",
    "03": "standard",
    "02": "standard",
    "01": "standard",
    "00": "zero",
}
_PURCHASE_BOXES = {"57": "export", "56": "cocontractor", "88": "eu_services", "86": "eu_goods"}
_POSITIONS = {
    "fiscal_position_template_4": "cocontractor",
    "fiscal_position_template_3": "eu_goods",
    "fiscal_position_template_2": "export",
}
FRANCHISE = "be_franchise"


@dataclass(frozen=True)
class Tax:
    """What is known of a tax. ``template``: its id in the chart (no prefix), or None for a user's own.

    ``use``: sale or purchase. ``amount``: per cent. ``boxes``: names of the tags of its base and tax lines on
    invoices. ``services``: True, False or None. ``positions``: chart ids of the fiscal positions that lead to it.
    """

    use: str
    amount: Decimal
    percent: bool = True
    template: str | None = None
    boxes: frozenset[str] = field(default_factory=frozenset)
    services: bool | None = None
    positions: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Proposal:
    """What the tax's category should be. ``why``: chart, boxes, position, rate or unknown; ``sure``: may be ticked
    without asking. ``category`` is None where a person must choose."""

    kind: str | None
    category: str | None
    code: str | None
    why: str
    sure: bool


def _by_template(tax: Tax) -> str | None:
    name = tax.template or ""
    if name == FRANCHISE:
        return "franchise"
    if name.startswith("attn_VAT-OUT-"):
        return _SALES.get(name.removeprefix("attn_VAT-OUT-"), "standard")
    if not name.startswith(("attn_VAT-IN-", "attn_TVA-")):
        return None
    if name == "attn_VAT-IN-V83-277-ROW-CC":  # a car bought in another Member State
        return "eu_goods"
    if name.endswith("-ROW-CC"):
        return "export"
    if name.endswith(("-CC", "-ALRD-IN-BE")):
        return "cocontractor"
    if "-EU-S" in name:
        return "eu_services"
    if "-EU" in name:
        return "eu_goods"
    return "standard" if tax.amount else "zero"


def _by_boxes(tax: Tax) -> str | None:
    boxes = {box.lstrip("+-").upper() for box in tax.boxes}
    table = _SALE_BOXES if tax.use == "sale" else _PURCHASE_BOXES
    return next((kind for box, kind in table.items() if box in boxes), None)


def kind(tax: Tax) -> tuple[str | None, str]:
    """The kind of a tax and how it was recognised; (None, "unknown") where nothing tells.

    >>> kind(Tax("sale", Decimal(0), boxes=frozenset({"45"})))
    ('cocontractor', 'boxes')
    >>> kind(Tax("sale", Decimal("6"))), kind(Tax("sale", Decimal(0)))
    (('standard', 'rate'), (None, 'unknown'))
    """
    if not tax.percent or tax.amount < 0:
        return None, "unknown"
    found = _by_template(tax)
    if found:
        return found, "chart"
    if tax.use == "sale" and tax.amount > 0:
        return "standard", "rate"
    found = _by_boxes(tax)
    if found and (found != "standard" or tax.amount):
        return found, "boxes"
    for position, known in _POSITIONS.items():
        if position in tax.positions:
            return ("eu_services" if known == "eu_goods" and tax.services else known), "position"
    if tax.amount > 0:
        return "standard", "rate"
    return None, "unknown"


def propose(tax: Tax) -> Proposal:
    """The category and exemption code of a tax.

    >>> propose(Tax("sale", Decimal(0), template="attn_VAT-OUT-00-EU-L"))
    Proposal(kind='eu_goods', category='K', code='VATEX-EU-IC', why='chart', sure=True)

    A rate of zero may be an exemption of Art. 44, the zero rate of newspapers or the small-enterprise scheme: the law
    is for a person to name.

    >>> propose(Tax("sale", Decimal(0), template="attn_VAT-OUT-00-L")).sure
    False
    """
    found, why = kind(tax)
    if found is None:
        return Proposal(None, None, None, why, False)
    category, code = CATEGORIES[found]
    return Proposal(found, category, code, why, found != "zero" and why != "position")
