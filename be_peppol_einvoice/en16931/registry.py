# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules' ids with their severity and business terms, from tables/rules.txt."""

from functools import cache

from .codes import TABLES


@cache
def table() -> dict[str, tuple[str, tuple[str, ...]]]:
    """All rules as id: (severity per layer, terms)."""
    rules = {}
    for line in (TABLES / "rules.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        rule, flags, *terms = line.split()
        rules[rule] = (flags, tuple(terms))
    return rules


# The letter of a rule set in the severities of the table; the others share "e" (EN 16931 and Peppol).
_LETTER = {"ublbe": "b", "pint-eu": "p"}


@cache
def severity(rules: str, rule: str) -> str:
    """``fatal`` or ``warning``.

    >>> severity("peppol", "BR-CO-15"), severity("peppol", "UBL-CR-001"), severity("peppol", "LIMIT-SIZE")
    ('fatal', 'warning', 'fatal')
    """
    if rule.startswith("UBL-CR-"):
        return "fatal" if rule in ("UBL-CR-666", "UBL-CR-673") else "warning"
    if rule.startswith("UBL-DT-") and rule > "UBL-DT-07":
        return "warning"
    flags = table().get(rule, ("", ()))[0]
    letter = _LETTER.get(rules, "e")
    return "warning" if letter + "w" in flags or flags == "w" else "fatal"


def terms(rule: str) -> list[str]:
    """The business terms and groups of a rule.

    >>> terms("BR-21")
    ['BG-25', 'BT-126']
    """
    return list(table().get(rule, ("", ()))[1])
