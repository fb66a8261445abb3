# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rule sets, their versions and the days from which they apply."""

from datetime import date
from importlib import import_module

from .plan import CBC

RULE_SETS = ("en16931", "peppol-only", "peppol", "peppol-sb", "ublbe", "pint-eu")

# Releases of each rule set, newest last: (in force from, name).
RELEASES = {
    "en16931": [(date(2017, 10, 17), "EN 16931 1.3.16")],
    "peppol-only": [(date(2017, 10, 17), "Peppol BIS Billing 3.0.21")],
    "peppol": [(date(2017, 10, 17), "EN 16931 1.3.16 + Peppol BIS Billing 3.0.21")],
    "peppol-sb": [(date(2017, 10, 17), "EN 16931 1.3.16 + Peppol BIS Self-Billing 3.0.2")],
    "ublbe": [(date(2018, 2, 14), "UBL.BE 1.31")],
    "pint-eu": [(date(2024, 1, 1), "PINT-EU 1.1.1")],
}
_LAYERS = {
    "en16931": ("cen", "vat"),
    "peppol-only": ("peppol", "national"),
    "peppol": ("cen", "vat", "peppol", "national"),
    "peppol-sb": ("cen", "vat", "selfbilling"),
    "ublbe": ("cen", "vat", "ublbe", "national"),
    "pint-eu": ("cen", "vat", "pint", "national"),
}


def layers(name: str, release: str) -> list:
    """The layers of rules that make up a rule set."""
    return [import_module(f".rules.{module}", __package__).LAYER for module in _LAYERS[name]]


def version(name: str, on: date | None) -> str:
    """The release of a rule set in force on a day; the first one for earlier days."""
    found = [release for start, release in RELEASES[name] if on is None or start <= on]
    return found[-1] if found else RELEASES[name][0][1]


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
