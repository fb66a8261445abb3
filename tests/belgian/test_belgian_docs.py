# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts, doctests, and the table of the documentation."""

import doctest
import importlib
import json
import pkgutil
from pathlib import Path

import pytest

from be_peppol_einvoice import belgian
from be_peppol_einvoice.belgian.texts import LANGUAGES, catalogue, source, title

MODULES = [info.name for info in pkgutil.iter_modules(belgian.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    result = doctest.testmod(importlib.import_module(f"be_peppol_einvoice.belgian.{name}"))
    assert not result.failed


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete(language):
    texts, english = catalogue(language), catalogue("en")
    assert set(texts["rules"]) == set(texts["sources"]) == set(belgian.RULES)
    assert all(len(entry) == 3 and all(entry) for entry in texts["rules"].values())
    for part in ("reasons", "mentions", "accepted", "languages"):
        assert set(texts[part]) == set(english[part])
    path = Path(belgian.__path__[0], "texts", f"{language}.json")
    assert json.dumps(texts, ensure_ascii=False, indent=1) + "\n" == path.read_text(encoding="utf-8")


def rows():
    """The table of docs/belgian-checks.md as it must be."""
    for rule in belgian.RULES.values():
        since = f" From {rule.since}." if rule.since else ""
        terms = ", ".join(rule.terms) or "–"
        yield f"| `{rule.id}` | {rule.severity} | {title(rule.id)} | {terms} | {source(rule.id)}.{since} |"


def test_documentation_has_each_rule(root):
    text = (root / "docs" / "belgian-checks.md").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("| `BE-")] == list(rows())
