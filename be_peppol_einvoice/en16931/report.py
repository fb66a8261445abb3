# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The verdict on a document and its findings, written out only when asked for."""

from functools import cached_property

from .registry import severity, terms
from .rulesets import severities
from .source import Unreadable, lines_of

LANGUAGES = ("en", "fr", "nl", "de")


class Finding:
    """One broken rule at one place."""

    __slots__ = ("_report", "id", "index", "part", "values")

    def __init__(self, report, rule, part, index, values):
        self._report = report
        self.id = rule
        self.part = part
        self.index = index
        self.values = values

    @property
    def severity(self) -> str:
        """``fatal`` or ``warning``."""
        return severity(self._report.severities, self.id)

    @property
    def terms(self) -> list[str]:
        """The business terms and groups of EN 16931 that the rule speaks of, for example ``["BT-131"]``."""
        return terms(self.id)

    @property
    def path(self) -> str:
        """An XPath of the place, with the prefixes cac, cbc and ext, and positions where they are needed."""
        origin = self._report.origin
        if origin is not None:
            from .ubl import place

            return place(self.element, origin, self._report.positions).path
        root = "/" + (self._report.root or "*")
        if self.part is None:
            return root
        nodes = self.part.plan.nodes
        node = nodes[self.index]
        steps = []
        while node.parent is not None:
            steps.append(self.part.plan.step(node))
            node = node.parent
        steps.append(f"{node.tag}[{self.part.position}]")
        return "/".join([root, *reversed(steps)])

    @property
    def element(self):
        """The lxml element of the place (of the converted document where the source is not UBL)."""
        document = self._report.document
        return document.root if self.part is None else self.part.elements[self.index]

    @property
    def ordinal(self) -> int:
        return 0 if self.part is None else self.part.start + self.index

    @property
    def line(self) -> int | None:
        """The line of the source on which the place starts."""
        return self._report.line(self)

    def message(self, language: str = "en") -> str:
        """What is wrong, with the values compared, and what to do."""
        from .explain import explain

        return explain(self, language)

    def as_dict(self, language: str = "en") -> dict:
        """What ``--json`` prints."""
        return {
            "id": self.id,
            "terms": self.terms,
            "path": self.path,
            "line": self.line,
            "message": self.message(language),
        }


class Report:
    """The verdict: ``valid``, the ``fatal`` and ``warning`` findings, and those on the ``structure``."""

    readable = True

    def __init__(self, data, document, rules, version, origin=None):
        self._data = data
        self._document = document
        self.origin = origin
        self.positions = {}  # of elements among their siblings, for the paths of findings in CII
        self.rules = rules
        self.version = version
        self.severities = severities(rules, version.removesuffix(" (CII)"))
        self.root = document.kind

    @classmethod
    def unreadable(cls, error: Unreadable, rules: str) -> "Report":
        report = cls.__new__(cls)
        report.readable = False
        report.error = error
        report.rules = rules
        report.severities = rules
        report.version = None
        report.root = None
        report._data = b""
        report._document = None
        report.origin = None
        return report

    @property
    def document(self):
        """The document as the rules saw it; None where it could not be read."""
        return self._document

    def model(self):
        """The document as business terms, :class:`~.model.Invoice`; None where it could not be read."""
        if self._document is None:
            return None
        from .ubl import to_model

        return to_model(self._document.root, self.origin, "UBL" if self.origin is None else "CII")

    @cached_property
    def findings(self) -> list[Finding]:
        """All findings of the business rules, in the order in which they were made."""
        if self._document is None:
            return [Finding(self, self.error.id, None, 0, self.error.values)]
        return [Finding(self, *finding) for finding in self._document.findings]

    @cached_property
    def structure(self) -> list[Finding]:
        """Where the document breaks the structure of UBL 2.1."""
        if self._document is None:
            return []
        return [
            Finding(self, "UBL-" + problem.upper(), part, index, values)
            for problem, part, index, values in self._document.structure
        ]

    @property
    def fatal(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "fatal"]

    @property
    def warning(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "warning"]

    @property
    def valid(self) -> bool:
        """No fatal finding and no broken structure."""
        if self._document is None or self._document.structure:
            return False
        return not any(severity(self.severities, finding[0]) == "fatal" for finding in self._document.findings)

    @cached_property
    def ids(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of the fatal findings and of the warnings."""
        if self._document is None:
            return frozenset({self.error.id}), frozenset()
        found = {finding[0] for finding in self._document.findings}
        fatal = frozenset(rule for rule in found if severity(self.severities, rule) == "fatal")
        return fatal, frozenset(found) - fatal

    def line(self, finding: Finding) -> int | None:
        if self._document is None:
            return finding.values.get("line")
        element = finding.element
        if self.origin is not None:
            return self.origin.get(element, element).sourceline
        line = element.sourceline
        if line is None or line >= 65535:
            # libxml2 counts lines in 16 bits.
            return self._far_lines.get(finding.ordinal, line)
        return line

    @cached_property
    def _far_lines(self) -> dict[int, int]:
        return lines_of(self._data, [finding.ordinal for finding in (*self.findings, *self.structure)])

    def as_dict(self, language: str = "en") -> dict:
        """What ``--json`` prints, but for the name of the file."""
        return {
            "rules": self.rules,
            "version": self.version,
            "valid": self.valid,
            "fatal": [finding.as_dict(language) for finding in self.fatal],
            "warning": [finding.as_dict(language) for finding in self.warning],
            "structure": [finding.as_dict(language) for finding in self.structure],
        }
