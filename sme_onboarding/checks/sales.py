# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from ..engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)

# How many of the latest sent invoices are looked at: enough to see whether sending works.
LATEST = 50


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_first_customer(self, company):
        partners = self.env["res.partner"]
        customers = (
            Domain("customer_rank", ">", 0)
            & Domain("parent_id", "=", False)
            & Domain("company_id", "in", [False, company.id])
            & Domain("ref_company_ids", "=", False)
        )
        no_address = Domain.OR(Domain(name, "=", False) for name in ("street", "zip", "city", "country_id"))
        no_mail = Domain("email", "=", False)
        total = partners.search_count(customers)
        if not total:
            return failed(_lt("There is no customer yet"), model="res.partner", domain=list(customers))
        complete = partners.search_count(customers & ~no_address & ~no_mail)
        without_address = partners.search_count(customers & no_address)
        without_mail = partners.search_count(customers & no_mail)
        texts = []
        if without_address:
            texts.append(
                _lt("%(missing)s of %(total)s customers: no complete address", missing=without_address, total=total)
            )
        if without_mail:
            texts.append(
                _lt("%(missing)s of %(total)s customers: no e-mail address", missing=without_mail, total=total)
            )
        behind = {"model": "res.partner", "domain": list(customers & (no_address | no_mail) if texts else customers)}
        if not complete:
            return failed(*texts, started=True, **behind)
        return passed(_lt("Customers with a complete address and e-mail: %(count)s", count=complete), *texts, **behind)

    def _check_first_product(self, company):
        templates = self.env["product.template"]
        products = Domain("sale_ok", "=", True) & Domain("company_id", "in", [False, company.id])
        priced = Domain("list_price", ">", 0)
        taxed = Domain("taxes_id.company_id", "parent_of", company.id)
        total = templates.search_count(products)
        if not total:
            return failed(_lt("There is no product or service to sell yet"), model="product.template")
        texts = []
        no_price = total - templates.search_count(products & priced)
        if no_price:
            texts.append(_lt("%(missing)s of %(total)s products: no sales price", missing=no_price, total=total))
        no_tax = total - templates.search_count(products & taxed)
        if no_tax:
            texts.append(
                _lt("%(missing)s of %(total)s products: no VAT rate of your firm", missing=no_tax, total=total)
            )
        ready = templates.search_count(products & priced & taxed)
        behind = {"model": "product.template", "domain": list(products)}
        if not ready:
            return failed(*texts, started=True, **behind)
        return passed(_lt("Products with a price and a VAT rate: %(count)s", count=ready), *texts, **behind)

    def _customer_invoices(self, company, *conditions):
        return [("company_id", "=", company.id), ("move_type", "=", "out_invoice"), *conditions]

    def _check_first_invoice(self, company):
        moves = self.env["account.move"]
        # One of 0.00 says nothing about price or tax.
        confirmed = self._customer_invoices(company, ("state", "=", "posted"), ("amount_total", ">", 0))
        first = moves.search(confirmed, limit=1, order="id")
        if first:
            return passed(
                _lt("First confirmed invoice: %(name)s", name=first.name), model="account.move", domain=confirmed
            )
        drafts = self._customer_invoices(company, ("state", "=", "draft"))
        count = moves.search_count(drafts)
        if count:
            return failed(
                _lt("Customer invoices that are still drafts: %(count)s", count=count),
                started=True,
                model="account.move",
                domain=drafts,
            )
        return failed(_lt("There is no customer invoice yet"))

    def _check_invoice_sent(self, company):
        moves = self.env["account.move"]
        posted = self._customer_invoices(company, ("state", "=", "posted"))
        sent = moves.search([*posted, ("is_move_sent", "=", True)], limit=LATEST, order="id DESC")
        if "peppol_move_state" in moves._fields:
            delivered = sent.filtered(lambda move: move.peppol_move_state in ("processing", "done"))
            if delivered:
                return passed(
                    _lt("%(name)s was handed over to Peppol", name=delivered[0].name),
                    model="account.move",
                    domain=[("id", "in", delivered.ids)],
                )
        mailed, unsent = self._mailed_invoices(sent)
        if mailed:
            return passed(
                _lt("%(name)s left by e-mail", name=mailed[0].name),
                model="account.move",
                domain=[("id", "in", mailed.ids)],
            )
        if unsent:
            return failed(
                _lt("%(name)s: the e-mail has not left", name=unsent[0].name),
                started=True,
                model="account.move",
                domain=[("id", "in", unsent.ids)],
            )
        if sent:
            return failed(
                _lt("%(name)s was printed or downloaded, not sent by e-mail or Peppol", name=sent[0].name),
                started=True,
                model="account.move",
                domain=[("id", "in", sent.ids)],
            )
        return failed(_lt("No customer invoice has been sent"), model="account.move", domain=posted)

    def _mailed_invoices(self, invoices):
        """:return: (invoices whose e-mail left, invoices whose e-mail is waiting, was refused or came back)"""
        messages = self.env["mail.message"].search(
            [
                ("model", "=", "account.move"),
                ("res_id", "in", invoices.ids),
                ("message_type", "in", ("comment", "email_outgoing")),
                ("partner_ids", "!=", False),
                ("attachment_ids", "!=", False),
            ]
        )
        # Core deletes the notifications of e-mails that left after some months; what did not leave stays.
        waiting = self.env["mail.notification"].search(
            [
                ("mail_message_id", "in", messages.ids),
                ("notification_type", "=", "email"),
                ("notification_status", "not in", ("sent", "canceled")),
            ]
        )
        left = set((messages - waiting.mail_message_id).mapped("res_id"))
        tried = set(messages.mapped("res_id"))
        mailed = invoices.filtered(lambda move: move.id in left)
        return mailed, invoices.filtered(lambda move: move.id in tried) - mailed
