# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import be_quality_fix
from . import be_quality_fix_line
from . import be_nace_convert
from . import be_nace_convert_line
from . import be_register_panel
