# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import account_move_send_wizard
from . import be_tax_backfill
from . import be_tax_backfill_line
from . import peppol_answer
from . import peppol_archive_deletion
from . import peppol_archive_export
