# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import digital_cheque_dossier_cost
from . import digital_cheque_dossier
from . import purchase_order
from . import account_move
