# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_access
from . import test_campaign
from . import test_counter
from . import test_decline
from . import test_prompts
from . import test_switch
from . import test_tours
from . import test_uninstall
