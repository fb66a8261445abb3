# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a finding says to a person, in English, French, Dutch or German.

The catalogues texts/LANGUAGE.json hold the names of the business terms, a text per kind of rule, and a text for each
rule that needs its own; each text is what is wrong, and what to do.
"""

import json
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

from .registry import kind, terms

LANGUAGES = ("en", "fr", "nl", "de")


@cache
def catalogue(language: str) -> dict:
    """The texts of one language; English for others."""
    name = language[:2] if language[:2] in LANGUAGES else "en"
    return json.loads((Path(__file__).parent / "texts" / f"{name}.json").read_text(encoding="utf-8"))


def text_of(rule: str, language: str = "en") -> tuple[str, str]:
    """What is wrong and what to do, with {placeholders}.

    >>> text_of("BR-16")[0]
    'The document has no line.'
    """
    texts = catalogue(language)
    own = texts["rules"].get(rule)
    return tuple(own or texts["kinds"][kind(rule)])


def term_name(term: str, language: str = "en") -> str:
    """The everyday name of a business term.

    >>> term_name("BT-131", "nl")
    'nettobedrag van de lijn'
    """
    return catalogue(language)["terms"].get(term) or catalogue(language)["parts"]["term"]


def amount(value: Decimal, language: str | None = "en", places: int = 2) -> str:
    """A number as the readers of a language write it: a decimal comma but in English, two or more decimals.

    >>> amount(Decimal("21")), amount(Decimal("1234.5678"), "nl_BE"), amount(Decimal("21.0"), "fr", 0)
    ('21.00', '1234,5678', '21')
    """
    if not value.is_finite():
        return "–"
    whole, _point, rest = format(value.normalize(), "f").partition(".")
    rest = rest.ljust(places, "0")[:10]
    mark = "," if (language or "")[:2] in LANGUAGES[1:] else "."
    return f"{whole}{mark}{rest}" if rest else whole


def _shown(value, language: str) -> str:
    if value is None:
        return "–"
    return amount(value, language) if isinstance(value, Decimal) else str(value)[:120]


def explain(finding, language: str = "en") -> str:
    """The message of a finding: what is wrong, the values compared, and what to do."""
    texts = catalogue(language)
    wrong, advice = text_of(finding.id, language)
    values = defaultdict(lambda: "–", {key: _shown(value, language) for key, value in finding.values.items()})
    named = terms(finding.id)
    values["term"] = term_name(named[-1], language) if named else texts["parts"]["term"]
    values["Term"] = values["term"][:1].upper() + values["term"][1:]
    values["Name"] = values["name"]
    sentences = [wrong.format_map(values)]
    raw = finding.values
    if raw.get("stated") is not None and raw.get("expected") is not None:
        sentences.append(texts["parts"]["stated"].format_map(values))
    elif raw.get("stated") is not None:
        sentences.append(texts["parts"]["only_stated"].format_map(values))
    elif raw.get("value"):
        sentences.append(texts["parts"]["value"].format_map(values))
    elif raw.get("count"):
        sentences.append(texts["parts"]["count"].format_map(values))
    sentences.append(advice.format_map(values))
    return " ".join(sentences)
