# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.outcome import LazyText, failed, missing_parts, passed

_lt = LazyText(__name__)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_belgian_settings(self, company):
        proposals = self.env["sme.auto.setting"]._proposals(company)
        if not proposals:
            return passed(_lt("Everything is set as a Belgian firm needs it"))
        return failed(_lt("Settings that are not yet those of a Belgian firm: %(count)s", count=len(proposals)))

    def _check_chart_of_accounts(self, company):
        # A branch keeps its books with its parent.
        company = company.root_id
        behind = {"model": "account.account", "domain": [["company_ids", "in", company.ids]]}
        template = company.chart_template or ""
        if not template:
            return failed(_lt("No chart of accounts is installed"), **behind)
        if template != "be" and not template.startswith("be_"):
            return failed(_lt("The chart of accounts is not a Belgian one"), started=True, **behind)
        return missing_parts(
            (
                bool(self.env["account.account"].search_count(behind["domain"], limit=1)),
                _lt("The chart of accounts holds no account"),
            ),
            (bool(company.account_sale_tax_id.active), _lt("No usual VAT rate for sales is set")),
            (bool(company.account_purchase_tax_id.active), _lt("No usual VAT rate for purchases is set")),
            complete=(_lt("Belgian chart of accounts; the usual VAT rates are set"),),
            **behind,
        )

    def _check_bank_account(self, company):
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")]
        )
        behind = {"model": "account.journal", "domain": [["id", "in", journals.ids]]}
        numbered = journals.filtered("bank_account_id")
        if not numbered:
            return failed(_lt("No bank account of your firm has an account number"), started=bool(journals), **behind)
        holder = company.partner_id | company.root_id.partner_id
        valid, texts = [], []
        for account in numbered.bank_account_id:
            number = account.acc_number
            # Core's own check (base_iban): country, length and check digits.
            if account.acc_type != "iban":
                texts.append(_lt("The account number %(number)s is not a valid IBAN", number=number))
            elif account.partner_id not in holder:
                texts.append(_lt("The account %(number)s is not in the name of your firm", number=number))
            else:
                valid.append(number)
        if not valid:
            return failed(*texts, started=True, **behind)
        return passed(_lt("Valid IBAN: %(numbers)s", numbers=valid[:5]), *texts, **behind)
