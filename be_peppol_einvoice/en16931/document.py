# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A UBL document as its parts, each with the plan that judges it."""

from .numbers import ZERO, decimal, space
from .plan import Plan, Shape, short
from .source import MAX_ELEMENTS, Unreadable

INVOICE = "{urn:oasis:names:specification:ubl:schema:xsd:Invoice-2}Invoice"
CREDIT_NOTE = "{urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2}CreditNote"
ROOTS = {INVOICE: "Invoice", CREDIT_NOTE: "CreditNote"}
LINES = ("cac:InvoiceLine", "cac:CreditNoteLine")
MAX_CACHED_SIZE = 400  # elements of a part whose plan is worth keeping
MAX_CACHED_PLANS = 1500
MAX_CACHED_TEXT = 200  # characters of a tag or a value that is part of a key


class Part:
    """A child of the root element with its descendants."""

    __slots__ = ("elements", "plan", "position", "start", "texts")

    def __init__(self, plan, elements, texts, position, start):
        self.plan = plan
        self.elements = elements
        self.texts = texts
        self.position = position  # among the children of the root with the same tag, from 1
        self.start = start  # of its first element in document order

    def at(self, path: str) -> list[str]:
        """The texts at a path that begins with the part's own tag."""
        return [self.texts[index] or "" for index in self.plan.paths.get(path, ())]


