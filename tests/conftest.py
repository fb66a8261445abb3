"""Fixtures of the tests that need no running Odoo inside their own process."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The folder of official test documents beside the checkout; tests that use it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the official test documents (../shared) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def workshop(tmp_path_factory):
    """Databases to install, update and uninstall add-ons in, through Odoo's own command line."""
    if "DEV_ODOO_CONF" not in os.environ:
        pytest.skip("needs the databases that ./dev test prepares")
    from databases import Workshop

    return Workshop(os.environ["DEV_ODOO_CONF"], tmp_path_factory.mktemp("logs"))
