# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hostile input gets a finding, in time and memory that grow no faster than the document."""

import time
import zlib

import pytest
from en16931 import RULE_SETS, validate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_invoices import HEAD, invoice


def seconds(data: bytes, rules: str = "peppol") -> float:
    """The best of three runs, in processor time."""
    best = None
    for _run in range(3):
        started = time.process_time()
        report = validate(data, rules)
        report.as_dict("fr")
        took = time.process_time() - started
        best = took if best is None else min(best, took)
    return best


def only(data: bytes) -> str:
    report = validate(data)
    assert not report.readable
    assert not report.valid
    (finding,) = report.findings
    assert finding.message("fr") and finding.message("de")
    assert report.as_dict()["fatal"][0]["id"] == finding.id
    return finding.id


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "XML-SYNTAX"),
        (b"   ", "XML-SYNTAX"),
        (b"hello", "XML-SYNTAX"),
        (b"<a>", "XML-SYNTAX"),
        (b"\x00\x01\x02\xff", "XML-SYNTAX"),
        (b"<a>" * 100_000, None),
        (b'<?xml version="1.0" encoding="no-such"?><a/>', "XML-SYNTAX"),
        (b"<html/>", "XML-ROOT"),
        (b"<!DOCTYPE a><a/>", "XML-DOCTYPE"),
        (b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "XML-DOCTYPE"),
        (
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"),
            "XML-DOCTYPE",
        ),
        (b"%PDF-1.7 nothing", "PDF-UNREADABLE"),
        (b"<Invoice>" + b"&lol;" * 10 + b"</Invoice>", "XML-SYNTAX"),
    ],
)
def test_unreadable(data, expected):
    found = only(data)
    assert expected is None or found == expected


def test_no_file_is_read_by_way_of_an_entity(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret words")
    text = invoice().decode().replace("?>", f'?><!DOCTYPE Invoice [<!ENTITY x SYSTEM "{secret}">]>', 1)
    assert only(text.replace("PO-7", "&x;").encode()) == "XML-DOCTYPE"


def test_billion_laughs():
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    data = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{lines}]><a>&l11;</a>'.encode()
    assert only(data) == "XML-DOCTYPE"


def test_deep_nesting():
    deep = "<cac:Party>" * 200 + "</cac:Party>" * 200
    data = (
        invoice()
        .decode()
        .replace("<cac:PaymentMeans>", f"<cac:PayeeParty>{deep}</cac:PayeeParty><cac:PaymentMeans>", 1)
    )
    assert only(data.encode()) == "LIMIT-DEPTH"


def test_many_attributes():
    attributes = " ".join(f'a{n}="x"' for n in range(200_000))
    data = invoice().decode().replace("<cbc:ID>2026-001", f"<cbc:ID {attributes}>2026-001")
    assert only(data.encode()) in ("LIMIT-DEPTH", "XML-SYNTAX")


def test_many_elements(monkeypatch):
    from en16931 import document

    monkeypatch.setattr(document, "MAX_ELEMENTS", 500)
    assert only(invoice(40)) == "LIMIT-NODES"


def test_too_many_bytes(monkeypatch):
    from en16931 import source

    monkeypatch.setattr(source, "MAX_BYTES", 1000)
    assert only(invoice()) == "LIMIT-SIZE"


def test_large_attachment():
    content = "QUJD" * 4_000_000
    name = "cbc:EmbeddedDocumentBinaryObject"
    attached = (
        f"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><{name} mimeCode="
        f'"application/pdf" filename="a.pdf">{content}</{name}></cac:Attachment></cac:AdditionalDocumentReference>'
    )
    data = invoice().decode().replace("  <cac:AccountingSupplierParty>", attached + "<cac:AccountingSupplierParty>", 1)
    report = validate(data.encode())
    assert report.valid, [finding.message() for finding in (*report.fatal, *report.structure)]


def test_packed_bomb_in_a_pdf(monkeypatch):
    from en16931 import pdf

    monkeypatch.setattr(pdf, "MAX_BYTES", 100_000)

    class Stream(dict):
        _data = zlib.compress(b"\0" * 1_000_000)

    with pytest.raises(pdf.Unreadable) as caught:
        pdf._unpacked(Stream({"/Filter": "/FlateDecode"}))
    assert caught.value.id == "LIMIT-SIZE"


def _many(tag: str, count: int) -> bytes:
    text = invoice().decode()
    start, end = text.index(f"  <{tag}>"), text.index(f"</{tag}>") + len(f"</{tag}>\n")
    return (text[:start] + text[start:end] * count + text[end:]).encode()


def _heads(count: int) -> bytes:
    """Everything that occurs once, many times over: sellers, payees, currencies, totals, numbers, references."""
    text = invoice().decode()
    extra = "".join(
        f"<cbc:ID>{n}</cbc:ID><cbc:TaxCurrencyCode>C{n}</cbc:TaxCurrencyCode>"
        f"<cbc:DocumentCurrencyCode>D{n}</cbc:DocumentCurrencyCode><cbc:InvoiceTypeCode>326</cbc:InvoiceTypeCode>"
        f"<cac:PayeeParty><cac:PartyName><cbc:Name>P{n}</cbc:Name></cac:PartyName></cac:PayeeParty>"
        f"<cac:OrderReference/><cac:TaxTotal><cbc:TaxAmount currencyID='C{n}'>1</cbc:TaxAmount></cac:TaxTotal>"
        f"<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator></cac:AllowanceCharge>"
        f"<cac:LegalMonetaryTotal/><cac:AccountingSupplierParty><cac:Party><cac:PostalAddress/></cac:Party>"
        f"</cac:AccountingSupplierParty>"
        for n in range(count)
    )
    return text.replace("</Invoice>", extra + "</Invoice>").encode()


