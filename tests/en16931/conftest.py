# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Paths that the tests of the engine share."""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Beside the repository, or where the variable SHARED says (for a work tree elsewhere).
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT / "be_peppol_einvoice"))


@pytest.fixture(scope="session")
def conformance() -> Path:
    """The folder of the official test documents."""
    folder = SHARED / "conformance"
    if not folder.is_dir():
        pytest.skip("the official test documents (../shared/conformance) are not here")
    return folder
