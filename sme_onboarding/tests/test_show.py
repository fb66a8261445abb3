# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests import tagged

from .test_tours import TourCommon


@tagged("post_install", "-at_install")
class TestShow(TourCommon):
    """The guided tours work on the real screens: each is run as somebody would follow it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["account.chart.template"].try_loading("be_comp", cls.company, install_demo=False)
        cls.company.write({"vat": "BE0999999922", "street": "Rue des Guillemins 27"})
        cls.env["res.partner"].create(
            {"name": "Ourthe Client", "is_company": True, "country_id": cls.company.country_id.id}
        )
        cls.product = (
            cls.env["product.product"]
            .with_company(cls.company)
            .create(
                {
                    "name": "Ourthe Chair",
                    "list_price": 100,
                    "taxes_id": [Command.set(cls.company.account_sale_tax_id.ids)],
                    "supplier_taxes_id": [Command.set(cls.company.account_purchase_tax_id.ids)],
                }
            )
        )

    def _installed(self, module):
        return module in self.env["ir.module.module"]._installed()

    def _show(self, tour, path):
        self.owner.lang = "en_US"
        self.start_tour(path, tour, login=self.owner.login)

    def test_invoice(self):
        self._show("sme_onboarding_show_invoice", "/odoo/customer-invoices")
        invoice = self.env["account.move"].search(
            [("company_id", "=", self.company.id), ("move_type", "=", "out_invoice")]
        )
        self.assertEqual((invoice.state, invoice.amount_untaxed), ("posted", 100))

    def test_bill(self):
        self._show("sme_onboarding_show_bill", "/odoo/vendor-bills")
        bill = self.env["account.move"].search([("company_id", "=", self.company.id), ("move_type", "=", "in_invoice")])
        self.assertEqual((len(bill), bill.amount_untaxed), (1, 50))

    def test_order(self):
        if not self._installed("sale_management"):
            self.skipTest("sale_management is not installed")
        self.owner.group_ids |= self.env.ref("sales_team.group_sale_manager")
        self._show("sme_onboarding_show_order", "/odoo/sales")
        order = self.env["sale.order"].search([("company_id", "=", self.company.id)])
        self.assertEqual((order.state, order.amount_untaxed), ("sale", 100))

    def test_stock(self):
        if not self._installed("stock"):
            self.skipTest("stock is not installed")
        self.product.is_storable = True
        self.owner.group_ids |= self.env.ref("stock.group_stock_manager")
        self._show("sme_onboarding_show_stock", "/odoo/receipts")
        move = self.env["stock.move"].search([("company_id", "=", self.company.id)])
        self.assertEqual((move.state, move.quantity), ("done", 5))

    def test_a_tour_that_was_asked_for_is_not_followed_by_others(self):
        self.owner.tour_enabled = True
        tours = self.env["web_tour.tour"].with_user(self.owner)
        self.assertFalse(tours.consume("sme_onboarding_show_invoice"))
        self.assertFalse(self.owner.tour_enabled)
