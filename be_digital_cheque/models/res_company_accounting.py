# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import RedirectWarning

from ..engine import entries, wallet

#: Accounts by role: external ids of the charts be_comp, be_asso and their parent be, and the codes that they stand for.
CHART = {
    entries.RECEIVABLE: (("a413", "a416"), ("413", "416")),
    entries.OPERATING: (("a740", "a733"), ("740", "733")),
    entries.CAPITAL: (("a15",), ("15",)),
    entries.DEFERRED_TAX: (("a1680", "a168"), ("1680", "168")),
    entries.CAPITAL_INCOME: (("a753", "a733"), ("753", "733")),
    entries.TAX_INCOME: (("a780",), ("780",)),
    entries.REPAYABLE: (("a489", "a4891"), ("489",)),
}


class ResCompany(models.Model):
    """Where a company books aid: chosen accounts, or those of the Belgian chart."""

    _inherit = "res.company"

    digital_cheque_journal_id = fields.Many2one(
        "account.journal", string="Journal of Aid", domain="[('type', '=', 'general')]", check_company=True
    )
    digital_cheque_receivable_account_id = fields.Many2one(
        "account.account", string="Aid to Be Received", check_company=True
    )
    digital_cheque_operating_account_id = fields.Many2one("account.account", string="Aid for Costs", check_company=True)
    digital_cheque_capital_account_id = fields.Many2one("account.account", string="Capital Grants", check_company=True)
    digital_cheque_deferred_tax_account_id = fields.Many2one(
        "account.account", string="Deferred Taxes on Capital Grants", check_company=True
    )
    digital_cheque_capital_income_account_id = fields.Many2one(
        "account.account", string="Release of Capital Grants", check_company=True
    )
    digital_cheque_tax_income_account_id = fields.Many2one(
        "account.account", string="Release of Deferred Taxes", check_company=True
    )
    digital_cheque_repayable_account_id = fields.Many2one(
        "account.account", string="Aid to Be Paid Back", check_company=True
    )
    digital_cheque_clearing_account_id = fields.Many2one(
        "account.account",
        string="Own Share in Wallets",
        check_company=True,
        domain="[('reconcile', '=', True)]",
        help="The own share waits here from its payment into the wallet until the wallet has paid the provider.",
    )
    digital_cheque_tax_rate = fields.Float(
        string="Deferred Tax Rate",
        digits=(6, 4),
        default=0.25,
        help="Share of a capital grant that will be tax. 25% is the ordinary rate of companies, 20% the reduced one.",
    )

    def _digital_cheque_account(self, role):
        """Return the account in which this company books a role of the engine.

        :raises RedirectWarning: none is chosen and the chart has none; it opens the settings
        """
        self.ensure_one()
        chosen = self[f"digital_cheque_{role}_account_id"]
        account = chosen or (
            self._digital_cheque_clearing() if role == wallet.CLEARING else self._digital_cheque_chart_account(role)
        )
        if not account:
            raise RedirectWarning(
                self.env._(
                    "%(company)s has no account for “%(role)s”. Choose it in the settings of Digital Cheque.",
                    company=self.display_name,
                    role=self._fields[f"digital_cheque_{role}_account_id"]._description_string(self.env),
                ),
                self.env.ref("be_digital_cheque.digital_cheque_settings_action").id,
                self.env._("Open the Settings"),
            )
        return account

    def _digital_cheque_chart_account(self, role):
        """Return the account of the Belgian chart for a role, by its external id or else its code; may be empty."""
        xmlids, codes = CHART[role]
        chart = self.env["account.chart.template"].with_company(self)
        for xmlid in xmlids:
            account = chart.ref(xmlid, raise_if_not_found=False)
            if account and account.active:
                return account
        accounts = self.env["account.account"].with_company(self)
        if self.account_fiscal_country_id.code != "BE":
            return accounts
        for code in codes:
            account = accounts.search(
                [("code", "=like", f"{code}%"), *accounts._check_company_domain(self)], order="code", limit=1
            )
            if account:
                return account
        return accounts

    def _digital_cheque_clearing(self):
        """Return the clearing account of wallets; made beside the sundry receivables on first use."""
        beside = self._digital_cheque_chart_account(entries.RECEIVABLE)
        if not beside:
            return beside
        # sudo: whoever books a wallet's payment needs the account; only its advisers may change the chart otherwise
        accounts = self.env["account.account"].with_company(self).sudo()
        account = accounts.create(
            {
                "name": self.env._("Own share in subsidy wallets"),
                "code": accounts._search_new_account_code(beside.code),
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        self.sudo().digital_cheque_clearing_account_id = account
        return account.sudo(False)

    def _digital_cheque_journal(self):
        """Return the journal in which aid is booked: the chosen one, or the first general journal."""
        self.ensure_one()
        journals = self.env["account.journal"]
        journal = self.digital_cheque_journal_id or journals.search(
            [*journals._check_company_domain(self), ("type", "=", "general")], limit=1
        )
        if not journal:
            raise RedirectWarning(
                self.env._("%s has no general journal. Make one before you book aid.", self.display_name),
                self.env.ref("account.action_account_journal_form").id,
                self.env._("Open the Journals"),
            )
        return journal

    def _digital_cheque_unused_rights(self):
        """Return what each company may still claim this year, in words: ``{company: [line, …]}``.

        A company of which nothing is known is left out: unknown is not nothing.
        """
        words = self.env["digital.cheque.judgement.words"]
        return {
            company: [
                self.env._("%(programme)s: %(amount)s", programme=right["name"], amount=words._euros(right["amount"]))
                for right in rights
                if right["amount"]
            ]
            for company, rights in self._digital_cheque_rights().items()
        }
