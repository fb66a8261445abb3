# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import fetch
from . import maturity_sheet
