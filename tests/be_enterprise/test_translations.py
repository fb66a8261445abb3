# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every text of the add-on is there in French, Dutch and German, with the same placeholders."""

import re
from pathlib import Path

import pytest

I18N = Path(__file__).resolve().parents[2] / "addons" / "be_enterprise" / "i18n"
ENTRY = re.compile(r'^msgid (?P<id>(?:"(?:[^"\\]|\\.)*"\s*)+)msgstr (?P<text>(?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")


def entries(name):
    """Return ``{source: translation}`` of a file, without its header."""

    def joined(text):
        return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))

    found = ENTRY.finditer((I18N / name).read_text(encoding="utf-8"))
    return {joined(entry["id"]): joined(entry["text"]) for entry in found if joined(entry["id"])}


@pytest.mark.parametrize("language", ["fr", "nl", "de"])
def test_complete(language):
    sources, translated = entries("be_enterprise.pot"), entries(f"{language}.po")
    assert len(sources) > 250
    assert sources.keys() == translated.keys()
    assert not [source for source, text in translated.items() if not text]
    for source, text in translated.items():
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source
