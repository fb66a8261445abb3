# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading UBL 2.1 into the semantic model: ``read(data)``."""

from dataclasses import fields
from datetime import date
from functools import cache

from . import model
from .document import ROOTS
from .numbers import decimal, is_date, space
from .plan import CAC, CBC, short
from .source import Unreadable, parse

_NAMESPACES = {"cbc": CBC, "cac": CAC}


def _clark(step: str) -> str:
    prefix, _colon, name = step.partition(":")
    return _NAMESPACES[prefix] + name


def place(element, origin=None, positions=None) -> model.Place:
    """Where an element stands; ``origin`` maps the elements of a converted document to those of its source.

    ``positions`` remembers the positions of siblings between calls.
    """
    source = element if origin is None else origin.get(element, element)
    line = source.sourceline
    positions = {} if positions is None else positions
    steps = []
    while source is not None:
        parent = source.getparent()
        name = short(source.tag)
        if parent is None:
            steps.append(name.rpartition("}")[2])
        else:
            places = positions.get(parent)
            if places is None:
                places = positions[parent] = _positions(parent)
            position, count = places[source]
            steps.append(f"{name}[{position}]" if count > 1 else name)
        source = parent
    return model.Place("/" + "/".join(reversed(steps)), line)


def _positions(parent) -> dict:
    """The children of an element with their position among those of the same tag, and the number of these."""
    counts = {}
    places = []
    for kid in parent.iterchildren("*"):
        counts[kid.tag] = counts.get(kid.tag, 0) + 1
        places.append((kid, counts[kid.tag]))
    return {kid: (position, counts[kid.tag]) for kid, position in places}


def _is_vat(element) -> bool:
    scheme = element.findtext(f"{CAC}TaxScheme/{CBC}ID")
    return space(scheme).upper() == "VAT"


def _test(name, element, root) -> bool:
    """The tests that a path or a group may ask for."""
    if name in ("VAT", "other"):
        return _is_vat(element) == (name == "VAT")
    if name in ("allowance", "charge"):
        charge = space(element.findtext(f"{CBC}ChargeIndicator")) in ("true", "1")
        return charge == (name == "charge")
    amount = element.find(f"{CBC}TaxAmount")
    currency = None if amount is None else amount.get("currencyID")
    own = root.findtext(f"{CBC}DocumentCurrencyCode")
    return (currency == own) == (name == "own")


def _alternatives(path):
    """The alternatives of a path: ((tag, test or ""), …) and the name of an attribute or None."""
    result = []
    for alternative in path.split("|"):
        steps = alternative.split("/")
        attribute = steps.pop()[1:] if steps[-1].startswith("@") else None
        parts = [step.partition("[") for step in steps]
        result.append(([(_clark(name), test.rstrip("]")) for name, _bracket, test in parts], attribute))
    return result


@cache
def _terms(group):
    """The fields of a group that stand in a document: (name, kind, alternatives, many, only)."""
    return [
        (item.name, kind, _alternatives(item.metadata["path"]), item.metadata.get("many"), item.metadata.get("only"))
        for item in fields(group)
        if (kind := item.metadata.get("kind")) is not None
    ]


def _elements(element, kids, alternatives, root):
    """The elements with their texts (or, for an attribute, those that have it with its value) at a path.

    :param kids: the element's children by their tags: most terms of most groups are absent, which one look shows
    """
    for steps, attribute in alternatives:
        found = [element]
        for depth, (name, test) in enumerate(steps):
            found = [kid for item in found for kid in item.iterchildren(name)] if depth else kids.get(name, ())
            if test:
                found = [kid for kid in found if _test(test, kid, root)]
            if not found:
                break
        for item in found:
            if attribute is None:
                yield item, item.text
            elif attribute in item.attrib:
                yield item, item.get(attribute)


def _value(text, kind):
    if kind == "decimal":
        return decimal(text)
    if kind == "date":
        text = (text or "").strip()[:10]
        return date.fromisoformat(text) if is_date(text) else None
    return text


def _fill(target, element, root, origin):
    kids = {}
    for kid in element.iterchildren("*"):
        kids.setdefault(kid.tag, []).append(kid)
    for name, kind, alternatives, many, only in _terms(type(target)):
        if isinstance(kind, type):
            groups = [
                _fill(kind(), kid, root, origin)
                for kid, _text in _elements(element, kids, alternatives, root)
                if only is None or _test(only, kid, root)
            ]
            if many:
                setattr(target, name, groups)
            elif groups:
                setattr(target, name, groups[0])
            continue
        found = list(_elements(element, kids, alternatives, root))
        if not found:
            continue
        target.where[name] = _Lazy(found[0][0], origin)
        setattr(target, name, [text for _kid, text in found] if kind == "texts" else _value(found[0][1], kind))
    return target


class _Lazy:
    """A place that is worked out when it is asked for."""

    __slots__ = ("_element", "_origin")

    def __init__(self, element, origin):
        self._element = element
        self._origin = origin

    @property
    def path(self) -> str:
        return place(self._element, self._origin).path

    @property
    def line(self) -> int | None:
        return place(self._element, self._origin).line


def to_model(root, origin=None, syntax="UBL") -> model.Invoice:
    """The semantic model of a UBL root element."""
    kind = ROOTS.get(root.tag)
    if kind is None:
        raise Unreadable("XML-ROOT", {"root": root.tag})
    invoice = model.Invoice(syntax=syntax, credit=kind == "CreditNote")
    return _fill(invoice, root, root, origin)


def read(data: bytes) -> model.Invoice:
    """The semantic model of an e-invoice in UBL, CII or a Factur-X PDF. Raises :class:`~.source.Unreadable`."""
    from .cii import CII_ROOT, convert
    from .pdf import extract, is_pdf

    root = parse(extract(data) if is_pdf(data) else data)
    if root.tag == CII_ROOT:
        converted, origin = convert(root)
        return to_model(converted, origin, "CII")
    return to_model(root)
