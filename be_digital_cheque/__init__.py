# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import engine
from . import models
from . import tools
from .hooks import uninstall_hook
