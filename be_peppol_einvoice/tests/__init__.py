# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_engine
from . import test_import
from . import test_mends
from . import test_overview
from . import test_overview_tour
from . import test_uninstall
from . import test_send
from . import test_belgian_checks
from . import test_belgian_switch
from . import test_tax_backfill
from . import test_belgian_tours
from . import test_random_invoices
from . import test_belgian_random