class Document:
    """An Invoice or CreditNote under one rule set (``profile``); ``findings`` grows while it is judged."""

    def __init__(self, root, profile):
        self.kind = ROOTS.get(root.tag)
        if self.kind is None:
            raise Unreadable("XML-ROOT", {"root": root.tag})
        self.root = root
        self.profile = profile
        self.findings = []  # (rule id, part or None, index, values)
        self.structure = []
        self._decimals = {}
        self._seen = set()
        self.memory = {}  # what rules computed and others need again
        self.parts = parts = []
        self.by_tag = by_tag = {}
        shapes = profile.shapes[self.kind]
        start = 1
        length = len(root.text or "")
        for child in root:
            # The signature is flat: tag, number of children, names of attributes, next tag…
            if len(child):
                elements = list(child.iter())
                texts = [element.text for element in elements]
                signature = []
                add = signature.append
                for element in elements:
                    add(element.tag)
                    add(len(element))
                    signature += element.keys()
                signature = tuple(signature)
            else:
                elements = [child]
                texts = [child.text]
                signature = (child.tag, 0, *child.keys())
            length += sum(map(len, filter(None, texts)))
            shape = shapes.get(signature)
            if shape is None:
                shape = self._shape(shapes, signature)
            if shape.nested:
                for index, element in enumerate(elements):
                    if len(element) and short(element.tag).startswith("cbc:"):
                        texts[index] = "".join(element.itertext())
            discriminating = shape.discriminating
            key = tuple([texts[index] for index in discriminating])
            plan = shape.plans.get(key)
            if plan is None:
                plan = Plan(signature, zip(discriminating, key, strict=True), self.kind, profile)
                if plan.deep:
                    raise Unreadable("LIMIT-DEPTH", {"limit": 100})
                if not any(text and len(text) > MAX_CACHED_TEXT for text in key):
                    if profile.count >= MAX_CACHED_PLANS:
                        profile.forget()
                    profile.count += 1
                    shape.plans[key] = plan
            same = by_tag.get(plan.tag)
            if same is None:
                same = by_tag[plan.tag] = []
            part = Part(plan, elements, texts, len(same) + 1, start)
            same.append(part)
            parts.append(part)
            start += len(elements)
            if start > MAX_ELEMENTS:
                raise Unreadable("LIMIT-NODES", {"limit": MAX_ELEMENTS})
        self.size = start
        self.text_length = length
        self.plans = list({id(part.plan): part.plan for part in parts}.values())
        self.facts = set().union(*[plan.facts for plan in self.plans])
        self.lines = [part for tag in LINES for part in by_tag.get(tag, ())]

    def _shape(self, shapes, signature):
        shape = Shape(signature)
        if (
            shape.size <= MAX_CACHED_SIZE
            and max(len(item) for item in signature if type(item) is str) < MAX_CACHED_TEXT
        ):
            if len(shapes) >= MAX_CACHED_PLANS:
                self.profile.forget()
            shapes[signature] = shape
        return shape

    # What rules ask -------------------------------------------------------------------------------------------------

    def find(self, path: str) -> list[tuple[Part, int]]:
        """The elements at a path below the root, for example ``cac:Delivery/cbc:ActualDeliveryDate``."""
        return [
            (part, index)
            for part in self.by_tag.get(path.split("/", 1)[0], ())
            for index in part.plan.paths.get(path, ())
        ]

    def texts(self, path: str) -> list[str]:
        """The texts at a path below the root."""
        return [
            part.texts[index] or ""
            for part in self.by_tag.get(path.partition("/")[0], ())
            for index in part.plan.paths.get(path, ())
        ]

    def first(self, path: str) -> str | None:
        """The first text at a path below the root."""
        for part in self.by_tag.get(path.partition("/")[0], ()):
            for index in part.plan.paths.get(path, ()):
                return part.texts[index] or ""
        return None

    def known(self, key, compute):
        """What ``compute()`` gives, worked out once per document: rules inside a loop stay linear."""
        try:
            return self.memory[key]
        except KeyError:
            value = self.memory[key] = compute()
            return value

    def text_set(self, path: str) -> set[str]:
        """The different texts at a path below the root."""
        return self.known(("texts", path), lambda: set(self.texts(path)))

    def has(self, path: str) -> bool:
        return self.first(path) is not None

    def filled(self, path: str) -> bool:
        """Whether the first text at path is not blank."""
        text = self.first(path)
        return bool(text) and bool(space(text))

    def count(self, path: str) -> int:
        return sum(len(part.plan.paths.get(path, ())) for part in self.by_tag.get(path.partition("/")[0], ()))

    def anywhere(self, tag: str) -> list[tuple[Part, int]]:
        """All elements with this tag at any depth."""
        for plan in self.plans:
            if tag in plan.by_tag:
                return [(part, index) for part in self.parts for index in part.plan.by_tag.get(tag, ())]
        return []

    def decimal(self, text: str | None):
        """The value of an xs:decimal, or None; remembered, since a document repeats its figures."""
        try:
            return self._decimals[text]
        except KeyError:
            value = self._decimals[text] = decimal(text)
            return value

    def number(self, path: str):
        """The decimal at the first element of path, or None."""
        return self.decimal(self.first(path))

    def total(self, texts):
        """The sum of decimals, or None where one of them is none."""
        result = ZERO
        for text in texts:
            value = self.decimal(text)
            if value is None:
                return None
            result += value
        return result

    # What rules say -------------------------------------------------------------------------------------------------

    def report(self, rule: str, part: Part | None = None, index: int = 0, **values) -> None:
        """Add a finding at an element of a part, or at the root."""
        self.findings.append((rule, part, index, values))

    def report_once(self, rule: str, part: Part | None = None, index: int = 0, **values) -> None:
        """Add a finding of a rule that speaks of the whole document: its first place is enough."""
        if rule not in self._seen:
            self._seen.add(rule)
            self.findings.append((rule, part, index, values))

    def want(self, rule: str, good, path: str | None = None, **values) -> None:
        """Report rule unless good, at the first element of path or its deepest existing parent."""
        if good:
            return
        part, index = self.known(("place", path), lambda: self._place(path)) if path else (None, 0)
        self.findings.append((rule, part, index, values))

    def _place(self, path: str):
        """The first element of path, or of its deepest existing parent."""
        while path:
            for part in self.by_tag.get(path.partition("/")[0], ()):
                for index in part.plan.paths.get(path, ()):
                    return part, index
            path = path.rpartition("/")[0]
        return None, 0
