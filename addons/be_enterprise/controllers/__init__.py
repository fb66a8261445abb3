# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import be_register_upload
from . import portal
