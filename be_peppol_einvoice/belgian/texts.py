# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The texts of the Belgian rules and the legal mentions, in English, French, Dutch and German."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from ..en16931.explain import amount

LANGUAGES = ("en", "fr", "nl", "de")


@cache
def catalogue(language: str | None) -> dict:
    """The texts of one language; English for others."""
    name = (language or "")[:2]
    name = name if name in LANGUAGES else "en"
    return json.loads((Path(__file__).parent / "texts" / f"{name}.json").read_text(encoding="utf-8"))


def title(rule: str, language: str | None = "en") -> str:
    """The short name of a rule, for lists and switches.

    >>> title("BE-PAY-01", "nl")
    'Controlegetal van de gestructureerde mededeling'
    """
    return catalogue(language)["rules"][rule][0]


def source(rule: str, language: str | None = "en") -> str:
    """The law or standard behind a rule.

    >>> source("BE-TXT-03", "nl")
    'KB nr. 4 van 29-12-1969, art. 4 §1, 3°'
    """
    return catalogue(language)["sources"][rule]


def message(rule: str, values: dict, language: str | None = "en") -> str:
    """What is wrong and what to do."""
    _title, wrong, advice = catalogue(language)["rules"][rule]
    known = defaultdict(lambda: "–", {key: _shown(value, language) for key, value in values.items()})
    if isinstance(values.get("rate"), Decimal):
        known["rate"] = amount(values["rate"], language, places=0)
    if "language" in values:
        known["language"] = language_name(values["language"], language)
    return f"{wrong} {advice}".format_map(known)


def _shown(value, language: str | None) -> str:
    if isinstance(value, tuple):  # of languages
        return f" {language_name('or', language)} ".join(language_name(code, language) for code in value)
    if isinstance(value, Decimal):
        return amount(value, language)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "–" if value is None else str(value)[:120]


def reason(key: str, language: str | None = "en") -> str | None:
    """The exemption reason (BT-120) that Belgian law uses for a VATEX code, or for ``franchise``; None for others.

    >>> reason("VATEX-EU-AE", "fr_BE"), reason("VATEX-EU-79-C")
    ('Autoliquidation', None)
    """
    return catalogue(language)["reasons"].get(key)


def mention(key: str, language: str | None = "en") -> str:
    """A sentence that Belgian law wants on the document: ``cocontractor`` or ``repay``."""
    return catalogue(language)["mentions"][key]


def language_name(code: str, language: str | None = "en") -> str:
    """The name of one of the languages of Belgium (and English), in the language of the message."""
    return catalogue(language)["languages"].get(code, code)
