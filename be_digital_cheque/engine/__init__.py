# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import costs
from . import de_minimis
from . import deadlines
from . import entries
from . import merge
from . import period
from . import rates
from . import stages
from . import upload
from . import wallet
