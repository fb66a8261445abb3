# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged

from .common import ONE, EnterpriseCase


@tagged("post_install", "-at_install")
class TestAccess(EnterpriseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = new_test_user(cls.env, "facts_employee", groups="base.group_user")
        cls.bookkeeper = new_test_user(cls.env, "facts_bookkeeper", groups="account.group_account_user")
        cls.customer = new_test_user(cls.env, "facts_customer", groups="base.group_portal")
        cls.partner = cls.company_contact(company_registry=ONE)
        cls.place = cls.env["be.establishment"].create({"name": "Shop", "zip": "1000", "partner_id": cls.partner.id})
        cls.year = cls.env["be.size.year"].create(
            {"partner_id": cls.partner.id, "closed_on": "2024-12-31", "staff": 3, "turnover": 1, "balance": 1}
        )
        cls.holding = cls.env["be.holding"].create(
            {"owner_id": cls.company_contact().id, "owned_id": cls.partner.id, "share": 30}
        )

    def test_an_employee_sees_places_and_the_class_but_no_figures(self):
        self.assertEqual(self.place.with_user(self.employee).region, "brussels")
        partner = self.partner.with_user(self.employee)
        self.assertEqual(partner.be_enterprise_number[:4], ONE[:4])
        self.assertTrue(partner.be_size)
        for record in (self.year, self.holding):
            with self.assertRaises(AccessError):
                record.with_user(self.employee).read([])
        for name in ("be_size_working", "be_code_size_working", "be_size_year_ids", "be_public_body"):
            with self.assertRaises(AccessError):
                partner.read([name])
        with self.assertRaises(AccessError):
            self.place.with_user(self.employee).name = "Mine"

    def test_a_bookkeeper_keeps_the_figures(self):
        self.year.with_user(self.bookkeeper).turnover = 2
        self.holding.with_user(self.bookkeeper).share = 40
        self.assertEqual(self.year.turnover, 2)

    def test_a_customer_reaches_nothing(self):
        for record in (self.place, self.year, self.holding, self.env["be.nace.code"].search([], limit=1)):
            with self.assertRaises(AccessError):
                record.with_user(self.customer).read([])

    def test_a_customer_does_not_read_its_own_size(self):
        own = self.customer.partner_id.with_user(self.customer)
        self.assertTrue(own.read(["be_enterprise_number"]))
        for name in ("be_size", "be_size_working", "be_quality_issue"):
            with self.assertRaises(AccessError):
                own.read([name])

    def test_forms_open_for_everyone_who_may_see_a_contact(self):
        for user in (self.employee, self.bookkeeper):
            views = self.partner.with_user(user).get_views([(False, "form"), (False, "search")])
            self.assertIn("be_enterprise_number", views["views"]["form"]["arch"])
        with Form(self.partner.with_user(self.env.ref("base.user_admin"))) as form:
            form.name = "Renamed"

    def test_other_companies_records_are_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Other", "country_id": self.belgium.id})
        self.partner.company_id = company
        manager = new_test_user(self.env, "facts_manager", groups="base.group_user,base.group_partner_manager")
        for record in (self.place, self.year, self.holding):
            self.assertFalse(record.with_user(manager).search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                record.with_user(manager).check_access("read")
        manager.company_ids += company
        allowed = self.place.with_user(manager).with_context(allowed_company_ids=company.ids)
        self.assertTrue(allowed.search([("id", "=", self.place.id)]))