def _one_part(count: int) -> bytes:
    """One part with very many elements, each with a finding."""
    text = invoice().decode()
    start, end = text.index("    <cac:TaxSubtotal>"), text.index("</cac:TaxSubtotal>") + len("</cac:TaxSubtotal>\n")
    return (text[:start] + text[start:end].replace("21</cbc:Percent>", "7</cbc:Percent>") * count + text[end:]).encode()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(_heads, id="heads"),
        pytest.param(_one_part, id="one part"),
        pytest.param(lambda n: invoice(n), id="valid"),
        pytest.param(lambda n: invoice(n, broken=True), id="every line breaks a rule"),
        pytest.param(lambda n: _many("cac:PaymentMeans", n), id="payment means"),
        pytest.param(lambda n: _many("cac:TaxTotal", n), id="tax totals"),
        pytest.param(lambda n: _many("cac:AccountingSupplierParty", n), id="sellers"),
        pytest.param(lambda n: invoice(n).replace(b"<cbc:ID>", b"<cbc:ID x='1'>"), id="unknown attributes"),
        pytest.param(lambda n: invoice(n).replace(b'unitCode="C62"', b'unitCode="BAD"'), id="bad units"),
    ],
)
def test_linear(make):
    """Eight times the document takes about eight times as long; a square would take sixty-four times."""
    validate(make(50), "peppol")
    small, large = make(500), make(4000)
    assert seconds(large) < 30 * max(seconds(small), 0.002)


def test_every_line_of_another_shape_is_linear():
    def varied(count):
        lines = invoice(count).split(b"  <cac:InvoiceLine>")
        for number in range(1, len(lines)):
            extra = b"".join(b"<cbc:Note>n</cbc:Note>" for _bit in range(number % 37))
            lines[number] = lines[number].replace(b"</cbc:ID>", b"</cbc:ID>" + extra, 1)
        return b"  <cac:InvoiceLine>".join(lines)

    assert seconds(varied(2000)) < 30 * max(seconds(varied(250)), 0.002)


def test_many_findings_are_written_in_linear_time():
    def written(count):
        started = time.process_time()
        assert len(validate(invoice(count, broken=True)).as_dict()["fatal"]) == count
        return time.process_time() - started

    written(100)
    assert written(4000) < 30 * max(written(500), 0.01)


def test_lines_beyond_65535_are_counted():
    filler = "\n" * 70_000
    data = invoice(1, broken=True).decode().replace("<cac:InvoiceLine>", filler + "<cac:InvoiceLine>", 1).encode()
    (finding,) = validate(data).fatal
    assert finding.line == 1 + data[: data.rindex(b"<cbc:LineExtensionAmount")].count(b"\n")


def test_memory_of_plans_is_bounded(monkeypatch):
    from en16931 import document, engine

    monkeypatch.setattr(document, "MAX_CACHED_PLANS", 40)
    profile = engine.profile("peppol", engine.version("peppol", None))
    profile.forget()
    for number in range(120):
        shapes = invoice(1).replace(b"<cbc:Name>", b"<cbc:Name>x</cbc:Name>" * number + b"<cbc:Name>")
        values = invoice(1).replace(b"<cbc:ID>S</cbc:ID>", b"<cbc:ID>S%d</cbc:ID>" % number)
        for data in (shapes, values):
            validate(data, "peppol")
            assert profile.count <= 41
            assert sum(len(kind) for kind in profile.shapes.values()) <= 82
    long = invoice(1).replace(b"<cbc:ID>S</cbc:ID>", b"<cbc:ID>" + b"S" * 1000 + b"</cbc:ID>")
    before = profile.count
    validate(long, "peppol")
    validate(long, "peppol")
    assert profile.count <= before + 20


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=400), rules=st.sampled_from(("auto", *RULE_SETS)))
def test_any_bytes_get_a_verdict(data, rules):
    report = validate(data, rules)
    assert not report.valid
    report.as_dict("nl")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.integers(0, 10_000),
    text=st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="<>&"), max_size=40),
    rules=st.sampled_from(RULE_SETS),
)
def test_any_text_anywhere_gets_a_verdict(place, text, rules):
    source = invoice(2).decode()
    places = [index for index, char in enumerate(source) if char == "<" and source[index - 1] != "\n"]
    index = places[place % len(places)]
    report = validate((source[:index] + text + source[index:]).encode(), rules)
    assert report.readable
    report.as_dict("de")


def test_the_fuzzer_finds_nothing():
    import importlib.util
    from pathlib import Path

    path = Path(__file__).parents[1] / "fuzz" / "validate.py"
    spec = importlib.util.spec_from_file_location("fuzz_validate", path)
    fuzz = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fuzz)
    assert fuzz.run(seconds=5, seed=20261123) > 20


def test_the_head_alone_is_judged():
    report = validate((HEAD + "</Invoice>").encode())
    assert report.readable
    assert "BR-16" in report.ids[0]
