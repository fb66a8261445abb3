# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CatalogueCase


@tagged("post_install", "-at_install")
class TestConstraints(CatalogueCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kmo = cls.env.ref("be_digital_cheque.programme_fla_kmo")
        cls.version = cls.env.ref("be_digital_cheque.version_fla_kmo_2026")

    def add_version(self, **values):
        return self.env["digital.cheque.programme.version"].create({"programme_id": self.kmo.id, **values})

    def test_overlap_is_told_with_both_periods(self):
        with self.assertRaisesRegex(
            ValidationError,
            r"Kmo-portefeuille: two sets of rules cannot be in force on the same day.*since 1 Feb 2026.*End the",
        ):
            self.add_version(date_from="2027-01-01")

    def test_overlap_by_moving_or_restoring(self):
        first = self.env.ref("be_digital_cheque.version_fla_kmo_2016")
        with self.assertRaises(ValidationError):
            first.date_to = "2019-12-01"
        aside = self.add_version(date_from="2027-01-01", active=False)
        with self.assertRaises(ValidationError):
            aside.active = True

    def test_no_overlap(self):
        self.version.date_to = "2026-12-31"
        self.assertEqual(self.add_version(date_from="2027-01-01").period, "since 1 Jan 2027")

    def test_messages_of_the_database(self):
        cases = (
            ("digital.cheque.programme.version", "_dates_in_order", "lies before their first day"),
            ("digital.cheque.programme.rate", "_rate_positive", "Leave a rate that you do not know out"),
            ("digital.cheque.programme.limit", "_amount_positive", "Leave an amount that you do not know out"),
            ("digital.cheque.programme", "_code_unique", "has this short name already"),
        )
        for model, name, words in cases:
            with self.subTest(name):
                constraint = self.env[model]._table_objects[f"{self.env[model]._table}{name}"]
                self.assertIn(words, constraint.get_error_message(self.env[model]))

    @mute_logger("odoo.sql_db")
    def test_refused_values(self):
        attempts = {
            "backwards": lambda: self.version.write({"date_to": "2026-01-31"}),
            "zero rate": lambda: self.version.rate_ids.create({"version_id": self.version.id, "rate": 0}),
            "range upside down": lambda: self.version.rate_ids[0].write({"rate": 0.5, "rate_max": 0.4}),
            "zero ceiling": lambda: self.version.limit_ids.create({"version_id": self.version.id, "amount": 0}),
            "code twice": lambda: self.kmo.copy({"code": "fed_120"}),
        }
        for name, attempt in attempts.items():
            with self.subTest(name), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                attempt()
                self.env.flush_all()

    def test_aid_above_the_cost(self):
        with self.assertRaisesRegex(ValidationError, "120% is too high: aid cannot exceed the cost"):
            self.version.rate_ids[0].rate = 1.2

    def test_deduction_above_the_cost(self):
        deduction = self.env.ref("be_digital_cheque.version_fed_120_2024").rate_ids
        deduction.rate = 1.5
        with self.assertRaises(ValidationError):
            deduction.rate = 2.1

    def test_single_rate_is_its_own_maximum(self):
        rate = self.version.rate_ids.create({"version_id": self.version.id, "rate": 0.25, "purpose": "Test"})
        self.assertEqual(rate.rate_max, 0.25)
        rate.rate = 0.5
        self.assertEqual(rate.rate_max, 0.5)

    def test_supplied_records_are_archived_instead_of_deleted(self):
        for record in (self.kmo, self.version, self.kmo.authority_id, self.version.source_ids[0]):
            with self.subTest(record._name), self.assertRaisesRegex(UserError, "Archive it instead"):
                record.unlink()
        own = self.kmo.copy({"code": "test_own"})
        own.unlink()
        self.assertFalse(own.exists())

    def test_supplied_figures_are_archived_when_deleted(self):
        rate = self.version.rate_ids[0]
        own = rate.copy({"purpose": "Own"})
        (rate | own).unlink()
        self.assertFalse(own.exists())
        self.assertTrue(rate.exists())
        self.assertFalse(rate.active)
        self.assertNotIn(rate, self.version.rate_ids)

    def test_age_must_be_positive(self):
        with self.assertRaisesRegex(ValidationError, "at least 1 day"):
            self.env["res.config.settings"].create({"digital_cheque_verify_after_days": 0})
