# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move
from . import be_einvoice_rule
from . import be_einvoice_check
from . import be_einvoice_finding
from . import account_move_check
from . import account_move_send
from . import be_peppol_overview
