# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The rules' ids with their severity, kind of explanation and business terms, from tables/rules.txt."""

from functools import cache

from .codes import TABLES


@cache
def table() -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """All rules as id: (severities, kind of explanation, terms); the "not used" rules are not among them."""
    rules = {}
    for line in (TABLES / "rules.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        rule, flags, explanation, *terms_ = line.split()
        rules[rule] = (flags, explanation, tuple(terms_))
    return rules


# The letter of a rule set in the severities of the table; the others share the first one.
_LETTER = {"ublbe": "b", "pint-eu": "p", "previous": "o"}


@cache
def severity(rules: str, rule: str) -> str:
    """``fatal`` or ``warning``.

    >>> severity("peppol", "BR-CO-15"), severity("peppol", "UBL-CR-001"), severity("peppol", "LIMIT-SIZE")
    ('fatal', 'warning', 'fatal')
    """
    name = rule.upper()
    if name.startswith("UBL-CR-"):
        return "fatal" if name in ("UBL-CR-666", "UBL-CR-673") else "warning"
    if name.startswith("UBL-DT-") and name > "UBL-DT-07":
        return "warning"
    flags = table().get(rule, ("f", "", ()))[0]
    position = flags.find(_LETTER.get(rules, "e"))
    return "warning" if flags[position + 1 : position + 2] == "w" else "fatal"


def kind(rule: str) -> str:
    """The kind of explanation of a rule without a text of its own."""
    name = rule.upper()
    if name.startswith("UBL-CR-") or (name.startswith("UBL-DT-") and name > "UBL-DT-07"):
        return "unused"
    return table()[rule][1]


def terms(rule: str) -> list[str]:
    """The business terms and groups of a rule.

    >>> terms("BR-21")
    ['BG-25', 'BT-126']
    """
    return list(table().get(rule, ("", "", ()))[2])
