# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import CatalogueCase

ROLLING, YEAR, PROJECT, TOTAL, UNKNOWN = "rolling_36_months", "calendar_year", "project", "total", "unknown"

SMALL_30_MEDIUM_20 = [("small", 0.30, 0.30, False), ("medium", 0.20, 0.20, False)]
SMALL_45_MEDIUM_35 = [("small", 0.45, 0.45, False), ("medium", 0.35, 0.35, False)]
# Version: rates as (size, lowest, highest, is it from memory?), as collected on 23 November 2026.
RATES = {
    "wal_maturity_before": [("sme", 0.75, 0.75, True)],
    "wal_maturity_2023": [("sme", 0.50, 0.50, False)],
    "wal_cyber_2018": [("sme", 0.75, 0.75, False)],
    "wal_cyber_2023": [("sme", 0.75, 0.75, False)],
    "wal_growth_diagnosis_2023": [("sme", 0.50, 0.50, False)],
    "wal_growth_support_2023": [("sme", 0.50, 0.50, False)],
    "wal_relance_2023": [("sme", 0.90, 0.90, False)],
    "bru_web_2019": [("small", 0.40, 0.60, True)],
    "bru_digital_2024": [("sme", 0.25, 0.70, False)],
    "bru_consultancy_2019": [("sme", 0.40, 0.60, False)],
    "bru_consultancy_2024": [("sme", 0.25, 0.70, False)],
    "bru_transition_consultancy_2024": [("sme", 0.50, 0.80, False)],
    "bru_transition_investment_2024": [("sme", 0.30, 0.50, False)],
    "bru_standards_2024": [("sme", 0.40, 0.40, False)],
    "fla_kmo_2016": [("small", 0.40, 0.40, False), ("medium", 0.30, 0.30, False)],
    "fla_kmo_2019": SMALL_30_MEDIUM_20,
    "fla_kmo_2021": [*SMALL_30_MEDIUM_20, *SMALL_45_MEDIUM_35],
    "fla_kmo_2024": [*SMALL_30_MEDIUM_20, *SMALL_45_MEDIUM_35, *SMALL_45_MEDIUM_35],
    "fla_kmo_2026": [*SMALL_30_MEDIUM_20, *SMALL_45_MEDIUM_35, *SMALL_45_MEDIUM_35],
    "fla_cyber_2021": [("sme", 0.45, 0.45, False)],
    "fla_cyber_2023": [("sme", 0.50, 0.50, False)],
    "fla_cyber_2024": [("sme", 0.50, 0.50, False), ("large", 0.35, 0.35, False)],
    "fla_growth_2024": [("sme", 0.50, 0.50, False)],
    "fla_sts_current": [("all", 0.08, 0.08, False), ("all", 0.20, 0.20, False)],
    "fed_120_2024": [("small", 1.20, 1.20, False)],
    "fed_investment_deduction_2025": [("small", 0.20, 0.20, False), ("small", 0.10, 0.10, False)],
}
# Version: limits as (kind, amount, period, basis), those of wallet and theme left out.
LIMITS = {
    "wal_maturity_2023": [("max", 50000, UNKNOWN, UNKNOWN)],
    "wal_cyber_2018": [("max", 50000, ROLLING, "cost")],
    "wal_cyber_2023": [("max", 50000, ROLLING, UNKNOWN)],
    "wal_growth_diagnosis_2023": [("max", 20000, UNKNOWN, UNKNOWN)],
    "wal_growth_support_2023": [("max", 50000, UNKNOWN, UNKNOWN)],
    "wal_relance_2023": [("max", 15000, TOTAL, UNKNOWN), ("max", 1900, UNKNOWN, UNKNOWN)],
    "bru_web_2019": [("max", 5000, UNKNOWN, UNKNOWN)],
    "bru_digital_2024": [("min", 500, PROJECT, "aid"), ("max", 10000, YEAR, "aid")],
    "bru_consultancy_2019": [("max", 10000, YEAR, UNKNOWN)],
    "bru_standards_2024": [("min", 5000, UNKNOWN, UNKNOWN)],
    "fla_kmo_2016": [("max", 10000, YEAR, "aid"), ("max", 15000, YEAR, "aid")],
    "fla_kmo_2019": [("max", 7500, YEAR, "aid")],
    "fla_kmo_2021": [("max", 7500, YEAR, "aid")],
    "fla_kmo_2024": [("max", 7500, YEAR, "aid"), ("min", 100, PROJECT, "cost"), ("min", 500, PROJECT, "cost")],
    "fla_kmo_2026": [("max", 7500, YEAR, "aid"), ("min", 100, PROJECT, "cost"), ("min", 500, PROJECT, "cost")],
    "fla_cyber_2021": [("min", 25000, PROJECT, UNKNOWN), ("max", 50000, PROJECT, UNKNOWN)],
    "fla_cyber_2023": [("min", 9200, PROJECT, UNKNOWN), ("max", 35000, PROJECT, UNKNOWN)],
    "fla_cyber_2024": [("min", 8500, PROJECT, UNKNOWN), ("max", 35000, PROJECT, UNKNOWN)],
    "fla_growth_2024": [
        ("min", 20000, PROJECT, "cost"),
        ("max", 25000, PROJECT, "aid"),
        ("max", 25000, PROJECT, "aid"),
    ],
    "fla_sts_current": [
        ("max", 1000000, UNKNOWN, UNKNOWN),
        ("min", 1000000, ROLLING, "cost"),
        ("min", 100000, ROLLING, "cost"),
    ],
}
# Version: first day, last day, is the first one estimated?, aid category.
PERIODS = {
    "wal_maturity_2023": ("2023-03-01", None, True, "de_minimis"),
    "wal_relance_2023": (None, "2023-11-24", False, "de_minimis"),
    "wal_investment_2025": ("2025-07-01", None, False, "gber"),
    "bru_digital_2024": ("2024-03-15", None, True, "de_minimis"),
    "fla_kmo_2016": ("2016-04-01", "2019-11-30", False, "unknown"),
    "fla_kmo_2019": ("2019-12-01", "2021-09-13", False, "unknown"),
    "fla_kmo_2021": ("2021-09-14", "2024-06-04", True, "unknown"),
    "fla_kmo_2024": ("2024-06-05", "2026-01-31", True, "unknown"),
    "fla_kmo_2026": ("2026-02-01", None, False, "unknown"),
    "fla_growth_2024": (None, "2024-12-15", False, "de_minimis"),
    "fla_digital_projects_2020": (None, "2020-09-08", False, "unknown"),
    "fed_120_2024": ("2024-01-01", "2027-12-31", False, "tax"),
    "fed_investment_deduction_2025": ("2025-01-01", None, False, "tax"),
}


