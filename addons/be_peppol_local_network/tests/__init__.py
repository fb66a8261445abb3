# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_drills
from . import test_journey
from . import test_local_network
from . import test_local_network_tour
