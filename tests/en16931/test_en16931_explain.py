# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every rule explains itself in four languages, with the values compared."""

import json
import string

import pytest
from en16931 import validate
from en16931.codes import TABLES
from en16931.explain import LANGUAGES, catalogue, text_of
from en16931.profile import unused_table
from en16931.registry import severity, table
from sample_invoices import invoice


def rules():
    paths, anywhere = unused_table()
    numbers = sorted({*paths.values(), *anywhere.values()})
    attributes = [f"UBL-DT-{number:02}" for number in range(8, 29)]
    return [*table(), *(f"UBL-CR-{number}" for number in numbers), *attributes]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_text_and_advice(language):
    for rule in rules():
        wrong, advice = text_of(rule, language)
        assert len(wrong) > 10, rule
        assert len(advice) > 5, rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_has_a_name(language):
    names = catalogue(language)["terms"]
    for rule, (_flags, _kind, terms) in table().items():
        if terms and not rule.startswith("ibr-"):
            assert terms[-1] in names, (rule, terms)


def fields(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_show_the_same_values(language):
    english, other = catalogue("en"), catalogue(language)
    for section in ("kinds", "rules"):
        assert english[section].keys() == other[section].keys()
        for key, texts in english[section].items():
            for source, translated in zip(texts, other[section][key], strict=True):
                lower = {name.lower() for name in fields(source)}
                assert lower == {name.lower() for name in fields(translated)}, (key, language)
                if len(source) > 12:
                    assert source != translated, (key, language)
    assert english["terms"].keys() == other["terms"].keys()
    assert {k: fields(v) for k, v in english["parts"].items()} == {k: fields(v) for k, v in other["parts"].items()}


def test_the_table_has_all_official_rules(conformance):
    official = [json.loads(line) for line in (conformance / "rules.jsonl").read_text(encoding="utf-8").splitlines()]
    known = set(rules()) | {"UBL-CR-002", "UBL-CR-412", "UBL-CR-665", "UBL-CR-666", "UBL-CR-673"}
    for row in official:
        assert row["id"] in known, row["id"]
        assert severity("peppol", row["id"]) == row["flag"], row["id"]
    assert len({row["id"] for row in official}) >= 1144  # the 1,145 rows of three layers, one id twice


def test_no_official_sentence_is_ours(conformance):
    """The wording of the explanations is our own."""
    official = [json.loads(line)["text"] for line in (conformance / "rules.jsonl").read_text("utf-8").splitlines()]
    sentences = {text.split("]-")[-1].strip().lower() for text in official}
    texts = catalogue("en")
    ours = [text for section in ("kinds", "rules") for pair in texts[section].values() for text in pair]
    assert not [text for text in ours if text.lower() in sentences]


def test_a_message_compares():
    (finding,) = validate(invoice(1, broken=True)).fatal
    assert finding.id == "PEPPOL-EN16931-R120"
    assert finding.terms == ["BT-131"]
    assert finding.path == "/Invoice/cac:InvoiceLine[1]/cbc:LineExtensionAmount"
    assert "says 21.00; 20.00 is expected" in finding.message()
    assert "verwacht wordt 20,00" in finding.message("nl_BE")
    assert finding.message("xx") == finding.message("en")
    lines = invoice(1, broken=True).splitlines()
    assert b"LineExtensionAmount" in lines[finding.line - 1]


def test_tables_are_data_only():
    for path in TABLES.glob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "test=" not in line
            assert "xs:decimal" not in line
