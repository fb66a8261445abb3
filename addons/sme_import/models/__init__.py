# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_import_target
from . import sme_import_memory
from . import sme_import
from . import sme_import_column
from . import sme_import_row
from . import sme_import_note
from . import sme_import_run
from . import sme_import_undo
from . import sme_import_report
from . import sme_import_load
from . import sme_import_load_partners
from . import sme_import_load_products
from . import sme_import_load_entries
from . import sme_import_load_items
from . import sme_import_load_balances
