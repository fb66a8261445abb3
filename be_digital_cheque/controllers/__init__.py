# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import de_minimis
from . import portal
from . import dossier
