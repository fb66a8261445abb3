# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_engine
from . import test_step
from . import test_checks_company
from . import test_checks_accounting
from . import test_checks_mail
from . import test_checks_people
from . import test_checks_sales
from . import test_checks_purchases
from . import test_status
from . import test_access
from . import test_cron
from . import test_page
from . import test_translations
from . import test_uninstall
from . import test_tours
