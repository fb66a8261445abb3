# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move
from . import be_peppol_overview
from . import res_company_lookup
from . import res_config_settings_lookup
from . import res_partner_lookup
from . import account_move_send_lookup
from . import be_peppol_readiness_day
from . import be_peppol_check
from . import be_peppol_readiness
