# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Judging a document: ``validate(data)``."""

from functools import cache

from . import structure
from .document import Document
from .profile import Profile
from .report import Report
from .rulesets import RULE_SETS, choose, layers, version
from .source import Unreadable, check_size, parse

CII_TAG = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}CrossIndustryInvoice"


@cache
def profile(name: str, release: str) -> Profile:
    """The rules of one rule set in one release; "cii" are the business rules without those on UBL's syntax."""
    if name == "cii":
        from .cii import adapt

        result = Profile(name, layers("en16931", release))
        result.adapt = adapt
        return result
    return Profile(name, layers(name, release))


def validate(data: bytes, rules: str = "auto", on=None) -> Report:
    """Judge one e-invoice: UBL 2.1, CII, or a hybrid PDF with one of them inside.

    ``rules`` is one of :data:`~.rulesets.RULE_SETS` or "auto", which chooses by the specification identifier (BT-24).
    A CII document is judged by the business rules of EN 16931 whatever ``rules`` says. ``on`` is the day (a date)
    whose rules apply; without it, those known last. Nothing is raised for bad input: what cannot be read gets a
    report with ``readable`` False.
    """
    if rules != "auto" and rules not in RULE_SETS:
        raise ValueError(f"unknown rule set {rules!r}")
    try:
        if data[:1] != b"<":
            from .pdf import extract, is_pdf

            if is_pdf(data):
                data = extract(data)
        root = parse(data)
        if root.tag == CII_TAG:
            return _cii(data, root, on)
        name = choose(root) if rules == "auto" else rules
        release = version(name, on)
        document = Document(root, profile(name, release))
        structure.check(document)
        document.profile.run(document)
    except Unreadable as error:
        return Report.unreadable(error, rules)
    return Report(data, document, name, release)


def _cii(data, root, on):
    """Judge a Cross Industry Invoice."""
    from .cii import convert

    check_size(root)
    converted, origin = convert(root)
    release = version("en16931", on)
    document = Document(converted, profile("cii", release))
    document.profile.run(document)
    return Report(data, document, "en16931", release + " (CII)", origin)


def validate_file_error(error: OSError, rules: str) -> Report:
    """The report on a file that the system does not let us read."""
    return Report.unreadable(Unreadable("FILE-UNREADABLE", {"detail": error.strerror or str(error)}), rules)
