# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the plain-Python parts of be_peppol_einvoice importable by that name where there is no Odoo.

The add-on's own ``__init__`` imports its Odoo models, so a bare package of the same name and path stands in for it.
"""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "en16931"))

if "be_peppol_einvoice" not in sys.modules:
    package = ModuleType("be_peppol_einvoice")
    package.__path__ = [str(ROOT / "be_peppol_einvoice")]
    sys.modules["be_peppol_einvoice"] = package
