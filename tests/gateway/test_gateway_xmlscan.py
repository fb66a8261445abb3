"""Where elements end in the bytes: tags longer than one reading, with “>” in their attributes."""

import io

import pytest
from peppol_gateway import xmlscan


@pytest.mark.parametrize("length", [0, 10, 240, 254, 255, 256, 257, 2048, 5000])
@pytest.mark.parametrize("element", ["<b x='{}'/>", "<b x='{}'></b >", "<b x='{}' y=\"'\">t<c/></b>"])
def test_an_element_ends_behind_its_own_tag(element, length):
    inner = element.format(">/" + "v" * length).encode()
    found, _ = xmlscan.scan(io.BytesIO(b"<a>" + inner + b"</a>"), {"root": ("a",), "b": ("a", "b")})
    assert (found["b"].start, found["b"].end) == (3, 3 + len(inner))
    assert found["root"].end == 7 + len(inner)


def test_texts_are_taken_of_the_wanted_elements_alone():
    content = b"<a>no<b>yes<c>no<d>no</d></c>, too</b>no<b>second</b></a>"
    found, _ = xmlscan.scan(io.BytesIO(content), {"root": ("*",), "b": ("a", "b")})
    assert found["b"].text == "yes, too"


def test_texts_between_a_wanted_element_and_one_further_within_are_not_taken():
    content = b"<a><b>yes<c>no<d>inner</d>no</c>, too</b></a>"
    found, _ = xmlscan.scan(io.BytesIO(content), {"b": ("a", "b"), "d": ("a", "b", "c", "d")})
    assert (found["b"].text, found["d"].text) == ("yes, too", "inner")


def test_only_what_is_used_of_outer_declarations_is_inherited():
    content = b"<a xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'><b xmlns:q='urn:own'><q:c><d p:e=''/></q:c></b></a>"
    found, _ = xmlscan.scan(io.BytesIO(content), {"b": ("a", "b")})
    assert found["b"].inherited == {"p": "urn:p"}


def test_declarations_of_what_is_skipped_stay_there():
    """An element behind one that is not asked for inherits nothing of it."""
    content = b"<a xmlns:p='urn:p'><x><y xmlns:q='urn:q' xmlns:p='urn:other'><q:z/></y></x><b><p:c/></b></a>"
    found, _ = xmlscan.scan(io.BytesIO(content), {"b": ("a", "b")})
    assert found["b"].inherited == {"p": "urn:p"}
    assert content[found["b"].start : found["b"].end] == b"<b><p:c/></b>"


@pytest.mark.parametrize("path", [("a", "b"), ("*",), ("z",)])
def test_elements_are_nested_so_deep_at_most(path):
    """Whether they are skipped or not."""

    def nested(depth):
        return io.BytesIO(b"<a xmlns:p='urn:p'>" + b"<b>" * (depth - 1) + b"</b>" * (depth - 1) + b"</a>")

    xmlscan.scan(nested(xmlscan.DEEPEST), {"b": path})
    with pytest.raises(xmlscan.XmlError, match="nested"):
        xmlscan.scan(nested(xmlscan.DEEPEST + 1), {"b": path})
