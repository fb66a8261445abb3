# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_accounting
from . import test_access
from . import test_catalogue
from . import test_constraints
from . import test_de_minimis
from . import test_engine
from . import test_in_force
from . import test_journal
from . import test_translations
from . import test_uninstall
from . import test_update
from . import test_tour
from . import test_wallet
from . import test_overview
from . import test_portal
from . import test_award_tour
