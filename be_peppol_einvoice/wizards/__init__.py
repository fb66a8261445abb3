# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import be_tax_backfill
from . import be_tax_backfill_line
from . import peppol_archive_export
