# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import be_nace_code
from . import be_establishment
from . import be_size_year
from . import be_holding
from . import be_size_report
from . import be_quality
from . import res_partner
from . import res_company
from . import be_register
from . import be_register_http
from . import be_register_import
from . import be_register_reject
from . import be_register_vies
from . import be_register_partner
from . import be_register_company
from . import be_register_quality
