# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import digital_cheque_journalled
from . import digital_cheque_seeded
from . import digital_cheque_evidence
from . import digital_cheque_authority
from . import digital_cheque_source
from . import digital_cheque_cost_kind
from . import digital_cheque_programme
from . import digital_cheque_programme_version
from . import digital_cheque_programme_figure
from . import digital_cheque_programme_rate
from . import digital_cheque_programme_limit
from . import digital_cheque_provider_label
from . import res_partner
from . import digital_cheque_undertaking
from . import digital_cheque_undertaking_documents
from . import digital_cheque_aid
from . import res_config_settings
