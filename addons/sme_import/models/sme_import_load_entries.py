# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError


class SmeImportLoadEntries(models.AbstractModel):
    """What open items and opening balances have in common: draft entries in an opening journal.

    They are entries, not invoices: an invoice would book turnover and VAT a second time, would take a number of the
    sales journal and would wait to be sent. The lines stand on the partners' accounts with their due dates, so payments
    are matched with them and reminders are made as for invoices.
    """

    _name = "sme.import.load.entries"
    _inherit = "sme.import.load"
    _description = "Bringing Opening Entries In"

    _makes = "account.move"

    @api.model
    def _prepare_defaults(self):
        """Propose the opening journal and the suspense account 499, where the company has them."""
        record = self._import
        if not record.journal_id:
            journals = self.env["account.journal"].search(
                [("type", "=", "general"), ("company_id", "=", record.company_id.id)]
            )
            record.journal_id = journals.filtered(lambda journal: journal.code.upper() in ("OPEN", "OUV", "OPN"))[:1]
        if not record.opening_account_id:
            accounts = self.env["account.account"].search(
                [("company_ids", "in", record.company_id.ids), ("code", "=like", "499%")], order="code"
            )
            record.opening_account_id = accounts[:1]

    @api.model
    def _check_choices(self):
        record = self._import
        if not record.opening_date:
            raise UserError(self.env._("Choose the day of the opening entries."))
        if not record.opening_account_id:
            raise UserError(
                self.env._("Choose the opening account, such as 499000, on which open items and balances meet.")
            )
        if record.opening_account_id.account_type in ("asset_receivable", "liability_payable"):
            raise UserError(self.env._("The opening account cannot be one of customers or suppliers."))

    @api.model
    def _journal(self):
        """Return the import's journal; without one, a journal for opening entries is made when rows go in."""
        record = self._import
        if not record.journal_id:
            codes = set(
                self.env["account.journal"]
                .with_context(active_test=False)
                .search([("company_id", "=", record.company_id.id)])
                .mapped("code")
            )
            code = next(code for code in ("OPEN", "OPN1", "OPN2", "OPN3", "OPN4") if code not in codes)
            # sudo: a bookkeeper may book, but not make journals; this one is needed to book the opening
            journal = (
                self.env["account.journal"]
                .sudo()
                .create(
                    {
                        "name": self.env._("Opening"),
                        "code": code,
                        "type": "general",
                        "company_id": record.company_id.id,
                        "show_on_dashboard": False,
                    }
                )
            )
            record.journal_id = journal.sudo(False)
        return record.journal_id

    @api.model
    def _used_by_state(self, model, ids):
        """An entry that is posted is used: a bookkeeper resets it to draft before it can be taken back."""
        if model != "account.move":
            return super()._used_by_state(model, ids)
        posted = self.env["account.move"].search([("id", "in", list(ids)), ("state", "=", "posted")])
        return {(model, move.id): self.env._("posted entry") for move in posted}
