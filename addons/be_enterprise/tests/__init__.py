# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_establishment
from . import test_nace
from . import test_number
from . import test_portal
from . import test_quality
from . import test_quality_tour
from . import test_shop
from . import test_size
from . import test_register_load
from . import test_register_lookup
from . import test_register_odoo
from . import test_register_reader
from . import test_register_tours
from . import test_vies
