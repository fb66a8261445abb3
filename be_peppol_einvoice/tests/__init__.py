# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_engine
from . import test_import
from . import test_overview
from . import test_overview_tour
from . import test_uninstall
from . import test_send
from . import test_check
from . import test_einvoice_tours
from . import test_received
from . import test_core_sending
from . import test_exchange_archive
from . import test_exchange_engine
from . import test_exchange_receive
from . import test_exchange_security
from . import test_exchange_send
