# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the plain-Python parts of be_digital_cheque importable as ``be_digital_cheque.…`` where there is no Odoo.

The add-on's own ``__init__`` imports its Odoo models, so a bare package of the same name and path stands in for it.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDON = Path(__file__).resolve().parents[2] / "be_digital_cheque"

if "be_digital_cheque" not in sys.modules:
    package = ModuleType("be_digital_cheque")
    package.__path__ = [str(ADDON)]
    sys.modules["be_digital_cheque"] = package
