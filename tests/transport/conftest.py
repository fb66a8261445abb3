# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the look-up's tests find the library and the network that is made for them."""

import sys
from pathlib import Path

import pytest

ADDON = Path(__file__).parents[2] / "be_peppol_einvoice"
sys.path[:0] = [str(ADDON), str(ADDON / "tests")]


@pytest.fixture(scope="module")
def authorities():
    """Keys take long to make: one fake network for a module, emptied before each test."""
    from fake_network import FakeNetwork

    with FakeNetwork() as network:
        yield network


@pytest.fixture
def fake(authorities):
    authorities.names.clear()
    authorities.pages.clear()
    authorities.dns_questions.clear()
    authorities.page_questions.clear()
    authorities.zone_exists = authorities.soa_in_answers = True
    return authorities


@pytest.fixture
def network(fake):
    """The fake network as the library sees it."""
    from transport.network import Network

    values = fake.description()
    return Network(
        values["zone"],
        nameservers=tuple((host, port) for host, port in values["nameservers"]),
        smp_anchors=tuple(values["smp_anchors"]),
        tls_anchors=tuple(values["tls_anchors"]),
        allow_private=True,
        timeout=values["timeout"],
    )
