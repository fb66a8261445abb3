# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_posture
from . import test_devices
from . import test_declared
from . import test_access
from . import test_backup
from . import test_report
from . import test_tours
from . import test_uninstall
