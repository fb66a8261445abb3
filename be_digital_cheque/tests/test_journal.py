# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import CatalogueCase


@tagged("post_install", "-at_install")
class TestJournal(CatalogueCase):
    """Corrections are told in the history of the programme."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kmo = cls.env.ref("be_digital_cheque.programme_fla_kmo")
        cls.version = cls.env.ref("be_digital_cheque.version_fla_kmo_2026")

    def last_note(self):
        return self.kmo.message_ids.sorted("id")[-1].body

    def test_rate(self):
        self.version.rate_ids[0].rate = 0.4
        self.assertIn("since 1 Feb 2026: 40% (Small)", self.last_note())
        self.assertIn("Rate: 30% → 40%", self.last_note())

    def test_limit(self):
        self.version.limit_ids[0].write({"amount": 8000, "basis": "cost"})
        note = str(self.last_note()).replace("&nbsp;", " ")
        self.assertIn("Amount: 7,500.00 € → 8,000.00 €", note)
        self.assertIn("Counts: of aid → of cost", note)

    def test_dates_and_unknown(self):
        self.version.write({"date_to": "2026-12-31", "date_to_estimated": True})
        self.assertIn("In Force Until: – → 12/31/2026", self.last_note())
        self.assertIn("End Estimated: no → yes", self.last_note())

    def test_added_and_deleted(self):
        rate = self.version.rate_ids.create({"version_id": self.version.id, "rate": 0.1, "size": "large"})
        self.assertIn("Added", self.last_note())
        rate.unlink()
        self.assertIn("10% (Large)", self.last_note())
        self.assertIn("Deleted", self.last_note())

    def test_same_value_is_no_correction(self):
        before = len(self.kmo.message_ids)
        self.version.rate_ids[0].rate = 0.3
        self.assertEqual(len(self.kmo.message_ids), before)

    def test_installing_the_catalogue_fills_no_history(self):
        supplied = self.env["digital.cheque.programme"].search([("seed_values", "!=", False)])
        relance = supplied.filtered(lambda programme: programme.code == "wal_coworking")
        self.assertFalse(relance.message_ids)
