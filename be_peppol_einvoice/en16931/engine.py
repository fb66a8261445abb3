# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Judging a document: ``validate(data)``."""

from functools import cache

from . import structure
from .document import Document
from .profile import Profile
from .report import Report
from .rulesets import RULE_SETS, choose, layers, version
from .source import Unreadable, parse


@cache
def profile(name: str, release: str) -> Profile:
    """The rules of one rule set in one release."""
    return Profile(name, layers(name, release))


def validate(data: bytes, rules: str = "auto", on=None) -> Report:
    """Judge one XML document.

    ``rules`` is one of :data:`~.rulesets.RULE_SETS` or "auto", which chooses by the specification identifier (BT-24).
    ``on`` is the day (a date) whose rules apply; without it, those known last. Nothing is raised for bad input: what
    cannot be read gets a report with ``readable`` False.
    """
    if rules != "auto" and rules not in RULE_SETS:
        raise ValueError(f"unknown rule set {rules!r}")
    try:
        root = parse(data)
        name = choose(root) if rules == "auto" else rules
        release = version(name, on)
        document = Document(root, profile(name, release))
        structure.check(document)
        document.profile.run(document)
    except Unreadable as error:
        return Report.unreadable(error, rules)
    return Report(data, document, name, release)


def validate_file_error(error: OSError, rules: str) -> Report:
    """The report on a file that the system does not let us read."""
    return Report.unreadable(Unreadable("FILE-UNREADABLE", {"detail": error.strerror or str(error)}), rules)
