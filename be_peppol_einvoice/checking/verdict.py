# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The verdict on one e-invoice: what the official rules found, and what was found beside them."""

from dataclasses import dataclass, field

from ..en16931.report import LANGUAGES

EXPORT_FAILED = "ODOO-EXPORT"


@dataclass(frozen=True)
class OwnFinding:
    """A finding that is not the engine's, of the same shape as :class:`~..en16931.report.Finding`.

    ``messages`` holds the text per language (``en``, ``fr``, ``nl``, ``de``); English stands in for a missing one.

    >>> OwnFinding("X-1", "fatal", ["BT-49"], {"en": "Number missing."}).message("nl")
    'Number missing.'
    """

    id: str
    severity: str
    terms: list
    messages: dict
    values: dict = field(default_factory=dict)
    path: str = ""
    line: int | None = None

    def message(self, language="en"):
        return self.messages.get(language) or self.messages.get("en") or next(iter(self.messages.values()))


@dataclass(frozen=True)
class Verdict:
    """``rules`` and ``version`` are those of the engine's report; both empty where no document could be made."""

    findings: list
    rules: str = ""
    version: str = ""

    @classmethod
    def of(cls, report, extra=()):
        """The verdict from the engine's report and the findings made beside it."""
        return cls([*report.structure, *report.findings, *extra], report.rules, report.version or "")

    @property
    def fatal(self):
        return [finding for finding in self.findings if finding.severity == "fatal"]

    @property
    def warning(self):
        return [finding for finding in self.findings if finding.severity != "fatal"]

    def without(self, rules):
        """The same verdict without the findings of some rules.

        >>> missing = OwnFinding("BR-02", "fatal", ["BT-1"], {"en": "The invoice number is missing."})
        >>> Verdict([missing], "peppol", "1").without({"BR-02"}).fatal
        []
        """
        return Verdict([finding for finding in self.findings if finding.id not in rules], self.rules, self.version)


def not_exported(messages):
    """The verdict on a document that Odoo itself cannot make.

    :param messages: Odoo's reasons, one dict from language to text for each

    >>> verdict = not_exported([{"en": "The name is required."}])
    >>> [(finding.id, finding.message("fr")) for finding in verdict.fatal]
    [('ODOO-EXPORT', 'The name is required.')]
    """
    return Verdict([OwnFinding(EXPORT_FAILED, "fatal", [], texts) for texts in messages])


def language_of(code):
    """The engine's language for a locale: ``fr_BE`` is ``fr``; English for those it does not speak.

    >>> language_of("fr_BE"), language_of("es_ES"), language_of(None)
    ('fr', 'en', 'en')
    """
    language = (code or "en")[:2]
    return language if language in LANGUAGES else "en"
