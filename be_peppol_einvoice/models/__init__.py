# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move
from . import be_einvoice_rule
from . import be_einvoice_check
from . import be_einvoice_finding
from . import account_move_check
from . import account_move_send
from . import be_peppol_overview
from . import be_einvoice_rule_belgian
from . import be_einvoice_rule_switch
from . import account_tax_belgian
from . import account_edi_common_belgian
from . import account_edi_xml_ubl_bis3_belgian
from . import account_move_belgian
from . import res_company_belgian
