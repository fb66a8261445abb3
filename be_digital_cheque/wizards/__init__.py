# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import digital_cheque_room
from . import digital_cheque_bank
from . import digital_cheque_receipt
from . import digital_cheque_recovery
from . import digital_cheque_wallet
from . import digital_cheque_dossier_move
from . import digital_cheque_knowingly
from . import digital_cheque_cost_suggest
from . import account_payment_register
from . import validate_account_move
