"""Two gateways with certificates of an authority made for the test run, in process or as processes of their own."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "docker" / "gateway"), str(ROOT / "be_peppol_einvoice"), str(Path(__file__).parent)]

import authority
import peers


@pytest.fixture(scope="session")
def ca(tmp_path_factory):
    return authority.Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def pair(ca, tmp_path):
    """Two gateways in this process, joined by function calls instead of HTTP."""
    with peers.Pair(ca, tmp_path) as both:
        yield both
