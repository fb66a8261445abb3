# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import company
from . import accounting
from . import mail
from . import people
from . import einvoicing
from . import sales
from . import purchases
from . import backup
from . import proof
from . import presence
