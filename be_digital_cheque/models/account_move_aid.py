# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..engine import wallet
from .account_move_line_aid import ROLES_TO_RECONCILE

KINDS = [
    ("award", "Award"),
    ("release", "Release"),
    ("payment", "Payment received"),
    ("share", "Own share"),
    ("wallet", "Paid by a wallet"),
    ("recovery", "Recovery"),
]


class AccountMove(models.Model):
    _inherit = "account.move"

    digital_cheque_dossier_id = fields.Many2one(
        "digital.cheque.dossier",
        string="Subsidy Dossier",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        check_company=True,
    )
    digital_cheque_kind = fields.Selection(KINDS, string="Entry of Aid", readonly=True)
    digital_cheque_bill_id = fields.Many2one(
        "account.move", string="Bill Paid by the Wallet", readonly=True, copy=False, index="btree_not_null"
    )

    @api.constrains("date", "digital_cheque_dossier_id", "digital_cheque_kind", "state")
    def _check_digital_cheque_award(self):
        """Aid that is not granted yet is a contingent right and not booked."""
        for move in self:
            if move.digital_cheque_kind not in ("award", "release", "wallet") or move.state == "cancel":
                continue
            # sudo: who may change the date of an entry need not be a user of the dossiers
            granted_on = move.digital_cheque_dossier_id.sudo().decided_on
            if not granted_on or move.date < granted_on:
                raise ValidationError(
                    self.env._(
                        "Aid is booked from the day on which it is granted, not before. The dossier %(dossier)s has"
                        " %(day)s as its day of decision.",
                        dossier=move.digital_cheque_dossier_id.sudo().display_name,
                        day=format_date(self.env, granted_on) if granted_on else "–",
                    )
                )

    def copy_data(self, default=None):
        """A reversal stays with the dossier, where it takes the entry back; an ordinary copy does not count there."""
        vals_list = super().copy_data(default)
        if "move_reverse_cancel" not in self.env.context:
            for vals in vals_list:
                vals.update(digital_cheque_dossier_id=False, digital_cheque_kind=False)
                for _command, _id, line in vals.get("line_ids", ()):
                    if isinstance(line, dict):
                        line.update(digital_cheque_dossier_id=False, digital_cheque_role=False)
        return vals_list

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._digital_cheque_reconcile()
        return posted

    def button_draft(self):
        paying = self._digital_cheque_paying()
        result = super().button_draft()
        paying._note_payments(withdrawn=True)
        return result

    def unlink(self):
        # core deletes the entry of a bank transaction as it is, posted
        paying = self._digital_cheque_paying()
        result = super().unlink()
        paying._note_payments(withdrawn=True)
        return result

    def _digital_cheque_paying(self):
        """Return the dossiers (as superuser) for which these posted entries are money received."""
        moves = self.filtered(lambda move: move.digital_cheque_kind in ("payment", "wallet") and move.state == "posted")
        # sudo: who withdraws an entry need not be a user of the dossiers
        return moves.sudo().digital_cheque_dossier_id

    def _digital_cheque_reconcile(self):
        """Match what posted entries of aid settle: the bill that a wallet paid, the own share that waited for it."""
        for move in self.filtered("digital_cheque_dossier_id"):
            bill = move.digital_cheque_bill_id
            if bill.state == "posted":
                supplier = move.line_ids.filtered(lambda line: line.digital_cheque_role == wallet.SUPPLIER)
                due = bill.line_ids.filtered(
                    lambda line, account=supplier.account_id: line.account_id == account and not line.reconciled
                )
                if supplier and due:
                    (supplier | due).reconcile()
            move._digital_cheque_match_dossier()
        # sudo: who posts an entry need not be a user of the dossiers
        self.digital_cheque_dossier_id.sudo()._note_payments()

    def _digital_cheque_match_dossier(self):
        """Match the open items of the dossier in accounts that are kept matched."""
        for role in ROLES_TO_RECONCILE:
            lines = self.env["account.move.line"].search(
                [
                    ("digital_cheque_dossier_id", "in", self.digital_cheque_dossier_id.ids),
                    ("digital_cheque_role", "=", role),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("account_id.reconcile", "=", True),
                ]
            )
            for same in lines.grouped(lambda line: (line.digital_cheque_dossier_id, line.account_id)).values():
                if len(same) > 1:
                    same.reconcile()
