# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# What a later file overrides is what an earlier one defines: the checks before those who add findings to them.
from . import account_move
from . import account_move_check
from . import be_einvoice_rule
from . import be_einvoice_check
from . import be_einvoice_refresh
from . import be_einvoice_remedy
from . import be_einvoice_status
from . import be_einvoice_finding
from . import res_company_check
from . import res_config_settings

from . import account_edi_xml_ubl_bis3
from . import account_edi_xml_ubl_bis3_check
from . import account_move_explained

from . import be_einvoice_rule_belgian
from . import be_einvoice_rule_switch
from . import account_tax_belgian
from . import account_edi_common_belgian
from . import account_edi_common_known
from . import account_edi_xml_ubl_bis3_belgian
from . import account_move_belgian
from . import res_company_belgian

from . import res_company_lookup
from . import res_config_settings_lookup
from . import res_partner_lookup
from . import be_peppol_readiness_day
from . import be_peppol_check
from . import be_peppol_readiness
from . import be_peppol_overview
from . import be_peppol_overview_exchange

from . import account_move_exchange
from . import account_edi_proxy_user
from . import peppol_archive_seal
from . import peppol_archive_zip
from . import peppol_connection
from . import peppol_connection_certificate
from . import peppol_connection_guide
from . import peppol_exchange
from . import peppol_exchange_screen
from . import peppol_exchange_archive
from . import peppol_exchange_core
from . import peppol_exchange_event
from . import peppol_exchange_import
from . import peppol_exchange_receive
from . import peppol_exchange_send
from . import peppol_exchange_work
from . import peppol_exchange_response
from . import peppol_response
from . import peppol_response_send
from . import account_move_response
from . import account_move_line_response
from . import res_company_archive
from . import res_company_response
from . import res_partner_response
from . import res_company_exchange

# sending, from the last step to the first: the customers are looked up, the document is checked, what passed leaves
from . import account_move_send_exchange
from . import account_move_send
from . import account_move_send_lookup
