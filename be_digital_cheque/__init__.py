# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import controllers
from . import engine
from . import models
from . import tools
from . import wizards
from .hooks import uninstall_hook
