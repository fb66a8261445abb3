# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rule sets, their versions and the days from which they apply."""

from datetime import date
from importlib import import_module

from .plan import CBC

RULE_SETS = ("en16931", "peppol-only", "peppol", "peppol-sb", "ublbe", "pint-eu")

# Releases of each rule set, newest last: (in force from, name, layers). A day before the first of them is judged by
# the first: what came before is not kept.
_CEN = ("cen_unused", "cen_values", "cen", "cen_document", "vat")
_NOW, _BEFORE = ("peppol", "national"), ("previous.BILLING_LAYER", "national")
RELEASES = {
    "en16931": [
        (date(2025, 10, 16), "EN 16931 1.3.15", (*_CEN, "previous.EXTRA", "previous")),
        (date(2026, 4, 14), "EN 16931 1.3.16", _CEN),
    ],
    "peppol-only": [
        (date(2026, 2, 23), "Peppol BIS Billing 3.0.20", (*_BEFORE, "previous")),
        (date(2026, 8, 17), "Peppol BIS Billing 3.0.21", _NOW),
    ],
    "peppol": [
        (
            date(2026, 2, 23),
            "EN 16931 1.3.15 + Peppol BIS Billing 3.0.20",
            (*_CEN, "previous.EXTRA", *_BEFORE, "previous"),
        ),
        (date(2026, 8, 17), "EN 16931 1.3.16 + Peppol BIS Billing 3.0.21", (*_CEN, *_NOW)),
    ],
    "peppol-sb": [
        (date(2026, 8, 17), "EN 16931 1.3.16 + Peppol BIS Self-Billing 3.0.2", (*_CEN, "selfbilling")),
    ],
    "ublbe": [(date(2018, 2, 14), "UBL.BE 1.31", (*_CEN, "ublbe", "national"))],
    "pint-eu": [(date(2024, 1, 1), "PINT-EU 1.1.1", (*_CEN, "pint", "national"))],
}


def layers(name: str, release: str) -> list:
    """The layers of rules that make up a release of a rule set."""
    (names,) = [parts for _start, own, parts in RELEASES[name] if own == release]
    found = []
    for item in names:
        module, _point, attribute = item.partition(".")
        found.append(getattr(import_module(f".rules.{module}", __package__), attribute or "LAYER"))
    return found


def version(name: str, on: date | None) -> str:
    """The release of a rule set in force on a day (None: the newest one).

    >>> version("peppol", date(2026, 8, 16)), version("peppol", None)
    ('EN 16931 1.3.15 + Peppol BIS Billing 3.0.20', 'EN 16931 1.3.16 + Peppol BIS Billing 3.0.21')
    """
    found = [release for start, release, _layers in RELEASES[name] if on is None or start <= on]
    return found[-1] if found else RELEASES[name][0][1]


def severities(name: str, release: str) -> str:
    """Whose severities hold: those of the rule set, or "previous" for an earlier release."""
    return name if release == RELEASES[name][-1][1] else "previous"


def choose(root) -> str:
    """The rule set for a document, by its specification identifier (BT-24)."""
    text = root.findtext(CBC + "CustomizationID") or ""
    text = " ".join(text.split())
    if "urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0" in text:
        return "peppol-sb"
    if "urn:fdc:peppol.eu:2017:poacc:billing:3.0" in text:
        return "peppol"
    if "urn:UBL.BE:" in text:
        return "ublbe"
    if text.startswith("urn:peppol:pint:") and "@eu-1" in text:
        return "pint-eu"
    return "en16931"
