# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import entries


class DigitalChequeReceipt(models.TransientModel):
    """Money of the authority has come in."""

    _name = "digital.cheque.receipt"
    _inherit = ["digital.cheque.bank"]
    _description = "Aid Received"

    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False, precompute=True, required=True)

    @api.depends("dossier_id", "statement_line_id")
    def _compute_amount(self):
        for wizard in self:
            transaction = wizard.statement_line_id
            wizard.amount = abs(transaction.amount) if transaction else wizard.dossier_id.booked_claim

    @api.onchange("statement_line_id")
    def _onchange_statement_line_id(self):
        if self.statement_line_id:
            self.date = self.statement_line_id.date

    def action_confirm(self):
        """Book the receipt: on the bank transaction, or as a draft entry where none is chosen."""
        self.ensure_one()
        dossier = self.dossier_id
        amount = dossier._decimal(self.amount)
        held, company_held = dossier._position(), dossier._position("balance")
        try:
            items = entries.payment(held, amount, self.date).items
        except entries.EntryError as error:
            raise UserError(dossier._why_not(error.reason)) from error
        if self.statement_line_id:
            account = dossier.company_id._digital_cheque_account(entries.RECEIVABLE)
            move = self._match_statement_line(amount, entries.RECEIVABLE, account, "payment")
        else:
            local = items
            if dossier.company_id.currency_id != dossier.currency_id:
                # the claim leaves the books at the rate at which it came in, the bank gets today's
                company_currency = dossier.company_id.currency_id
                bank = self.currency_id._convert(float(amount), company_currency, dossier.company_id, self.date)
                claim = company_held.receivable * amount / held.receivable
                local = (
                    entries.Item(entries.BANK, dossier._decimal(bank, "balance")),
                    entries.Item(entries.RECEIVABLE, -dossier._decimal(float(claim), "balance")),
                )
            move = dossier._draft_entry(
                "payment",
                items,
                local,
                self.date,
                accounts={entries.BANK: self._bank_account(inbound=True)},
                journal=self.journal_id,
            )
        return dossier._open_entries(move)
