# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import engine
from . import tools
from . import models
from . import checks
from . import wizards
from . import measures
from . import controllers
from .hooks import uninstall_hook
