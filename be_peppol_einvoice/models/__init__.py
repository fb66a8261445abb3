# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move
from . import be_einvoice_rule
from . import be_einvoice_check
from . import be_einvoice_refresh
from . import be_einvoice_remedy
from . import be_einvoice_status
from . import be_einvoice_finding
from . import account_move_check
from . import account_move_send
from . import account_edi_xml_ubl_bis3_check
from . import res_company_check
from . import res_config_settings
from . import be_peppol_overview
