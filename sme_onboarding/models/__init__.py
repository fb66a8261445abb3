# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import sme_onboarding_theme
from . import sme_onboarding_step
from . import sme_onboarding_check
from . import sme_onboarding_screen
from . import sme_onboarding_status
from . import sme_maturity_instrument
from . import sme_maturity_dimension
from . import sme_maturity_question
from . import sme_maturity_option
from . import sme_maturity_peer
from . import sme_maturity_assessment
from . import sme_maturity_documents
from . import sme_maturity_answer
from . import sme_maturity_link
from . import sme_maturity_measure
from . import sme_onboarding_tile
