# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestAccess(CyberCommon):
    def test_an_employee_does_not_learn_what_is_weak(self):
        self.env["sme.cyber.finding"]._measure()
        self.assertIsNone(self.env["sme.cyber.page"].with_user(self.employee)._tile())
        for model in ("finding", "day", "device", "measure", "check"):
            with self.assertRaises(AccessError):
                self.env[f"sme.cyber.{model}"].with_user(self.employee).search([])
        with self.assertRaises(AccessError):
            self.env["sme.cyber.page"].with_user(self.employee).get_page()
        with self.assertRaises(AccessError):
            self.env["sme.cyber.finding"].with_user(self.employee).action_measure()

    def test_nobody_writes_a_finding(self):
        self.env["sme.cyber.finding"]._measure()
        finding = self.env["sme.cyber.finding"].search([], limit=1)
        for user in self.officer | self.admin:
            for operation in ("write", "create", "unlink"):
                self.assertFalse(finding.with_user(user).has_access(operation))

    def test_the_secret_of_the_backup_is_for_administrators(self):
        finding = self.finding("backup")
        self.assertIn("token=", finding.with_user(self.admin).instruction)
        self.assertNotIn("token=", finding.with_user(self.officer).instruction)

    def test_companies(self):
        other = self.env["res.company"].create({"name": "Gand Web BV"})
        device = self.env["sme.cyber.device"].create({"name": "Theirs", "company_id": other.id})
        measure = self.env["sme.cyber.measure"].create({"kind": "network", "answer": "no", "company_id": other.id})
        for record in (device, measure):
            with self.assertRaises(AccessError):
                record.with_user(self.officer).read(["company_id"])
            with self.assertRaises(AccessError):
                self.env[record._name].with_user(self.officer).create(
                    {
                        "company_id": other.id,
                        **({"name": "x"} if record == device else {"kind": "logs", "answer": "no"}),
                    }
                )
