# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from ..engine import number
from .common import ONE, OTHER


@tagged("post_install", "-at_install")
class TestPortal(HttpCase):
    """The address form of the portal; the web shop's address form runs the same methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = new_test_user(cls.env, "number_customer", groups="base.group_portal")
        cls.partner = cls.customer.partner_id
        cls.partner.write({"country_id": cls.env.ref("base.be").id, "is_company": True})

    def submit(self, **values):
        self.authenticate("number_customer", "number_customer")
        data = {
            "csrf_token": Request.csrf_token(self),
            "partner_id": str(self.partner.id),
            "address_type": "billing",
            "use_delivery_as_billing": "true",
            "name": self.partner.name,
            "email": "a@example.com",
            "phone": "+32 4 000 00 00",
            "street": "Rue 1",
            "city": "Liège",
            "zip": "4000",
            "country_id": str(self.env.ref("base.be").id),
            **values,
        }
        return self.url_open("/my/address/submit", data=data).json()

    def test_the_form_asks_for_it(self):
        self.partner.company_registry = ONE
        self.authenticate("number_customer", "number_customer")
        page = self.url_open("/my/account").text
        self.assertIn('name="be_enterprise_number"', page)
        self.assertIn(number.format_enterprise(ONE), page)

    def test_a_right_number_is_kept_in_one_writing(self):
        answer = self.submit(be_enterprise_number=f"BE {number.format_enterprise(ONE)}")
        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.partner.company_registry, ONE)

    def test_a_wrong_number_is_said_on_its_field(self):
        answer = self.submit(be_enterprise_number="0477472702")
        self.assertEqual(answer["invalid_fields"], ["be_enterprise_number"])
        self.assertIn("0477472702", answer["messages"][0])
        self.assertFalse(self.partner.company_registry)

    def test_a_wrong_vat_number_is_said_too(self):
        answer = self.submit(vat="BE0477472702")
        self.assertEqual(answer["invalid_fields"], ["vat"])

    def test_no_number_is_fine_and_removes_it(self):
        self.partner.company_registry = ONE
        self.assertIn("redirectUrl", self.submit(be_enterprise_number=""))
        self.assertFalse(self.partner.company_registry)

    def test_left_out_by_another_form_it_stays(self):
        self.partner.company_registry = ONE
        self.assertIn("redirectUrl", self.submit())
        self.assertEqual(self.partner.company_registry, ONE)

    def test_a_contact_cannot_change_the_companys_number(self):
        company = self.env["res.partner"].create(
            {"name": "Firm", "is_company": True, "country_id": self.env.ref("base.be").id, "company_registry": ONE}
        )
        self.partner.write({"is_company": False, "parent_id": company.id})
        answer = self.submit(be_enterprise_number=OTHER)
        self.assertIn("be_enterprise_number", answer["invalid_fields"])
        self.assertEqual(company.company_registry, ONE)
        self.assertIn("redirectUrl", self.submit(be_enterprise_number=number.format_enterprise(ONE)))
