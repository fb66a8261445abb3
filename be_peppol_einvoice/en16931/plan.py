# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plans: everything about a part of a document that depends on its shape only, worked out once.

The children of the root element are the parts of a document. Invoices repeat themselves: most lines, parties or tax
breakdowns have the same elements in the same order as the one before. So a part is judged in two steps:

- its *shape* (tags, number of children, attribute names) and the values of its few discriminating elements (VAT
  category, tax scheme, charge indicator…) form the key of a plan. When a plan is built, the rules look at skeleton
  :class:`Node` objects and either report at once, or leave a check of values behind;
- every part with that key then only runs those checks on its values.

Rules that read several parts are run once per document, on what the plans say about the parts.
"""

from . import structure
from .numbers import space
from .source import MAX_ATTRIBUTES, MAX_DEPTH

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
EXT = "{urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2}"

_PREFIXES = (
    (CBC, "cbc:"),
    (CAC, "cac:"),
    (EXT, "ext:"),
    ("{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}", "rsm:"),
    ("{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}", "ram:"),
    ("{urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100}", "udt:"),
)
_short: dict[str, str] = {}


def short(tag: str) -> str:
    """The tag with UBL's usual prefix.

    >>> short(CBC + "ID")
    'cbc:ID'
    """
    name = _short.get(tag)
    if name is None:
        name = tag
        for uri, prefix in _PREFIXES:
            if tag.startswith(uri):
                name = prefix + tag[len(uri) :]
        if len(_short) < 5000 and len(tag) < 300:
            _short[tag] = name
    return name


# Leaf elements whose value decides which rules apply, as tag or (tag of the parent, tag).
DISCRIMINATING = frozenset(
    {
        "cbc:ChargeIndicator",
        "cbc:DocumentTypeCode",
        "cbc:TaxExemptionReasonCode",
        ("cac:TaxScheme", "cbc:ID"),
        ("cac:TaxCategory", "cbc:ID"),
        ("cac:ClassifiedTaxCategory", "cbc:ID"),
        ("cac:PaymentMeans", "cbc:PaymentMeansCode"),
    }
)


# Amounts whose currency is checked.
CURRENCY_TAGS = (
    "cbc:Amount",
    "cbc:BaseAmount",
    "cbc:PriceAmount",
    "cbc:TaxAmount",
    "cbc:TaxableAmount",
    "cbc:LineExtensionAmount",
    "cbc:TaxExclusiveAmount",
    "cbc:TaxInclusiveAmount",
    "cbc:AllowanceTotalAmount",
    "cbc:ChargeTotalAmount",
    "cbc:PrepaidAmount",
    "cbc:PayableRoundingAmount",
    "cbc:PayableAmount",
)


class Node:
    """An element of a plan: its place and shape, and its text where that is part of the plan's key."""

    __slots__ = ("index", "keys", "kids", "parent", "path", "tag", "text")

    def __init__(self, tag, index, parent, keys):
        self.tag = tag
        self.index = index
        self.parent = parent
        self.keys = keys
        self.kids = []
        self.text = None
        self.path = tag if parent is None else f"{parent.path}/{tag}"

    def all(self, path: str) -> list["Node"]:
        """The descendants at path, for example ``cac:Party/cac:PostalAddress``."""
        nodes = [self]
        for tag in path.split("/"):
            nodes = [kid for node in nodes for kid in node.kids if kid.tag == tag]
        return nodes

    def has(self, path: str) -> bool:
        return bool(self.all(path))

    def first(self, path: str) -> "Node | None":
        nodes = self.all(path)
        return nodes[0] if nodes else None

    def count(self, path: str) -> int:
        return len(self.all(path))

    def value(self, path: str) -> str | None:
        """The text of a discriminating descendant."""
        node = self.first(path)
        return None if node is None else node.text

    def within(self, tag: str) -> bool:
        node = self.parent
        while node is not None:
            if node.tag == tag:
                return True
            node = node.parent
        return False


def upper_trimmed(text: str | None) -> str:
    return space((text or "").upper())


def is_vat(node: Node) -> bool:
    """Whether a tax category, or a party's tax scheme, is one of VAT."""
    return any(
        upper_trimmed(kid.text) == "VAT"
        for scheme in node.kids
        if scheme.tag == "cac:TaxScheme"
        for kid in (scheme.all("cbc:ID") or [_NO_ID])
    )


class _NoId:
    text = ""


_NO_ID = _NoId()


def category(node: Node) -> str:
    """The VAT category code of a tax category, trimmed; empty where there is none."""
    return space(node.value("cbc:ID"))


def charge_indicator(node: Node) -> bool | None:
    """The charge indicator as a truth value, None where it is missing or is none."""
    texts = {(kid.text or "").strip() for kid in node.all("cbc:ChargeIndicator")}
    if texts & {"false", "0"}:
        return False
    if texts & {"true", "1"}:
        return True
    return None


