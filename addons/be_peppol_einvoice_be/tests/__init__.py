# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_connection
from . import test_contract
from . import test_provider
