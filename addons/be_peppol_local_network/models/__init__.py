# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import peppol_local_network
from . import peppol_drill
from . import peppol_drill_event
