# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from freezegun import freeze_time

from odoo.tests import TransactionCase, tagged

from odoo.addons.sme_cyber.models.sme_cyber_measure import KINDS


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01")
class TestSteps(TransactionCase):
    def setUp(self):
        super().setUp()
        self.company = self.env["res.company"].create({"name": "Atelier Ourthe SRL"})

    def outcome(self, code):
        step = self.env.ref(f"sme_onboarding_cyber.step_{code}")
        outcome = self.env["sme.onboarding.check"]._run(step, self.company)
        return outcome.status, outcome.started

    def test_high_risks(self):
        findings = self.env["sme.cyber.finding"]
        findings.search([]).unlink()
        self.assertEqual(self.outcome("high_risks"), ("unmeasured", False))
        self.env["ir.config_parameter"].set_param("web.base.url", "http://10.0.0.4:8069")
        findings._measure()
        self.assertEqual(self.outcome("high_risks"), ("failed", True))
        findings.search([]).write({"status": "ok"})
        self.assertEqual(self.outcome("high_risks"), ("passed", False))
        findings.search([("check_id.code", "=", "backup")]).status = "unknown"
        self.assertEqual(self.outcome("high_risks"), ("failed", True), "not known is not in order")

    def test_devices(self):
        self.assertEqual(self.outcome("devices"), ("failed", False))
        device = self.env["sme.cyber.device"].create(
            {
                "name": "Laptop",
                "company_id": self.company.id,
                "system_id": self.env.ref("sme_cyber.system_windows_10").id,
            }
        )
        self.assertEqual(self.outcome("devices"), ("failed", True))
        device.system_id = self.env.ref("sme_cyber.system_windows_11_25h2")
        self.assertEqual(self.outcome("devices"), ("passed", False))

    def test_declared_measures(self):
        self.assertEqual(self.outcome("declared"), ("failed", False))
        for kind, _name in KINDS:
            self.env["sme.cyber.measure"].create(
                {"kind": kind, "company_id": self.company.id, "evidence": "Folder 7", "declared_on": "2026-04-20"}
            )
        self.assertEqual(self.outcome("declared"), ("passed", False))
        self.env.invalidate_all()
        with freeze_time("2026-06-15"):
            self.assertEqual(self.outcome("declared"), ("failed", True), "log-ins are looked through each month")
