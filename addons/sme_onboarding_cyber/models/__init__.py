# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_cyber_sensor
from . import sme_onboarding_check
from . import sme_onboarding_tile
