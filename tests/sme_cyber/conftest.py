# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the plain-Python parts of sme_cyber importable as ``sme_cyber.…`` where there is no Odoo.

The add-on's own ``__init__`` imports its Odoo models, so a bare package of the same name and path stands in for it.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDON = Path(__file__).resolve().parents[2] / "addons" / "sme_cyber"

if "sme_cyber" not in sys.modules:
    package = ModuleType("sme_cyber")
    package.__path__ = [str(ADDON)]
    sys.modules["sme_cyber"] = package
