# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_identifiers
from . import test_companies
from . import test_trade
from . import test_offline
from . import test_repeat
from . import test_subsidies
