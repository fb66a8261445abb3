# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move
from . import be_einvoice_rule
from . import be_einvoice_check
from . import be_einvoice_refresh
from . import be_einvoice_remedy
from . import be_einvoice_status
from . import be_einvoice_finding
from . import account_move_check

# before the check, whose super() it is: what passed the check is exchanged
from . import account_move_send_exchange
from . import account_move_send
from . import account_edi_xml_ubl_bis3_check
from . import res_company_check
from . import res_config_settings
from . import be_peppol_overview
from . import account_move_exchange
from . import account_edi_proxy_user
from . import peppol_archive_seal
from . import peppol_archive_zip
from . import peppol_connection
from . import peppol_exchange
from . import peppol_exchange_archive
from . import peppol_exchange_core
from . import peppol_exchange_event
from . import peppol_exchange_import
from . import peppol_exchange_receive
from . import peppol_exchange_send
from . import peppol_exchange_work
from . import res_company_exchange
