# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the plain-Python parts of sme_adoption importable as ``sme_adoption.…`` where there is no Odoo.

The add-on's own ``__init__`` imports its Odoo models, so a bare package of the same name and path stands in for it.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDON = Path(__file__).resolve().parents[2] / "addons" / "sme_adoption"

if "sme_adoption" not in sys.modules:
    package = ModuleType("sme_adoption")
    package.__path__ = [str(ADDON)]
    sys.modules["sme_adoption"] = package
