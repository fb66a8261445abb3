# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import be_nace_code
from . import be_establishment
from . import be_size_year
from . import be_holding
from . import be_size_report
from . import be_quality
from . import res_partner
from . import res_company
