# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from ..engine import number
from .common import ONE


@tagged("post_install", "-at_install")
class TestShop(HttpCase):
    """The address form of the web shop, where that is installed: an anonymous customer gives its number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls.env["ir.module.module"]._get("website_sale").state != "installed":
            cls.skipTest(cls, "website_sale is not installed")
        cls.product = cls.env["product.product"].create(
            {"name": "Bread", "list_price": 3.0, "website_published": True, "type": "consu"}
        )

    def submit(self, **values):
        self.authenticate(None, None)
        self.make_jsonrpc_request(
            "/shop/cart/add",
            {
                "product_template_id": self.product.product_tmpl_id.id,
                "product_id": self.product.id,
                "quantity": 1,
            },
        )
        data = {
            "csrf_token": Request.csrf_token(self),
            "address_type": "billing",
            "use_delivery_as_billing": "true",
            "name": "Anonymous Baker",
            "email": "shop-baker@example.com",
            "phone": "+32 4 000 00 00",
            "street": "Rue 1",
            "city": "Liège",
            "zip": "4000",
            "country_id": str(self.env.ref("base.be").id),
            **values,
        }
        answer = self.url_open("/shop/address/submit", data=data).json()
        return answer, self.env["res.partner"].search([("email", "=", "shop-baker@example.com")])

    def test_a_right_number_is_kept(self):
        answer, partner = self.submit(be_enterprise_number=number.format_enterprise(ONE))
        self.assertIn("redirectUrl", answer)
        self.assertEqual(partner.company_registry, ONE)

    def test_a_wrong_number_is_said_on_its_field(self):
        answer, partner = self.submit(be_enterprise_number="0477472702")
        self.assertEqual(answer["invalid_fields"], ["be_enterprise_number"])
        self.assertFalse(partner)

    def test_the_form_asks_for_it(self):
        self.submit(be_enterprise_number="0477472702")
        self.assertIn('name="be_enterprise_number"', self.url_open("/shop/address").text)
