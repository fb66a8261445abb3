"""The examples in the gateway's docstrings."""

import doctest

import peppol_gateway.envelope
import peppol_gateway.identifiers
import peppol_gateway.xmlscan
import pytest


@pytest.mark.parametrize(
    "module", [peppol_gateway.envelope, peppol_gateway.identifiers, peppol_gateway.xmlscan], ids=lambda m: m.__name__
)
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
