# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the plain-Python parts of be_enterprise importable as ``be_enterprise.…`` where there is no Odoo.

The add-on's own ``__init__`` imports its Odoo models, so a bare package of the same name and path stands in for it.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDON = Path(__file__).resolve().parents[2] / "addons" / "be_enterprise"

if "be_enterprise" not in sys.modules:
    package = ModuleType("be_enterprise")
    package.__path__ = [str(ADDON)]
    sys.modules["be_enterprise"] = package
