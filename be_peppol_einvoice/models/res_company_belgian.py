# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api, fields, models
from odoo.exceptions import AccessError

from ..belgian.taxes import FRANCHISE
from ..belgian.texts import reason

_MANAGER = "account.group_account_manager"


class ResCompany(models.Model):
    _inherit = "res.company"

    be_vat_franchise = fields.Boolean(
        string="Small enterprise exempt from VAT",
        help="The company is under the exemption scheme for small enterprises (Art. 56bis of the Belgian VAT Code): it "
        "charges no VAT, and its invoices say so.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env["be.einvoice.rule.switch"]._complete()
        return companies

    def action_open_tax_backfill(self):
        """Open the page that gives this company's taxes their VAT category and exemption reason.

        :raises AccessError: if the user may not change taxes
        """
        self.ensure_one()
        if not self.env.user.has_group(_MANAGER):
            raise AccessError(self.env._("Only an accounting administrator can change taxes: ask one to do it."))
        action = self.env["ir.actions.act_window"]._for_xml_id("be_peppol_einvoice.action_tax_backfill")
        action["context"] = {"default_company_id": self.id}
        return action

    def _be_franchise_tax(self):
        """The tax of small enterprises; empty if it has not been made."""
        self.ensure_one()
        return (
            self.env["account.chart.template"].with_company(self.root_id).ref(FRANCHISE, raise_if_not_found=False)
            or (self.env["account.tax"])
        )

    def _be_make_franchise_tax(self):
        """Make the tax of small enterprises: within Belgium it takes the place of the taxes on sales.

        Products keep their own taxes, so that nothing has to be changed back when the company leaves the scheme.

        :return: the tax, which is the company's default one from now on
        """
        self.ensure_one()
        known = self._be_franchise_tax()
        if known:
            return known
        company = self.root_id
        chart = self.env["account.chart.template"].with_company(company)
        positions = [
            position
            for name in ("fiscal_position_template_1", "fiscal_position_template_5")
            if (position := chart.ref(name, raise_if_not_found=False))
        ]
        sales = self.env["account.tax"].search(
            [("company_id", "=", company.id), ("type_tax_use", "=", "sale"), ("amount", ">", 0)]
        )
        group = chart.ref("tax_group_tva_0", raise_if_not_found=False) or sales.tax_group_id[:1]
        tax = self.env["account.tax"].create(
            {
                "name": self.env._("0% small enterprise"),
                "invoice_label": "0%",
                "type_tax_use": "sale",
                "amount_type": "percent",
                "amount": 0,
                "tax_group_id": group.id,
                "country_id": self.env.ref("base.be").id,
                "company_id": company.id,
                "ubl_cii_tax_category_code": "E",
                "fiscal_position_ids": [Command.set([position.id for position in positions])],
                "original_tax_ids": [Command.set(sales.ids)],
            }
        )
        english = reason("franchise")
        mention = tax.with_context(lang="en_US")
        mention.write({"be_exemption_reason": english, "invoice_legal_notes": english})
        texts = {code: reason("franchise", code) for code, _name in self.env["res.lang"].get_installed()}
        mention.update_field_translations("be_exemption_reason", texts)
        # a text with mark-up is translated sentence by sentence
        notes = {code: {english: text} for code, text in texts.items() if text != english}
        mention.update_field_translations("invoice_legal_notes", notes)
        # like the chart's own taxes: it stays with the books when this app is removed
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"account.{company.id}_{FRANCHISE}", "record": tax, "noupdate": True}]
        )
        company.account_sale_tax_id = tax
        return tax
