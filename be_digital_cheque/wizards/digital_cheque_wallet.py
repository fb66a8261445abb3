# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from ..engine import entries, stages, wallet


class DigitalChequeWallet(models.TransientModel):
    """A wallet (e-cheque, kmo-portefeuille) pays a provider's bill: own share, aid and VAT."""

    _name = "digital.cheque.wallet"
    _inherit = ["digital.cheque.bank"]
    _description = "Bill Paid by a Wallet"

    bill_id = fields.Many2one(
        "account.move",
        string="Vendor Bill",
        required=True,
        domain="[('company_id', '=', company_id), ('move_type', '=', 'in_invoice'), ('state', '=', 'posted'),"
        " ('payment_state', 'in', ('not_paid', 'partial'))]",
        compute="_compute_bill_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    untaxed = fields.Monetary(
        string="Cost Paid by the Wallet (excl. VAT)",
        compute="_compute_amounts",
        store=True,
        readonly=False,
        precompute=True,
    )
    vat = fields.Monetary(string="VAT", compute="_compute_amounts", store=True, readonly=False, precompute=True)
    aid = fields.Monetary(compute="_compute_amounts", store=True, readonly=False, precompute=True)
    vat_by_wallet = fields.Boolean(
        string="The Wallet Pays the VAT Too", help="Mostly not: the VAT goes straight from you to the provider."
    )
    own_share = fields.Monetary(compute="_compute_shares")
    paid_by_wallet = fields.Monetary(string="The Wallet Pays the Provider", compute="_compute_shares")
    paid_directly = fields.Monetary(string="You Pay the Provider", compute="_compute_shares")
    warning = fields.Char(compute="_compute_shares")

    @api.depends("dossier_id")
    def _compute_bill_id(self):
        for wizard in self:
            open_bills = wizard.dossier_id.cost_ids.move_id.filtered(
                lambda move: move.state == "posted" and move.payment_state in ("not_paid", "partial")
            )
            wizard.bill_id = wizard.bill_id or open_bills[:1]

    @api.depends("bill_id", "dossier_id")
    def _compute_amounts(self):
        for wizard in self:
            dossier, bill = wizard.dossier_id, wizard.bill_id
            lines = dossier.cost_ids.move_line_id & bill.invoice_line_ids
            lines = lines or bill.invoice_line_ids.filtered(lambda line: line.display_type == "product")
            wizard.untaxed = sum(lines.mapped("price_subtotal"))
            wizard.vat = sum(lines.mapped("price_total")) - wizard.untaxed
            wizard.aid = min(dossier.granted_amount - float(dossier._wallet_aid()), wizard.untaxed) if dossier else 0

    @api.depends("untaxed", "vat", "aid", "vat_by_wallet")
    @api.depends_context("lang")
    def _compute_shares(self):
        for wizard in self:
            wizard.own_share = wizard.paid_by_wallet = wizard.paid_directly = 0
            wizard.warning = False
            if not wizard.dossier_id:
                continue
            try:
                paid = wizard._settlement()
            except UserError as error:
                wizard.warning = str(error)
                continue
            wizard.own_share = float(paid.own_share)
            wizard.paid_by_wallet = float(paid.paid_by_wallet)
            wizard.paid_directly = float(paid.paid_directly)

    def _settlement(self):
        """Return the engine's settlement of the bill; what is wrong with the figures is said as a UserError."""
        dossier = self.dossier_id
        amounts = [dossier._decimal(amount) for amount in (self.untaxed, self.vat, self.aid)]
        try:
            paid = wallet.settle(*amounts, vat_by_wallet=self.vat_by_wallet)
        except entries.EntryError as error:
            raise UserError(dossier._why_not(error.reason)) from error
        left = dossier._decimal(dossier.granted_amount) - dossier._wallet_aid()
        if paid.aid > left:
            raise UserError(
                self.env._(
                    "Of the aid granted only %(left)s is left.",
                    left=format_amount(self.env, float(left), self.currency_id),
                )
            )
        return paid

    def _check_bill(self, paid):
        bill = self.bill_id
        if bill.currency_id != self.currency_id:
            raise UserError(
                self.env._(
                    "The wallet pays in %(wallet)s and the bill is in %(bill)s. Book this payment by hand.",
                    wallet=self.currency_id.name,
                    bill=bill.currency_id.name,
                )
            )
        if bill.currency_id.compare_amounts(float(paid.paid_by_wallet), bill.amount_residual) > 0:
            raise UserError(
                self.env._(
                    "Only %(due)s of the bill is still to be paid; the wallet would pay %(wallet)s.",
                    due=format_amount(self.env, bill.amount_residual, bill.currency_id),
                    wallet=format_amount(self.env, float(paid.paid_by_wallet), bill.currency_id),
                )
            )

    def action_draft(self):
        """Make the entry of the wallet's payment as a draft; the bill is matched when it is posted."""
        return self.dossier_id._open_entries(self._book())

    def action_post(self):
        """Make the entry of the wallet's payment, post it and match it with the bill."""
        move = self._book()
        move.action_post()
        return self.dossier_id._open_entries(move)

    def _book(self):
        self.ensure_one()
        dossier, bill = self.dossier_id, self.bill_id
        if dossier.state not in (*stages.AWARDED, stages.CLOSED):
            raise UserError(dossier._why_not("not_granted"))
        paid = self._settlement()
        self._check_bill(paid)
        claim = dossier._position().receivable
        if dossier.aid_nature == entries.CAPITAL_GRANT and claim < paid.aid:
            raise UserError(
                self.env._("Book the award of this capital grant first: the wallet's aid is paid out of it.")
            )
        items = paid.items(claim)
        company = dossier.company_id
        local = items
        if company.currency_id != self.currency_id:
            local = [
                entries.Item(
                    item.role,
                    dossier._decimal(
                        self.currency_id._convert(float(item.amount), company.currency_id, company, self.date),
                        "balance",
                    ),
                )
                for item in items
            ]
        due = bill.line_ids.filtered(lambda line: line.display_type == "payment_term")
        move = dossier._draft_entry(
            "wallet",
            items,
            local,
            self.date,
            accounts={wallet.SUPPLIER: due.account_id[:1]},
            partner_id=bill.commercial_partner_id.id,
            digital_cheque_bill_id=bill.id,
        )
        if self.statement_line_id:
            account = company._digital_cheque_account(wallet.CLEARING)
            self._match_statement_line(-paid.own_share, wallet.CLEARING, account, "share")
        return move

    def action_share_paid(self):
        """Book the own share alone, where the wallet has not paid yet: on the bank transaction, or as a draft."""
        self.ensure_one()
        dossier = self.dossier_id
        share = self._settlement().own_share
        account = dossier.company_id._digital_cheque_account(wallet.CLEARING)
        if self.statement_line_id:
            move = self._match_statement_line(-share, wallet.CLEARING, account, "share")
        else:
            local = self.currency_id._convert(
                float(share), dossier.company_id.currency_id, dossier.company_id, self.date
            )
            foreign, local = (
                (entries.Item(wallet.CLEARING, amount), entries.Item(entries.BANK, -amount))
                for amount in (share, dossier._decimal(local, "balance"))
            )
            move = dossier._draft_entry(
                "share",
                foreign,
                local,
                self.date,
                accounts={entries.BANK: self._bank_account(inbound=False)},
                journal=self.journal_id,
            )
        dossier.share_paid_on = dossier.share_paid_on or self.date
        return dossier._open_entries(move)
