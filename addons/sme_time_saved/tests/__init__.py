# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_counter
from . import test_figures
from . import test_access
from . import test_mail
from . import test_tours
from . import test_uninstall
