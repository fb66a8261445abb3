# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rule sets: which rules judge a document, and the memory of the plans made for them."""

from functools import cache

from .codes import TABLES, codes
from .numbers import fraction, space


class Layer:
    """A group of rules that is registered by decorators. ``document`` rules see the whole document, ``node`` rules
    the elements with one of the given tags when a plan is built, ``every`` rules every element."""

    def __init__(self):
        self.documents = []
        self.nodes = {}
        self.all_nodes = []
        self.unused = None
        self.instances = []
        self.currencies = []  # checks of currency codes
        self.own_currency = None  # the rule that amounts are in the document's currency
        self.lists = {}  # rule: (codes less, codes more) than the list of the layers before
        self.adapt = None  # a function of (rule, values) that gives the ids to report for a finding

    def document(self, function):
        self.documents.append(function)
        return function

    def node(self, *tags):
        def register(function):
            for tag in tags:
                self.nodes.setdefault(tag, []).append(function)
            return function

        return register

    def every(self, function):
        self.all_nodes.append(function)
        return function

    def instance(self, function):
        """Register a rule that is run on every part, as function(document, part)."""
        self.instances.append(function)
        return function


class Profile:
    """One rule set: layers put together."""

    def __init__(self, name, layers):
        self.name = name
        self.documents = [function for layer in layers for function in layer.documents]
        self.nodes = {}
        for layer in layers:
            for tag, functions in layer.nodes.items():
                self.nodes.setdefault(tag, []).extend(functions)
        self.every = [function for layer in layers for function in layer.all_nodes]
        self.instances = [function for layer in layers for function in layer.instances]
        self.lists = {rule: change for layer in layers for rule, change in layer.lists.items()}
        self.currencies = self.changed([check for layer in layers for check in layer.currencies])
        self.adapt = next((layer.adapt for layer in layers if layer.adapt), None)
        self.own_currency = next((layer.own_currency for layer in layers if layer.own_currency), None)
        self.unused = next((layer.unused for layer in layers if layer.unused), None)
        self.shapes = {"Invoice": {}, "CreditNote": {}}
        self.count = 0

    def changed(self, checks) -> list:
        """Code checks, (…, good values, check), with the lists of this rule set."""
        if not self.lists:
            return checks
        result = []
        for *place, good, check in checks:
            change = self.lists.get(check.rules[0]) if isinstance(check, CodeCheck) else None
            if change:
                check = check.changed(*change)
                good = check.good
            result.append((*place, good, check))
        return result

    def forget(self) -> None:
        """Drop all plans: memory stays bounded however varied the documents are."""
        for shapes in self.shapes.values():
            shapes.clear()
        self.count = 0

    def run(self, document) -> None:
        """Judge a document; its findings are added to it."""
        own = document.first("cbc:DocumentCurrencyCode")
        common = own if all(own in good for good, _slow in self.currencies) else None
        for part in document.parts:
            if part.plan.static or part.plan.unused:
                self._shape(document, part)
            self._values(document, part, own, common)
        for function in self.documents:
            function(document)
        if self.adapt:
            document.findings[:] = [
                (name, part, index, values)
                for rule, part, index, values in document.findings
                for name in self.adapt(rule, values)
            ]

    @staticmethod
    def _shape(document, part) -> None:
        """What the plan of a part found already."""
        document.findings.extend([(rule, part, index, values) for rule, index, values in part.plan.static])
        for rule, index, name in part.plan.unused:
            document.report_once(rule, part, index, name=name)

    def _values(self, document, part, own, common) -> None:
        """The checks of values that the plan of a part asks for."""
        plan = part.plan
        texts = part.texts
        for index, rule in plan.required:
            text = texts[index]
            if text is None or not space(text):
                document.findings.append((rule, part, index, {"blank": text}))
        for index, rules in plan.amounts:
            text = texts[index]
            if text and "." in text and fraction(text) > 2:
                document.findings.extend([(rule, part, index, {"value": text[:40]}) for rule in rules])
        for index, attribute, good, slow in plan.codes:
            value = texts[index] if attribute is None else part.elements[index].get(attribute)
            if value not in good:
                slow(document, part, index, value)
        for index in plan.currencies:
            if part.elements[index].get("currencyID") != common or common is None:
                self._currency(document, part, index, own)
        for check in plan.checks:
            check(document, part)
        for function in self.instances:
            function(document, part)

    def _currency(self, document, part, index, own):
        value = part.elements[index].get("currencyID")
        for good, slow in self.currencies:
            if value not in good:
                slow(document, part, index, value)
        currencies = document.text_set("cbc:DocumentCurrencyCode")
        if self.own_currency and index in part.plan.own_currency and value not in currencies:
            document.report(self.own_currency, part, index, value=value, currency=own)


class CodeCheck:
    """The slow path of a code check: the value is not known to be good as it stands."""

    __slots__ = ("fold", "good", "rules", "trim")

    def __init__(self, rules, good, trim, fold):
        self.rules = rules
        self.good = good
        self.trim = trim
        self.fold = fold

    def __call__(self, document, part, index, value):
        text = value or ""
        if self.trim:
            text = space(text)
        if self.fold:
            text = text.upper()
        if text not in self.good:
            for rule in self.rules:
                document.report(rule, part, index, value=(value or "")[:60])

    def changed(self, less, more) -> "CodeCheck":
        """The same check with other codes."""
        return CodeCheck(self.rules, (self.good - less) | more, self.trim, self.fold)


def code_check(rules, list_name, trim=True, fold=False, extra=()):
    """A check that reports ``rules`` for a value outside a code list, as (good values, check of others)."""
    check = CodeCheck(rules, codes(list_name) | frozenset(extra), trim, fold)
    return check.good, check


@cache
def unused_table() -> tuple[dict[str, str], dict[str, str]]:
    """The UBL-CR table as {path below the root: number}, {path anywhere: number}."""
    paths = {}
    anywhere = {}
    stack = []
    for line in (TABLES / "ubl_unused.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        depth = len(line) - len(line.lstrip(" "))
        name, _space, number = line.strip().partition(" ")
        del stack[depth:]
        stack.append(name)
        if number:
            if name.startswith("//"):
                anywhere[name[2:]] = number
            else:
                paths["/".join(stack)] = number
    return paths, anywhere