def unfold(signature):
    """The elements of a flat signature as (tag, number of children, names of attributes).

    >>> unfold(("a", 1, "x", "y", "b", 0))
    [('a', 1, ['x', 'y']), ('b', 0, [])]
    """
    rows = []
    for place, item in enumerate(signature):
        if type(item) is int:
            if rows:
                rows[-1][2].pop()  # the tag of this element was taken for an attribute of the one before
            rows.append((signature[place - 1], item, []))
        elif rows:
            rows[-1][2].append(item)
    return rows


class Shape:
    """What all parts with the same tags, counts and attribute names share; the variants are the plans."""

    __slots__ = ("discriminating", "nested", "plans", "size")

    def __init__(self, signature):
        self.plans = {}
        rows = unfold(signature)
        self.size = len(rows)
        self.discriminating = []
        self.nested = False
        parents = []
        left = []
        for index, (tag, kids, _keys) in enumerate(rows):
            while left and not left[-1]:
                left.pop()
                parents.pop()
            name = short(tag)
            parent = parents[-1] if parents else None
            if left:
                left[-1] -= 1
            if name in DISCRIMINATING or (parent, name) in DISCRIMINATING:
                self.discriminating.append(index)
            if kids:
                if name.startswith("cbc:"):
                    self.nested = True
                parents.append(name)
                left.append(kids)


class Plan:
    """The judgement of one shape with given discriminating values under one rule set."""

    __slots__ = (
        "amounts",
        "by_tag",
        "checks",
        "codes",
        "currencies",
        "deep",
        "facts",
        "leaves",
        "nodes",
        "own_currency",
        "paths",
        "positions",
        "required",
        "row",
        "static",
        "structure",
        "tag",
        "typed",
        "unused",
    )

    def __init__(self, signature, values, root, profile):
        self.nodes = nodes = []
        self.static = []  # (rule id, index, values)
        self.checks = []  # functions of (document, part)
        self.amounts = []  # (index, rule ids): at most two decimals
        self.required = []  # (index, rule id): not blank
        self.codes = []  # (index, attribute or None, good values, slow check)
        self.own_currency = set()  # indices of amounts that are in the document's own currency
        self.facts = set()
        self.row = None  # a function of (document, part) that gives the figures of a line
        self.deep = False
        stack = []
        for index, (tag, kids, keys) in enumerate(unfold(signature)):
            while stack and stack[-1][1] == 0:
                stack.pop()
            parent = stack[-1][0] if stack else None
            if stack:
                stack[-1][1] -= 1
            node = Node(short(tag), index, parent, keys)
            nodes.append(node)
            if parent is not None:
                parent.kids.append(node)
            if kids:
                stack.append([node, kids])
                if len(stack) >= MAX_DEPTH:
                    # Rules look no deeper; the document is refused by the caller.
                    self.deep = True
                    break
            if len(keys) > MAX_ATTRIBUTES:
                self.deep = True
        self.tag = nodes[0].tag
        for index, text in values:
            if index < len(nodes):
                nodes[index].text = text or ""
        self.by_tag = {}
        self.paths = {}
        for node in nodes:
            self.by_tag.setdefault(node.tag, []).append(node.index)
            self.paths.setdefault(node.path, []).append(node.index)
        self.currencies = [index for tag in CURRENCY_TAGS for index in self.by_tag.get(tag, ())]
        self.leaves = [node.index for node in nodes if not node.kids]
        self.positions = None
        self.structure = []
        self.typed = []
        self.unused = []
        if self.deep:
            return
        structure.check_part(nodes[0], self)
        if profile.unused is not None:
            profile.unused(nodes, self, root)
        for node in nodes:
            for function in profile.nodes.get(node.tag, ()):
                function(node, self, root)
            for function in profile.every:
                function(node, self, root)
        self.codes = profile.changed(self.codes)

    def step(self, node: Node) -> str:
        """The step of an XPath to a node: its tag, with its position where it has siblings of the same tag."""
        if self.positions is None:
            counts = {}
            self.positions = []
            for other in self.nodes:
                key = (-1 if other.parent is None else other.parent.index, other.tag)
                counts[key] = counts.get(key, 0) + 1
                self.positions.append((key, counts[key]))
            self.positions = [(place, counts[key]) for key, place in self.positions]
        place, count = self.positions[node.index]
        return f"{node.tag}[{place}]" if count > 1 else node.tag

    def want(self, rule: str, node: Node, good, **values) -> None:
        """Report rule at node unless good."""
        if not good:
            self.static.append((rule, node.index, values))

    def text(self, rule: str, node: Node, path: str) -> None:
        """Report rule unless there is a text at path below node that is not blank."""
        found = node.first(path)
        if found is None:
            self.static.append((rule, node.index, {}))
        else:
            self.required.append((found.index, rule))
