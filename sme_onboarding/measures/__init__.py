# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import invoicing
from . import sales
from . import work
