# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_time_role
from . import sme_time_kind
from . import sme_time_rate
from . import sme_time_event
from . import sme_time_line
from . import sme_time_mark
from . import sme_time_counter
from . import sme_time_page
from . import sme_time_mail
from . import res_company
from . import res_users
