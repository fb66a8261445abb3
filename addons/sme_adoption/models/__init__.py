# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_adoption_tool
from . import sme_adoption_customer
from . import sme_adoption_mail
from . import sme_adoption_campaign
from . import sme_adoption_day
from . import sme_adoption_mark
from . import sme_adoption_measure
from . import sme_adoption_counter
from . import sme_adoption_switch
from . import sme_adoption_decline
from . import ir_mail_server
from . import res_company
from . import res_partner
from . import account_move
