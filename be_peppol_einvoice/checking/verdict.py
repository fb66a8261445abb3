# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The verdict on one e-invoice: what the official rules found, and what was found beside them."""

from dataclasses import dataclass, field

from ..en16931.report import LANGUAGES

EXPORT_FAILED = "ODOO-EXPORT"

# The keys under which Odoo objects to a document, by the place where it is mended; the rest is mended in the invoice
_PLACE_OF_OBJECTION = {
    "ubl20_supplier_name_required": "company_name",
    "ubl20_customer_name_required": "customer_name",
    "cen_en16931_supplier_country": "company_address",
    "cen_en16931_customer_country": "customer_address",
    "cen_en16931_delivery_address": "delivery",
    "cen_en16931_supplier_vat_country_code": "company_vat",
    "cen_en16931_customer_vat_country_code": "customer_vat",
    "nl_r_002_street": "company_address",
    "nl_r_002_zip": "company_address",
    "nl_r_002_city": "company_address",
    "nl_r_004_street": "customer_address",
    "nl_r_004_zip": "customer_address",
    "nl_r_004_city": "customer_address",
}


@dataclass(frozen=True)
class OwnFinding:
    """A finding that is not the engine's, of the same shape as :class:`~..en16931.report.Finding`.

    ``messages`` holds the text per language (``en``, ``fr``, ``nl``, ``de``); English stands in for a missing one.
    ``place``, where it is given, is where it is mended (see ``remedies.place_of``).

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
    place: str | None = None

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
        """The verdict from the engine's report and the findings made beside it.

        Where a tax has a rate that its category does not allow (BR-E-05…), the amount of VAT is wrong as well
        (BR-E-09): that follows by itself, and to say both would send people looking for two mistakes.
        """
        causes = {finding.id for finding in report.findings if finding.id.endswith("-05")}
        findings = [finding for finding in report.findings if not _follows(finding.id, causes)]
        return cls([*report.structure, *findings, *extra], report.rules, report.version or "")

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


def _follows(rule, causes):
    """Whether a broken rule is no more than what another one has brought about.

    >>> _follows("BR-E-09", {"BR-E-05"}), _follows("BR-S-09", {"BR-E-05"}), _follows("BR-E-05", {"BR-E-05"})
    (True, False, False)
    """
    return rule.endswith("-09") and rule.removesuffix("-09") + "-05" in causes


def not_exported(objections):
    """The verdict on a document that Odoo itself cannot make.

    :param objections: list of (Odoo's key of the reason or None, dict from language to its sentence)

    >>> verdict = not_exported([("ubl20_customer_name_required", {"en": "The name is required."})])
    >>> [(finding.id, finding.message("fr"), finding.place) for finding in verdict.fatal]
    [('ODOO-EXPORT', 'The name is required.', 'customer_name')]

    A country that is missing is said twice by Odoo; once is enough.

    >>> twice = [("cen_en16931_customer_country", {"en": "a"}), ("cen_en16931_delivery_address", {"en": "b"})]
    >>> [finding.message() for finding in not_exported(twice).fatal]
    ['b']
    """
    keys = {key for key, _texts in objections}
    return Verdict(
        [
            OwnFinding(EXPORT_FAILED, "fatal", [], texts, {"key": key}, place=_PLACE_OF_OBJECTION.get(key))
            for key, texts in objections
            if key != "cen_en16931_customer_country" or "cen_en16931_delivery_address" not in keys
        ]
    )


def language_of(code):
    """The engine's language for a locale: ``fr_BE`` is ``fr``; English for those it does not speak.

    >>> language_of("fr_BE"), language_of("es_ES"), language_of(None)
    ('fr', 'en', 'en')
    """
    language = (code or "en")[:2]
    return language if language in LANGUAGES else "en"
