# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_cyber_check
from . import sme_cyber_sensor
from . import sme_cyber_fix
from . import sme_cyber_finding
from . import sme_cyber_day
from . import sme_cyber_measure
from . import sme_cyber_system
from . import sme_cyber_device
from . import sme_cyber_page
