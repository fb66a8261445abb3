# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_onboarding_tile
from . import sme_plan_line
