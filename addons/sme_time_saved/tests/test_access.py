# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TimeSavedCommon


@tagged("post_install", "-at_install")
class TestAccess(TimeSavedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bill_here = cls.bill()
        cls.env.flush_all()
        cls.counter._count(cls.bill_here)
        cls.event = cls.events.search([("res_id", "=", cls.bill_here.id), ("res_model", "=", "account.move")])

    def test_an_employee_reads_and_changes_nothing(self):
        page = self.env["sme.time.page"].with_user(self.employee).get_page("2026-03-01")
        self.assertEqual(page["lines"][0]["count"], 1)
        self.assertFalse(page["may_change"])
        event = self.event.with_user(self.employee)
        self.assertEqual((event.date.year, event.record_name), (2026, False))
        self.assertEqual(self.event.record_name, self.bill_here.display_name)
        with self.assertRaises(AccessError):
            event.action_open_record()
        with self.assertRaises(AccessError):
            self.kind("bill_imported").with_user(self.employee).active = False
        with self.assertRaises(AccessError):
            self.env["sme.time.page"].with_user(self.employee).count_now()
        with self.assertRaises(AccessError):
            self.env["sme.time.rate"].with_user(self.employee).create(
                {"kind_id": self.kind("bill_imported").id, "value": 1, "source": "x"}
            )

    def test_nobody_writes_the_ledger(self):
        for record in (self.event, self.env["sme.time.line"].search([("company_id", "=", self.company.id)])):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(record.with_user(self.owner).has_access(operation), (record._name, operation))

    def test_the_figures_that_ship_stay(self):
        shipped = self.env.ref("sme_time_saved.rate_bill_imported").with_user(self.owner)
        self.assertEqual(shipped.value, 7)
        with self.assertRaises(AccessError):
            shipped.value = 1
        with self.assertRaises(AccessError):
            self.env["sme.time.rate"].with_user(self.owner).create(
                {"kind_id": shipped.kind_id.id, "company_id": False, "value": 1, "source": "x", "start": "2026-01-01"}
            )

    def test_another_company_sees_none_of_it(self):
        other = self.env["res.company"].create({"name": "Gand Web BV"})
        stranger = self.make_user("stranger", "base.group_user")
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        page = self.env["sme.time.page"].with_user(stranger).with_company(other).get_page("2026-03-01")
        self.assertEqual(page["lines"], [])
        self.assertFalse(self.events.with_user(stranger).search([("id", "=", self.event.id)]))
