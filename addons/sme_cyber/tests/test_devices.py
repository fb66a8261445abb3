# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import CyberCommon


@tagged("post_install", "-at_install")
class TestDevices(CyberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.devices = cls.env["sme.cyber.device"].with_company(cls.company)
        cls.env["sme.cyber.device"].search([]).action_archive()
        cls.old = cls.device("Old laptop", "windows_10")
        cls.new = cls.device("New laptop", "windows_11_25h2", at_home=True)
        cls.phone = cls.device("Phone", "android", kind="phone")

    @classmethod
    def device(cls, name, system, **values):
        system = cls.env.ref(f"sme_cyber.system_{system}")
        return cls.devices.create({"name": name, "system_id": system.id, "company_id": cls.company.id, **values})

    @freeze_time("2026-05-01")
    def test_end_of_support(self):
        self.assertEqual(self.old.end, date(2025, 10, 14))
        found = [device.state for device in (self.old, self.new, self.phone)]
        self.assertEqual(found, ["ended", "supported", "unknown"])
        self.phone.own_end = "2026-07-31"
        self.assertEqual(self.phone.state, "soon")
        mine = [("company_id", "=", self.company.id)]
        self.assertEqual(self.devices.search([*mine, ("state", "in", ["ended", "soon"])]), self.old | self.phone)

    @freeze_time("2026-05-01")
    def test_an_officer_is_told_once_and_again_when_the_day_changes(self):
        mails = self.env["mail.mail"]

        def told():
            before = mails.search([])
            self.devices._warn()
            new = mails.search([]) - before
            return sorted(new.mapped("email_to")), "".join(new.mapped("body_html"))

        readers, body = told()
        self.assertEqual(readers, sorted([self.admin.email_formatted, self.officer.email_formatted]))
        self.assertIn("Old laptop", body)
        self.assertNotIn("New laptop", body)
        self.assertEqual(told()[0], [])
        self.phone.own_end = "2026-07-31"
        self.assertIn("Phone", told()[1])

    @freeze_time("2026-05-01")
    def test_ready_to_work_from_home(self):
        def needs():
            page = self.env["sme.cyber.page"].with_user(self.officer).get_page()
            return {one["code"]: one["status"] for one in page["telework"]}

        self.parameters.set_param("web.base.url", "https://erp.ourthe.example")
        self.parameters.set_param("auth_totp.policy", "")
        self.env["sme.cyber.finding"]._measure()
        self.assertEqual(needs(), {"second_factor": "weak", "https": "ok", "devices": "ok", "disconnect": "unknown"})
        self.parameters.set_param("auth_totp.policy", "employee_required")
        self.env["sme.cyber.finding"]._measure()
        self.old.at_home = True
        self.env["sme.cyber.measure"].create(
            {"kind": "telework", "company_id": self.company.id, "evidence": "Annex 3 of the work rules"}
        )
        self.assertEqual(needs(), {"second_factor": "ok", "https": "ok", "devices": "weak", "disconnect": "ok"})
