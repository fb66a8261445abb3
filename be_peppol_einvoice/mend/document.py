# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tree that the mends change, and how they find their way in it."""

from decimal import ROUND_HALF_UP, Decimal

from lxml import etree

from ..en16931.source import parse

CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
NAMESPACES = {"cac": CAC, "cbc": CBC}
CENT = Decimal("0.01")


def tag(name):
    """
    >>> tag("cbc:ID")
    '{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}ID'
    """
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def text(amount):
    """An amount as it is written: at least two decimals.

    >>> text(Decimal("12.5")), text(Decimal("-3"))
    ('12.50', '-3.00')
    """
    return str(amount.quantize(CENT, ROUND_HALF_UP))


class Document:
    """A UBL document with what the ledger knows of it (``facts``) and what the rules found (``findings``).

    :raise Unreadable: where it is none
    """

    def __init__(self, xml, facts):
        self.root = parse(xml)
        self.facts = facts
        self.findings = []

    @property
    def kind(self):
        """``Invoice`` or ``CreditNote``."""
        return etree.QName(self.root).localname

    @property
    def lines(self):
        return self.root.findall(tag(f"cac:{self.kind}Line"))

    @property
    def quantity_tag(self):
        return "cbc:InvoicedQuantity" if self.kind == "Invoice" else "cbc:CreditedQuantity"

    @property
    def currency(self):
        return self.root.findtext(tag("cbc:DocumentCurrencyCode"))

    @property
    def totals(self):
        return self.root.find(tag("cac:LegalMonetaryTotal"))

    def subtotals(self):
        """The groups of the VAT breakdown (BG-23)."""
        return self.root.findall("cac:TaxTotal/cac:TaxSubtotal", NAMESPACES)

    def found(self, rules):
        """(finding, its element) of the findings of some rules."""
        for finding in self.findings:
            if finding.id in rules and (element := self.at(finding.path)) is not None:
                yield finding, element

    def at(self, path):
        """The element at a finding's path; None where a mend has taken it away."""
        steps = path.split("/", 2)
        if len(steps) < 3:
            return self.root
        found = self.root.xpath(steps[2], namespaces=NAMESPACES)
        return found[0] if found else None

    def serialize(self):
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")


def amount_of(parent, name):
    """The amount in a child, zero where there is none."""
    return Decimal((parent.findtext(name, namespaces=NAMESPACES) or "0").strip())


def put(parent, name, after, value=None, **attributes):
    """Set the child of a name, making it behind the last of the children named in ``after`` (the schema's order).

    :return: the child
    """
    child = parent.find(tag(name))
    if child is None:
        before = {tag(other) for other in after}
        place = max((index + 1 for index, other in enumerate(parent) if other.tag in before), default=0)
        child = etree.Element(tag(name))
        parent.insert(place, child)
    if value is not None:
        child.text = value
    for key, setting in attributes.items():
        child.set(key, setting)
    return child


def child(parent, name, value=None, **attributes):
    """Append a child."""
    element = etree.SubElement(parent, tag(name), **attributes)
    element.text = value
    return element
