# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_import_access
from . import test_import_dialects
from . import test_import_entries
from . import test_import_partners
from . import test_import_products
