# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The structure of UBL 2.1: which elements and attributes, in which order, how often, with which kind of value.

The verdict is the one of the UBL 2.1 schemas. The schema itself is replaced by the table tables/ubl21.txt.
"""

import base64
import binascii
import re
from functools import cache, lru_cache

from lxml import etree

from .codes import TABLES
from .numbers import DECIMAL, is_date, is_time

_MANY = 1 << 60
_ATTRIBUTES = {
    "Amount": "currencyID! currencyCodeListVersionID",
    "BinaryObject": "format mimeCode! encodingCode characterSetCode uri filename",
    "Code": "listID listAgencyID listAgencyName listName listVersionID name languageID listURI listSchemeURI",
    "Identifier": "schemeID schemeName schemeAgencyID schemeAgencyName schemeVersionID schemeDataURI schemeURI",
    "Measure": "unitCode! unitCodeListVersionID",
    "Numeric": "format",
    "Percent": "format",
    "Rate": "format",
    "Quantity": "unitCode unitCodeListID unitCodeListAgencyID unitCodeListAgencyName",
    "Text": "languageID languageLocaleID",
    "Name": "languageID languageLocaleID",
    "Date": "",
    "Time": "",
    "Indicator": "",
}
_ATTRIBUTE_SETS = {
    kind: (
        frozenset(name.rstrip("!") for name in names.split()),
        tuple(name[:-1] for name in names.split() if name.endswith("!")),
    )
    for kind, names in _ATTRIBUTES.items()
}
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*\Z")
_BASE64 = re.compile(rb"[A-Za-z0-9+/= \t\r\n]*\Z")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_EXTENSION = {
    "ext:UBLExtensions": "ext:UBLExtension+",
    "ext:UBLExtension": "cbc:ID? cbc:Name? ext:ExtensionAgencyID? ext:ExtensionAgencyName? ext:ExtensionVersionID? "
    "ext:ExtensionAgencyURI? ext:ExtensionURI? ext:ExtensionReasonCode? ext:ExtensionReason? ext:ExtensionContent",
}
_EXTENSION_BASIC = {
    "ext:ExtensionAgencyID": "Identifier",
    "ext:ExtensionAgencyName": "Text",
    "ext:ExtensionVersionID": "Identifier",
    "ext:ExtensionAgencyURI": "Identifier",
    "ext:ExtensionURI": "Identifier",
    "ext:ExtensionReasonCode": "Code",
    "ext:ExtensionReason": "Text",
}


@cache
def _tables() -> dict[str, dict[str, str]]:
    """The sections of the table, each as name: its words."""
    sections = {}
    section = name = None
    for line in (TABLES / "ubl21.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            section = sections[line.strip("[]")] = {}
        elif line.startswith(" "):
            section[name] += line
        else:
            name, _colon, words = line.partition(":")
            section[name] = words
    return sections


@cache
def _type_of() -> dict[str, str]:
    """The type of each aggregate element that is not named after it."""
    return {element: name for name, words in _tables()["elements"].items() for element in words.split()}


@cache
def _kind_of() -> dict[str, str]:
    """The data type of each basic element."""
    kinds = {f"cbc:{element}": kind for kind, words in _tables()["basic"].items() for element in words.split()}
    return {**kinds, **_EXTENSION_BASIC}


def _particles(words: str) -> tuple:
    particles = []
    for word in words.split():
        low, high = {"?": (0, 1), "*": (0, _MANY), "+": (1, _MANY)}.get(word[-1], (1, 1))
        name = word.rstrip("?*+")
        if ":" not in name:
            name = f"cac:{name[1:]}" if name.startswith("/") else f"cbc:{name}"
        particles.append((name, low, high))
    return tuple(particles)


@cache
def content(tag: str) -> tuple | None:
    """The children of an aggregate element as (tag, least, most) in their order; None for other elements.

    >>> content("cac:TaxScheme")[0]
    ('cbc:ID', 0, 1)
    >>> content("cbc:ID") is None
    True
    """
    if tag in _EXTENSION:
        return _particles(_EXTENSION[tag])
    if not tag.startswith("cac:"):
        return None
    name = tag[4:]
    aggregates = _tables()["aggregates"]
    words = aggregates.get(_type_of().get(name, name))
    return None if words is None or (name not in aggregates and name not in _type_of()) else _particles(words)


@cache
def document(kind: str) -> tuple:
    """The children of the root element, Invoice or CreditNote."""
    return _particles(_tables()["documents"][kind])


def _sequence(particles, tags):
    """Compare children with a sequence; yield (number of the child or None at the end, problem, tag)."""
    at = 0
    seen = 0
    for number, tag in enumerate(tags):
        place = at
        while place < len(particles) and particles[place][0] != tag:
            place += 1
        if place == len(particles):
            known = any(name == tag for name, _low, _high in particles)
            yield number, "order" if known else "unknown", tag
            return
        if place != at:
            for name, low, _high in particles[at:place]:
                if low > (seen if name == particles[at][0] else 0):
                    if name in tags[number:]:
                        yield number, "order", tag
                    else:
                        yield number, "missing", name
                    return
            at = place
            seen = 0
        seen += 1
        if seen > particles[at][2]:
            yield number, "often", tag
            return
    for offset, (name, low, _high) in enumerate(particles[at:]):
        if low > (seen if offset == 0 else 0):
            yield None, "missing", name
            return


def _order(kind, tags):
    return tuple(_sequence(document(kind), tags))


_outline = lru_cache(maxsize=500)(_order)


def _decimal(text):
    return bool(DECIMAL.match(text or ""))


def _boolean(text):
    return (text or "").strip(" \t\r\n") in ("true", "false", "1", "0")


def _binary(text):
    try:
        data = (text or "").encode("ascii")
    except UnicodeEncodeError:
        return False
    if not _BASE64.match(data):
        return False
    data = b"".join(data.split())
    if len(data) % 4:
        return False
    try:
        base64.b64decode(data[-4:], validate=True)
    except (binascii.Error, ValueError):
        return False
    return b"=" not in data[:-2]


_VALUE = {
    "Amount": _decimal,
    "Quantity": _decimal,
    "Measure": _decimal,
    "Numeric": _decimal,
    "Percent": _decimal,
    "Rate": _decimal,
    "Indicator": _boolean,
    "Date": lambda text: is_date(text or ""),
    "Time": lambda text: is_time(text or ""),
    "BinaryObject": _binary,
}

# Values already found good, by kind: a document repeats itself.
GOOD = {kind: set() for kind in (*_VALUE, "Group")}
NEVER = frozenset()


def _attributes(node, kind):
    allowed, required = _ATTRIBUTE_SETS[kind]
    for key in node.keys:
        if key not in allowed and not key.startswith(_XSI):
            yield "attribute", key
    for key in required:
        if key not in node.keys:
            yield "attribute-missing", key


def check_part(top, plan) -> None:
    """Note on the plan what is wrong with the shape below ``top``, and which values are to be checked."""
    stack = [top]
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag == "ext:ExtensionContent":
            if (
                len(node.kids) != 1
                or node.kids[0].tag.startswith("ext:")
                or not node.kids[0].tag.startswith(("{", "c"))
            ):
                plan.structure.append(("extension", node.index, tag))
            continue
        kind = _kind_of().get(tag)
        if kind is not None:
            for problem, name in _attributes(node, kind):
                plan.structure.append((problem, node.index, name))
            if node.kids:
                plan.structure.append(("unknown", node.kids[0].index, node.kids[0].tag))
            elif kind in _VALUE:
                plan.typed.append((node.index, GOOD[kind], kind))
            if "languageID" in node.keys:
                plan.typed.append((node.index, NEVER, "languageID"))
            continue
        particles = content(tag)
        if particles is None:
            if node is not top:
                continue  # already reported as an unknown child
            return
        for key in node.keys:
            if not key.startswith(_XSI):
                plan.structure.append(("attribute", node.index, key))
        for number, problem, name in _sequence(particles, [kid.tag for kid in node.kids]):
            plan.structure.append((problem, node.index if number is None else node.kids[number].index, name))
        stack.extend(node.kids)
        if node.kids:
            plan.typed.append((node.index, GOOD["Group"], "Group"))


def check(document_) -> None:
    """Judge the structure of a whole document; its findings go to ``document_.structure``."""
    found = document_.structure
    for key in document_.root.attrib:
        if not key.startswith(_XSI):
            found.append(("attribute", None, 0, {"name": key}))
    tags = tuple([part.plan.tag for part in document_.parts])
    for number, problem, name in _outline(document_.kind, tags) if len(tags) < 60 else _order(document_.kind, tags):
        found.append((problem, None if number is None else document_.parts[number], 0, {"name": name}))
    for part in document_.parts:
        plan = part.plan
        texts = part.texts
        if plan.structure:
            found.extend((problem, part, index, {"name": name}) for problem, index, name in plan.structure)
        for index, good, kind in plan.typed:
            if texts[index] not in good:
                _typed(found, good, part, index, kind)
    # The parser dropped white space between elements: text that belongs to no element shows in the total length.
    if len(etree.tostring(document_.root, method="text", encoding="unicode")) != document_.text_length:
        _stray_text(document_)


def _typed(found, good, part, index, kind):
    text = part.texts[index]
    if kind == "Group":
        bad = bool(text and text.strip(" \t\r\n"))
    elif kind == "languageID":
        text = part.elements[index].get("languageID")
        bad = not _LANGUAGE.match(text.strip(" \t\r\n"))
    else:
        bad = not _VALUE[kind](text)
    if bad:
        problem = "text" if kind == "Group" else "value"
        found.append((problem, part, index, {"name": kind, "value": (text or "")[:80]}))
    elif good is not NEVER and (text is None or len(text) < 24):
        if len(good) > 5000:
            good.clear()
        good.add(text)


def _stray_text(document_) -> None:
    """Find text between elements, where UBL has none."""
    text = document_.root.text
    if text and text.strip(" \t\r\n"):
        document_.structure.append(("text", None, 0, {"name": "Group", "value": text.strip()[:80]}))
    for part in document_.parts:
        for index, element in enumerate(part.elements):
            if element.tail and element.tail.strip(" \t\r\n"):
                document_.structure.append(("text", part, index, {"name": "Group", "value": element.tail.strip()[:80]}))
