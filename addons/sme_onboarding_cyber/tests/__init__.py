# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_backup
from . import test_steps
from . import test_tile
