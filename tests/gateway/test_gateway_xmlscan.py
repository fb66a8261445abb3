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


def test_only_what_is_used_of_outer_declarations_is_inherited():
    content = b"<a xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'><b xmlns:q='urn:own'><q:c><d p:e=''/></q:c></b></a>"
    found, _ = xmlscan.scan(io.BytesIO(content), {"b": ("a", "b")})
    assert found["b"].inherited == {"p": "urn:p"}
