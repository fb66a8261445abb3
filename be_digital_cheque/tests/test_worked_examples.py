# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from .test_judgement import DAY, JudgementCase

SMALL, MEDIUM, LARGE = "small", "medium", "large"

#: version, size, cost in euros excl. VAT, kind of cost, day of application, aid: prudent and favourable reading.
#: Reckoned by hand from the figures of the sources; the readings differ where none says what a ceiling counts.
FLANDERS = (
    ("fla_kmo_2016", SMALL, 1000, "training", date(2018, 3, 1), 400, 400),
    ("fla_kmo_2016", SMALL, 30000, "training", date(2018, 3, 1), 10000, 10000),
    ("fla_kmo_2016", MEDIUM, 1000, "training", date(2018, 3, 1), 300, 300),
    ("fla_kmo_2016", MEDIUM, 60000, "training", date(2018, 3, 1), 15000, 15000),
    ("fla_kmo_2019", SMALL, 1000, "training", date(2020, 6, 1), 300, 300),
    ("fla_kmo_2019", SMALL, 30000, "training", date(2020, 6, 1), 7500, 7500),
    ("fla_kmo_2019", MEDIUM, 1000, "training", date(2020, 6, 1), 200, 200),
    ("fla_kmo_2019", MEDIUM, 60000, "training", date(2020, 6, 1), 7500, 7500),
    ("fla_kmo_2021", SMALL, 1000, "cyber_audit", date(2022, 1, 3), 450, 450),
    ("fla_kmo_2021", SMALL, 1000, "training", date(2022, 1, 3), 300, 300),
    ("fla_kmo_2021", MEDIUM, 1000, "cyber_audit", date(2022, 1, 3), 350, 350),
    ("fla_kmo_2021", MEDIUM, 60000, "cyber_audit", date(2022, 1, 3), 7500, 7500),
    ("fla_kmo_2024", SMALL, 1000, "energy_training", date(2024, 7, 1), 450, 450),
    ("fla_kmo_2024", MEDIUM, 1000, "energy_training", date(2024, 7, 1), 350, 350),
    ("fla_kmo_2024", SMALL, 1000, "business_advice", date(2024, 7, 1), 300, 300),
    ("fla_kmo_2026", SMALL, 1000, "energy_training", DAY, 450, 450),
    ("fla_kmo_2026", MEDIUM, 1000, "energy_training", DAY, 350, 350),
    ("fla_kmo_2026", SMALL, 100, "training", DAY, 30, 30),
    ("fla_kmo_2026", SMALL, 500, "cyber_audit", DAY, 225, 225),
    ("fla_cyber_2021", SMALL, 40000, "cyber_support", date(2022, 1, 3), 18000, 18000),
    ("fla_cyber_2021", SMALL, 60000, "cyber_support", date(2022, 1, 3), 22500, 27000),
    ("fla_cyber_2021", SMALL, 24999, "cyber_support", date(2022, 1, 3), 0, 0),
    ("fla_cyber_2023", SMALL, 20000, "cyber_support", date(2023, 6, 1), 10000, 10000),
    ("fla_cyber_2023", SMALL, 100000, "cyber_support", date(2023, 6, 1), 17500, 35000),
    ("fla_cyber_2023", SMALL, 9199, "cyber_support", date(2023, 6, 1), 0, 0),
    ("fla_cyber_2024", SMALL, 20000, "cyber_support", DAY, 10000, 10000),
    ("fla_cyber_2024", LARGE, 20000, "cyber_support", DAY, 7000, 7000),
    ("fla_cyber_2024", SMALL, 8499, "cyber_support", DAY, 0, 0),
    ("fla_growth_2024", SMALL, 30000, "business_advice", date(2024, 12, 1), 15000, 15000),
    ("fla_growth_2024", SMALL, 60000, "hiring", date(2024, 12, 1), 25000, 25000),
    ("fla_sts_current", SMALL, 100000, "training", DAY, 20000, 20000),
)
WALLONIA = (
    ("wal_relance_2023", SMALL, 20000, "digital_advice", date(2023, 11, 24), 13500, 15000),
    ("wal_growth_diagnosis_2023", SMALL, 20000, "business_advice", DAY, 10000, 10000),
    ("wal_growth_support_2023", SMALL, 50000, "business_advice", DAY, 25000, 25000),
    ("wal_cyber_2018", SMALL, 4000, "cyber_audit", date(2020, 1, 2), 3000, 3000),
    ("wal_cyber_2023", SMALL, 50000, "cyber_audit", DAY, 37500, 37500),
    ("wal_maturity_2023", SMALL, 50000, "digital_advice", DAY, 25000, 25000),
)
BRUSSELS = (
    ("bru_web_2019", SMALL, 5000, "website", date(2023, 6, 1), 2000, 3000),
    ("bru_web_2019", SMALL, 20000, "website", date(2023, 6, 1), 2000, 5000),
    ("bru_digital_2024", SMALL, 4000, "eshop", DAY, 1000, 2800),
    ("bru_digital_2024", SMALL, 40000, "eshop", DAY, 10000, 10000),
    ("bru_standards_2024", SMALL, 5000, "standards", DAY, 2000, 2000),
)
STAFF = {MEDIUM: (120, 20_000_000), LARGE: (400, 90_000_000)}


@tagged("post_install", "-at_install")
class TestWorkedExamples(JudgementCase):
    """Each rate, minimum and ceiling of the catalogue at work, under past rules too."""

    def assertExamples(self, small, postcode, examples):
        firms = {SMALL: small}
        for version, size, cost, kind, day, low, high in examples:
            if size not in firms:
                staff, turnover = STAFF[size]
                firms[size] = self.company(size, postcode, "4711", staff=staff, turnover=turnover)
            with self.subTest(version=version, size=size, cost=cost, kind=kind):
                found = self.judge(version, firms[size], cost, kind, day)
                self.assertEqual((found.aid, found.aid_max), (Decimal(low), Decimal(high)))

    def test_flanders(self):
        self.assertExamples(self.ghent, "9000", FLANDERS)

    def test_wallonia(self):
        self.assertExamples(self.liege, "4000", WALLONIA)

    def test_brussels(self):
        self.assertExamples(self.brussels, "1000", BRUSSELS)

    def test_tax_periods_of_the_deduction_of_120_percent(self):
        for day, verdict in (
            (date(2023, 12, 31), "not_eligible"),
            (date(2024, 1, 1), "eligible"),
            (date(2027, 12, 31), "eligible"),
            (date(2028, 1, 1), "not_eligible"),
        ):
            with self.subTest(day):
                self.assertEqual(self.judge("fed_120_2024", self.liege, 1200, "invoicing", day).verdict, verdict)
