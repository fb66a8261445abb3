# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine import entries, wallet

ROLES = [
    (entries.RECEIVABLE, "Aid to be received"),
    (entries.OPERATING, "Aid for costs"),
    (entries.CAPITAL, "Capital grant"),
    (entries.DEFERRED_TAX, "Deferred taxes"),
    (entries.CAPITAL_INCOME, "Release of the capital grant"),
    (entries.TAX_INCOME, "Release of deferred taxes"),
    (entries.REPAYABLE, "Aid to be paid back"),
    (entries.BANK, "Bank"),
    (wallet.CLEARING, "Own share in the wallet"),
    (wallet.SUPPLIER, "Supplier"),
]
ROLES_TO_RECONCILE = (wallet.CLEARING, entries.RECEIVABLE)


class AccountMoveLine(models.Model):
    """Journal items of aid. Nothing here is computed: the columns cost large books no time at installation."""

    _inherit = "account.move.line"

    digital_cheque_dossier_id = fields.Many2one(
        "digital.cheque.dossier",
        string="Subsidy Dossier",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
    )
    digital_cheque_role = fields.Selection(ROLES, string="Part of the Aid", readonly=True)
