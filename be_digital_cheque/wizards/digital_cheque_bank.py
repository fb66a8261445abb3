# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class DigitalChequeBank(models.AbstractModel):
    """A movement on the bank that belongs to a dossier: found on a statement, or booked as a draft."""

    _name = "digital.cheque.bank"
    _description = "Bank Movement of a Dossier"

    dossier_id = fields.Many2one("digital.cheque.dossier", required=True)
    company_id = fields.Many2one(related="dossier_id.company_id")
    currency_id = fields.Many2one(related="dossier_id.currency_id")
    date = fields.Date(required=True, default=fields.Date.context_today)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        string="Bank Transaction",
        domain="[('company_id', '=', company_id), ('is_reconciled', '=', False)]",
        help="The transaction on the bank statement. Leave it empty where you enter no statements.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank",
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("company_id")
    def _compute_journal_id(self):
        for wizard in self:
            journals = wizard.env["account.journal"]
            wizard.journal_id = journals.search(
                [*journals._check_company_domain(wizard.company_id), ("type", "=", "bank")], limit=1
            )

    def _bank_account(self, inbound):
        """Return the account that stands for the bank until the statement comes, or the bank's own."""
        methods = (
            self.journal_id.inbound_payment_method_line_ids
            if inbound
            else self.journal_id.outbound_payment_method_line_ids
        )
        account = methods.payment_account_id[:1] or self.journal_id.default_account_id
        if not account:
            raise UserError(self.env._("Choose a bank with an account, or a bank transaction."))
        return account

    def _match_statement_line(self, amount, role, account, kind):
        """Give the bank transaction its counterpart.

        :param amount: what the transaction must be, in the dossier's currency; negative for money that leaves
        """
        transaction = self.statement_line_id
        currency = transaction.foreign_currency_id or transaction.currency_id
        moved = transaction.amount_currency if transaction.foreign_currency_id else transaction.amount
        if currency != self.currency_id or currency.compare_amounts(moved, float(amount)):
            raise UserError(
                self.env._(
                    "The bank transaction is of %(transaction)s, the amount here is %(amount)s. They must be the same.",
                    transaction=format_amount(self.env, moved, currency),
                    amount=format_amount(self.env, float(amount), self.currency_id),
                )
            )
        _bank, suspense, _others = transaction._seek_for_lines()
        if len(suspense) != 1:
            raise UserError(self.env._("This bank transaction has been matched already."))
        transaction.move_id.write({"digital_cheque_dossier_id": self.dossier_id.id, "digital_cheque_kind": kind})
        suspense.write(
            {
                "account_id": account.id,
                "digital_cheque_dossier_id": self.dossier_id.id,
                "digital_cheque_role": role,
            }
        )
        transaction.move_id._digital_cheque_reconcile()
        return transaction.move_id
