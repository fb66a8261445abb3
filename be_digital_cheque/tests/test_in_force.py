# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import CatalogueCase


@tagged("post_install", "-at_install")
class TestInForce(CatalogueCase):
    def on(self, day):
        return self.env["digital.cheque.programme"].with_context(digital_cheque_date=day)

    def programme(self, code, day):
        return self.on(day).search([("code", "=", code)])

    def test_rules_of_a_day(self):
        for day, version, rate in (
            ("2016-03-31", "2016", None),
            ("2018-01-01", "2016", "40%"),
            ("2019-11-30", "2016", "40%"),
            ("2019-12-01", "2019", "30%"),
            ("2025-01-01", "2024", "30% to 45%"),
            ("2026-02-01", "2026", "30% to 45%"),
        ):
            with self.subTest(day):
                kmo = self.programme("fla_kmo", day)
                self.assertEqual(kmo.current_version_id, self.env.ref(f"be_digital_cheque.version_fla_kmo_{version}"))
                if rate:
                    self.assertTrue(kmo.in_force)
                    self.assertEqual(kmo.range_small, rate)
                else:
                    self.assertFalse(kmo.in_force)
                    self.assertEqual(kmo.status, "upcoming")

    def test_status(self):
        for code, day, status in (
            ("wal_relance", "2023-11-24", "open"),
            ("wal_relance", "2023-11-25", "closed"),
            ("wal_coworking", "2026-11-23", "closed"),
            ("wal_cyber", "2026-11-23", "reform"),
            ("bru_digital", "2026-11-23", "budget_risk"),
            ("fla_growth", "2026-11-23", "closed"),
            ("fed_120", "2023-12-31", "upcoming"),
            ("fed_120", "2027-12-31", "open"),
            ("fed_120", "2028-01-01", "closed"),
        ):
            with self.subTest(f"{code} {day}"):
                self.assertEqual(self.programme(code, day).status, status)

    def test_programme_without_rules(self):
        programme = self.env["digital.cheque.programme"].create(
            {
                "name": "New",
                "code": "test_new",
                "region": "federal",
                "authority_id": self.env.ref("be_digital_cheque.authority_fin").id,
            }
        )
        self.assertEqual(programme.status, "unknown")
        self.assertFalse(programme.in_force)
        self.assertTrue(programme.needs_verification)

    def test_searches_agree_with_the_fields(self):
        for day in ("2018-06-01", "2024-06-01", "2026-11-23", "2028-06-01"):
            programmes = self.on(day)
            every = programmes.search([])
            for name, value in (
                ("in_force", True),
                ("in_force", False),
                ("status", "closed"),
                ("status", "upcoming"),
                ("needs_verification", True),
                ("lowest_confidence", "memory"),
            ):
                with self.subTest(f"{day} {name} {value}"):
                    self.assertEqual(
                        programmes.search([(name, "=", value)]), every.filtered(lambda p, n=name, v=value: p[n] == v)
                    )
            versions = self.env["digital.cheque.programme.version"].with_context(digital_cheque_date=day)
            every = versions.search([])
            for name in ("in_force", "needs_verification"):
                for value in (True, False):
                    with self.subTest(f"version {day} {name} {value}"):
                        self.assertEqual(
                            versions.search([(name, "=", value)]),
                            every.filtered(lambda v, n=name, x=value: v[n] == x),
                        )

    def test_figures_grow_old(self):
        self.assertFalse(self.programme("fla_sts", "2026-11-23").needs_verification)
        self.assertFalse(self.programme("fla_sts", "2027-05-22").needs_verification, "180 days later")
        self.assertTrue(self.programme("fla_sts", "2027-05-23").needs_verification, "181 days later")
        self.env["ir.config_parameter"].set_param("be_digital_cheque.verify_after_days", "10")
        self.assertFalse(self.programme("fla_sts", "2026-12-03").needs_verification)
        self.assertTrue(self.programme("fla_sts", "2026-12-04").needs_verification)

    def test_never_verified_asks_for_it_until_it_is_closed(self):
        self.assertTrue(self.programme("wal_cyber", "2026-11-23").needs_verification)
        self.assertFalse(self.programme("bru_web", "2026-11-23").needs_verification, "closed")

    def test_overview_counts_what_the_filters_find(self):
        programmes = self.on("2026-11-23")
        overview = programmes.catalogue_overview()
        for key, domain in (
            ("in_force", [("in_force", "=", True)]),
            ("at_risk", [("status", "in", ["reform", "budget_risk"])]),
            ("to_verify", [("needs_verification", "=", True)]),
            ("closed", [("status", "=", "closed")]),
        ):
            self.assertEqual(overview[key], programmes.search_count(domain), key)
            self.assertTrue(overview[key])

    def test_confidence_of_a_programme_is_that_of_its_weakest_figure(self):
        self.assertEqual(self.programme("wal_cyber", "2026-11-23").lowest_confidence, "conflicting")
        self.assertEqual(self.programme("fed_120", "2026-11-23").lowest_confidence, "certain")

    def test_next_rules(self):
        version = self.env.ref("be_digital_cheque.version_fla_kmo_2026").with_context(digital_cheque_date="2026-11-23")
        action = version.action_add_next()
        copy = version.browse(action["res_id"])
        self.assertEqual(version.date_to.isoformat(), "2026-11-23")
        self.assertEqual(copy.date_from.isoformat(), "2026-11-24")
        self.assertEqual(len(copy.rate_ids), len(version.rate_ids))
        self.assertEqual(len(copy.limit_ids), len(version.limit_ids))
        self.assertTrue(copy.needs_verification)
        self.assertFalse(copy.seed_values)
        copy.action_mark_verified()
        self.assertFalse(copy.needs_verification)
        self.assertEqual(copy.programme_id.with_context(digital_cheque_date="2026-11-24").current_version_id, copy)