@tagged("post_install", "-at_install")
class TestCatalogue(CatalogueCase):
    """The supplied catalogue says what the sources say, and is honest about what it does not know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.env["ir.model.data"].search(
            [("module", "=", "be_digital_cheque"), ("model", "=", "digital.cheque.programme.version")]
        )
        cls.versions = {
            row.name.removeprefix("version_"): cls.env["digital.cheque.programme.version"].browse(row.res_id)
            for row in data
        }
        cls.programmes = cls.env["digital.cheque.programme"].search([("seed_values", "!=", False)])

    def test_programmes_of_each_region(self):
        groups = dict(
            self.env["digital.cheque.programme"]._read_group(
                [("id", "in", self.programmes.ids)], ["region"], ["__count"]
            )
        )
        self.assertEqual(groups, {"wallonia": 10, "brussels": 6, "flanders": 6, "federal": 2})

    def test_programmes_of_my_region(self):
        company = self.env["res.company"].create({"name": "Atelier", "country_id": self.env.ref("base.be").id})
        programmes = self.env["digital.cheque.programme"].with_company(company)
        everything = programmes.search([])
        self.assertEqual(programmes.search([("in_my_region", "=", True)]), everything, "unknown leaves nothing out")
        company.zip = "4000"
        mine = programmes.search([("in_my_region", "=", True)])
        self.assertEqual(set(mine.mapped("region")), {"wallonia", "federal"})
        company.be_establishment_ids = [(0, 0, {"name": "Shop", "zip": "1000", "is_principal": True})]
        mine = programmes.search([("in_my_region", "=", True)])
        self.assertEqual(set(mine.mapped("region")), {"brussels", "federal"})

    def test_rates(self):
        for key, version in self.versions.items():
            with self.subTest(key):
                found = [
                    (rate.size, rate.rate, rate.rate_max, rate.confidence == "memory") for rate in version.rate_ids
                ]
                self.assertEqual(found, RATES.get(key, []))

    def test_limits(self):
        for key, version in self.versions.items():
            with self.subTest(key):
                own = version.limit_ids.filtered(lambda limit: limit.scope == "programme")
                found = [(limit.kind, limit.amount, limit.period, limit.basis) for limit in own]
                self.assertEqual(found, LIMITS.get(key, []))
                self.assertLessEqual(set(version.limit_ids.mapped("currency_id.name")), {"EUR"})

    def test_shared_ceilings_of_the_walloon_cheques(self):
        for code in ("wal_maturity", "wal_cyber", "wal_growth_diagnosis", "wal_growth_support"):
            with self.subTest(code):
                shared = self.versions[f"{code}_2023"].limit_ids.filtered(lambda limit: limit.scope != "programme")
                self.assertEqual(
                    [(limit.scope, limit.amount, limit.period) for limit in shared],
                    [("theme", 70000, UNKNOWN), ("wallet", 200000, ROLLING), ("wallet", 100000, YEAR)],
                )

    def test_periods_and_categories(self):
        for key, (start, end, estimated, category) in PERIODS.items():
            with self.subTest(key):
                version = self.versions[key]
                self.assertEqual(version.date_from.isoformat() if version.date_from else None, start)
                self.assertEqual(version.date_to.isoformat() if version.date_to else None, end)
                self.assertEqual(version.date_from_estimated, estimated)
                self.assertEqual(version.aid_category, category)

    def test_from_memory_is_never_verified_and_the_rest_has_a_source(self):
        for version in self.versions.values():
            for record in (version, *version.rate_ids, *version.limit_ids):
                with self.subTest(record.display_name):
                    if record.confidence == "memory":
                        self.assertFalse(record.verified_on)
                    else:
                        self.assertTrue(record.source_ids)
                        self.assertEqual(record.verified_on.isoformat(), "2026-11-23")
                    if record.confidence == "certain":
                        self.assertIn("official", record.source_ids.mapped("kind"))

    def test_only_authorities_are_linked(self):
        for source in self.env["digital.cheque.source"].search([("seed_values", "!=", False)]):
            with self.subTest(source.display_name):
                self.assertEqual(bool(source.url), source.kind == "official")

    def test_versions_do_not_overlap(self):
        for programme in self.programmes:
            with self.subTest(programme.code):
                self.assertFalse(programme._overlapping_versions())

    def test_unknown_is_not_zero(self):
        investment = self.env.ref("be_digital_cheque.programme_wal_investment")
        self.assertEqual(investment.rate_small, "not known")
        self.assertEqual(investment.ceiling, "not known")
        training = self.env.ref("be_digital_cheque.programme_wal_training")
        self.assertEqual(training.rate_small, "see “How to Apply”")

    def test_figures_in_words(self):
        kmo = self.env.ref("be_digital_cheque.programme_fla_kmo").with_context(digital_cheque_date="2026-11-23")
        self.assertEqual(kmo.rate_micro, "30%\n45% cybersecurity\n45% energy training")
        self.assertEqual(kmo.range_medium, "20% to 35%")
        self.assertEqual(kmo.own_ceiling.replace("\N{NO-BREAK SPACE}", " "), "At most 7,500 € of aid per calendar year")
        deduction = self.env.ref("be_digital_cheque.programme_fed_120")
        self.assertEqual(deduction.rate_small, "120%")
        self.assertEqual(deduction.rate_medium, "no rate for it")

    def test_figures_in_words_in_french(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["ir.module.module"]._load_module_terms(["be_digital_cheque"], ["fr_BE"])
        kmo = self.env.ref("be_digital_cheque.programme_fla_kmo").with_context(
            digital_cheque_date="2026-11-23", lang="fr_BE"
        )
        self.assertEqual(kmo.range_small.replace("\N{NO-BREAK SPACE}", " "), "30 % à 45 %")
        self.assertIn("par année civile", kmo.own_ceiling)
        self.assertEqual(kmo.period, "depuis le 1 févr. 2026")
