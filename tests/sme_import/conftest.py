# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the engines importable as ``sme_import.…`` and ``be_enterprise.…`` where there is no Odoo.

The add-ons' own ``__init__`` import their Odoo models, so bare packages of the same names and paths stand in for them.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDONS = Path(__file__).resolve().parents[2] / "addons"

for name in ("be_enterprise", "sme_import"):
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(ADDONS / name)]
        sys.modules[name] = package
