# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestBackup(TransactionCase):
    def test_what_is_reported_to_the_first_steps_counts_here(self):
        sensor = self.env["sme.cyber.sensor"]
        self.env["ir.config_parameter"].search([("key", "=", "sme_cyber.backup_on")]).unlink()
        self.env["sme.backup.job"].search([]).unlink()
        self.assertIsNone(sensor._backup_on())
        job = self.env["sme.backup.job"].create({"name": "Nightly"})
        self.env["sme.backup.job"]._report(job.token, "backup")
        self.assertEqual(sensor._backup_on(), job.backup_on)
        newer = job.backup_on + timedelta(hours=1)
        self.env["ir.config_parameter"].set_param("sme_cyber.backup_on", fields.Datetime.to_string(newer))
        self.assertEqual(sensor._backup_on(), newer)
