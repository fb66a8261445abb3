# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..engine.outcome import LazyText, passed, unmeasured

_lt = LazyText(__name__)

SOCIAL = ("facebook", "instagram", "linkedin", "youtube", "tiktok", "twitter")


class SmeMaturityMeasure(models.AbstractModel):
    _inherit = "sme.maturity.measure"

    def _measure_website(self, company):
        if "website" not in self.env:
            return None, unmeasured(_lt("The website app is not installed; you may have a website elsewhere"))
        sites = self.env["website"].search([("company_id", "in", (False, company.id)), ("domain", "!=", False)])
        if not sites:
            return None, unmeasured(_lt("No website with an address of its own in Odoo; you may have one elsewhere"))
        return 1, passed(
            _lt("Website: %(address)s", address=sites[0].domain), model="website", domain=[("id", "in", sites.ids)]
        )

    def _measure_social(self, company):
        profiles = [name for name in SOCIAL if f"social_{name}" in company._fields and company[f"social_{name}"]]
        if not profiles:
            return None, unmeasured(_lt("No profile is entered in Odoo; you may have one"))
        return 1, passed(
            _lt("Profiles entered: %(names)s", names=[name.capitalize() for name in profiles]),
            model="res.company",
            domain=[("id", "=", company.id)],
        )

    def _measure_crm(self, company):
        if "crm.lead" in self.env:
            domain = [("company_id", "in", (False, company.id)), ("create_date", ">=", self._since())]
            count = self.env["crm.lead"].search_count(domain)
            if count:
                return 1, passed(
                    _lt("Enquiries recorded in the past year: %(count)s", count=count), model="crm.lead", domain=domain
                )
        return None, unmeasured(_lt("No enquiry is recorded in Odoo; you may follow them up elsewhere"))

    def _web_orders(self, company):
        """The domain of confirmed web orders of a year, or None where there can be none."""
        if "sale.order" not in self.env or "website_id" not in self.env["sale.order"]._fields:
            return None
        return [
            ("company_id", "=", company.id),
            ("website_id", "!=", False),
            ("state", "=", "sale"),
            ("date_order", ">=", self._since()),
        ]

    def _measure_web_orders(self, company):
        domain = self._web_orders(company)
        count = self.env["sale.order"].search_count(domain) if domain else 0
        if not count:
            return None, unmeasured(_lt("No order came through a web shop in Odoo; you may use another one"))
        return 1, passed(_lt("Web orders in the past year: %(count)s", count=count), model="sale.order", domain=domain)

    def _web_and_turnover(self, company):
        """:return: (web orders to businesses, web orders to consumers, turnover invoiced), a year, before tax, in the
        company's currency; None where there are no web orders or no turnover"""
        domain = self._web_orders(company)
        orders = self.env["sale.order"].search(domain) if domain else ()
        if not orders:
            return None
        amounts = {True: 0.0, False: 0.0}
        for order in orders:
            rate = order.currency_rate or 1.0
            amounts[order.partner_id.commercial_partner_id.is_company] += order.amount_untaxed / rate
        [(turnover,)] = self.env["account.move"]._read_group(
            self._posted(company, "out_invoice", "out_refund"), aggregates=["amount_untaxed_signed:sum"]
        )
        return (amounts[True], amounts[False], turnover) if turnover and turnover > 0 else None

    def _measure_e_sales(self, company):
        figures = self._web_and_turnover(company)
        if not figures or 100 * (figures[0] + figures[1]) < figures[2]:
            return None, unmeasured(
                _lt("Web orders in Odoo are less than a hundredth of the turnover; others may come another way")
            )
        share = 100 * (figures[0] + figures[1]) / figures[2]
        return 1, passed(
            _lt("Web orders are %(share)s %% of the turnover of the past year", share=round(share)),
            model="sale.order",
            domain=self._web_orders(company),
        )

    def _measure_web_b2c(self, company):
        figures = self._web_and_turnover(company)
        if not figures:
            return None, unmeasured(_lt("No order came through a web shop in Odoo; you may use another one"))
        business, consumers, turnover = figures
        if 100 * (business + consumers) <= turnover or 10 * consumers <= business + consumers:
            return None, unmeasured(_lt("Too few web orders in Odoo to tell; others may come another way"))
        return 1, passed(
            _lt(
                "%(share)s %% of the web orders of the past year are from consumers",
                share=round(100 * consumers / (business + consumers)),
            ),
            model="sale.order",
            domain=self._web_orders(company),
        )
