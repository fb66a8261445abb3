# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeOnboardingScreen(models.AbstractModel):
    """The screens that the steps open: one method ``_open_<what>(company)`` each, which returns the action. They run
    with the user's own rights."""

    _name = "sme.onboarding.screen"
    _description = "Screens of the Steps"

    @api.model
    def _form(self, model, name, record=None, target="current", **defaults):
        """
        :return: dict, an action that opens the form of a record, or of a new one with these defaults
        """
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "res_id": record.id if record else False,
            "views": [[False, "form"]],
            "target": target,
            "context": {f"default_{field}": value for field, value in defaults.items()},
        }

    def _list(self, xmlid, domain=None, **context):
        """
        :return: dict, the core action with this external id, cut down to the domain
        """
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["context"] = context
        if domain is not None:
            action["domain"] = domain
        return action

    def _open_company(self, company):
        return self._form("res.company", self.env._("Your Company"), company)

    def _open_document_layout(self, company):
        return self._list("web.action_base_document_layout_configurator", dialog_size="extra-large")

    def _open_accounting_settings(self, company):
        action = self._list("account.action_account_config")
        action["context"] = {"module": "account", "bin_size": False}
        return action

    def _open_bank_account(self, company):
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "bank")]
        )
        numbered = journals.filtered("bank_account_id")
        if numbered:
            return self._form("account.journal", self.env._("Bank Account"), numbered[0])
        return company.setting_init_bank_account_action()

    def _open_outgoing_mail(self, company):
        if not self.env["ir.mail_server"].search_count([], limit=1):
            return self._form("ir.mail_server", self.env._("Outgoing Mail Server"))
        return self._list("base.action_ir_mail_server_list")

    def _open_bill_alias(self, company):
        journals = self.env["account.journal"].search(
            [*self.env["account.journal"]._check_company_domain(company), ("type", "=", "purchase")]
        )
        if not company.alias_domain_id and not any(journals.mapped("alias_email")):
            return self._list("mail.mail_alias_domain_action")
        without = journals.filtered(lambda journal: not journal.alias_email)
        if without == journals and journals:
            return self._form("account.journal", self.env._("Purchase Journal"), journals[0])
        return self._list("mail.action_email_server_tree")

    def _open_users(self, company):
        return self._list("base.action_res_users", domain=[("share", "=", False)])

    def _open_two_factor(self, company):
        if self.env.user._mfa_type():
            return self._list("base.action_res_users", domain=[("share", "=", False)])
        # Only the user can set up a second factor for their own login: the preferences, tab Security.
        action = self.env["res.users"].action_get()
        action["res_id"] = self.env.uid
        return action

    def _open_customers(self, company):
        return self._form(
            "res.partner",
            self.env._("New Customer"),
            is_company=True,
            customer_rank=1,
            country_id=self.env.ref("base.be").id,
            # core proposes that of the database, in which the customer would get the invoice
            lang=self.env.user.lang,
        )

    def _open_product(self, company):
        return self._form("product.template", self.env._("New Product or Service"), sale_ok=True)

    def _open_peppol(self, company):
        if company.account_peppol_proxy_state == "not_registered":
            return self._form("peppol.registration", self.env._("Registration on Peppol"), target="new")
        return self._open_accounting_settings(company)

    def _open_customer_invoice(self, company):
        drafts = [("company_id", "=", company.id), ("move_type", "=", "out_invoice"), ("state", "=", "draft")]
        if self.env["account.move"].search_count(drafts, limit=1):
            return self._list("account.action_move_out_invoice", domain=drafts, default_move_type="out_invoice")
        action = self._form("account.move", self.env._("New Invoice"), move_type="out_invoice")
        action["views"] = [[self.env.ref("account.view_move_form").id, "form"]]
        return action

    def _open_invoices_to_send(self, company):
        return self._list(
            "account.action_move_out_invoice",
            domain=[("company_id", "=", company.id), ("move_type", "=", "out_invoice"), ("state", "=", "posted")],
            default_move_type="out_invoice",
        )

    def _open_bills(self, company):
        return self._list(
            "account.action_move_in_invoice",
            domain=[("company_id", "=", company.id), ("move_type", "=", "in_invoice")],
            default_move_type="in_invoice",
        )

    def _open_invoices_to_pay(self, company):
        return self._list(
            "account.action_move_out_invoice",
            domain=[
                ("company_id", "=", company.id),
                ("move_type", "in", ("out_invoice", "in_invoice")),
                ("state", "=", "posted"),
                ("amount_residual", ">", 0),
            ],
        )

    def _open_plan(self, company):
        return self.env["sme.plan"].action_open_mine()

    def _open_belgian_settings(self, company):
        return self.env["sme.auto.setting"].action_preview()

    def _open_incoming_mail(self, company):
        if not self.env["fetchmail.server"].search_count([], limit=1):
            return self._form("fetchmail.server", self.env._("Incoming Mail Server"))
        return self._list("mail.action_email_server_tree")

    def _open_backup(self, company):
        return self._list("sme_onboarding.action_sme_backup_job")

    def _open_orders(self, company):
        return self._list("sale.action_quotations_with_onboarding", domain=[("company_id", "=", company.id)])

    def _open_web_orders(self, company):
        return self._list("sale.action_orders", domain=[("company_id", "=", company.id), ("website_id", "!=", False)])

    def _open_stock(self, company):
        return self.env["stock.quant"].with_context(inventory_mode=True).action_view_inventory()
