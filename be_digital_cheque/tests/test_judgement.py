# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from decimal import Decimal

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import CatalogueCase

DAY = date(2026, 11, 24)


class JudgementCase(CatalogueCase):
    """A small company in each region, of which all facts are known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, digital_cheque_date=DAY.isoformat()))
        cls.liege = cls.company("Hêtrepierre", "4000", "4711")
        cls.ghent = cls.company("Zilverpluim", "9000", "4711")
        cls.brussels = cls.company("Cijfermaan", "1000", "4711")

    @classmethod
    def company(cls, name, postcode, nace, version="2008", staff=12, turnover=3_000_000):
        company = cls.env["res.company"].create({"name": name, "country_id": cls.env.ref("base.be").id})
        code = cls.env["be.nace.code"].search([("code", "=", nace), ("version", "=", version)])
        assert code, nace
        company.partner_id.write(
            {
                "be_legal_form": "SRL",
                "be_public_body": "no",
                "be_group_member": "no",
                "be_establishment_ids": [
                    (
                        0,
                        0,
                        {
                            "name": name,
                            "zip": postcode,
                            "main_nace_id": code.id,
                            "nace_ids": [(6, 0, code.ids)],
                            "started_on": "2015-01-01",
                            "is_principal": True,
                        },
                    )
                ],
                "be_size_year_ids": [
                    (0, 0, {"closed_on": f"{year}-12-31", "staff": staff, "turnover": turnover, "balance": 1_000_000})
                    for year in (2023, 2024, 2025)
                ],
            }
        )
        return company

    def kind(self, code):
        return self.env["digital.cheque.cost.kind"].search([("code", "=", code)])

    def version(self, name):
        return self.env.ref(f"be_digital_cheque.version_{name}")

    def answer(self, company, **answers):
        for code, yes in answers.items():
            question = self.env["digital.cheque.question"].search([("code", "=", code)])
            self.env["digital.cheque.answer"].create(
                {"company_id": company.id, "question_id": question.id, "answer": "yes" if yes else "no"}
            )

    def judge(self, version, company, cost, kind, on=DAY, **options):
        return self.version(version)._judge(company, cost, self.kind(kind), on, **options)


@tagged("post_install", "-at_install")
class TestJudgement(JudgementCase):
    """The worked examples of the programmes: hand-computed from the fact sheet."""

    def assertAid(self, judgement, low, high=None):
        self.assertEqual((judgement.aid, judgement.aid_max), (Decimal(low), Decimal(low if high is None else high)))

    def test_walloon_maturity(self):
        """Half of the advice; the €50,000 may count cost (€25,000 of aid) or aid."""
        small = self.judge("wal_maturity_2023", self.liege, 10000, "digital_advice")
        self.assertEqual((small.verdict, small.missing), ("eligible", ()))
        self.assertAid(small, 5000)
        self.assertIsNone(small.ceiling)
        large = self.judge("wal_maturity_2023", self.liege, 120000, "digital_advice")
        self.assertAid(large, 25000, 50000)
        self.assertEqual(large.ceiling.limit.amount, 50000)

    def test_walloon_maturity_is_not_for_the_digital_sector(self):
        for code, version, verdict in (
            ("6201", "2008", "not_eligible"),
            ("6210", "2025", "not_eligible"),
            ("6311", "2008", "eligible"),
        ):
            with self.subTest(code):
                firm = self.company(f"IT {code}", "4000", code, version)
                judgement = self.judge("wal_maturity_2023", firm, 10000, "digital_advice")
                self.assertEqual(judgement.verdict, verdict)
        firm = self.company("Cyber", "4000", "6201")
        self.assertEqual(self.judge("wal_cyber_2023", firm, 10000, "cyber_audit").verdict, "eligible")
        self.assertEqual(
            self.judge("wal_cyber_2018", firm, 10000, "cyber_audit", date(2020, 1, 1)).verdict, "not_eligible"
        )

    def test_walloon_cyber(self):
        self.assertAid(self.judge("wal_cyber_2023", self.liege, 8000, "cyber_audit"), 6000)
        # 75% of up to €50,000 or aid of up to €50,000: the sources disagree
        self.assertAid(self.judge("wal_cyber_2023", self.liege, 100000, "cyber_audit"), 37500, 50000)
        self.assertAid(self.judge("wal_cyber_2018", self.liege, 100000, "cyber_audit", date(2020, 1, 1)), 37500)

    def test_walloon_theme_is_shared(self):
        """€70,000 for the theme: what maturity took is missing for cybersecurity."""
        self.env["digital.cheque.aid"].create(
            {
                "name": "Maturity",
                "undertaking_id": self.env["digital.cheque.undertaking"]._of_company(self.liege).id,
                "beneficiary_id": self.liege.partner_id.id,
                "granted_on": "2026-03-01",
                "amount": 50000,
                "programme_id": self.env.ref("be_digital_cheque.programme_wal_maturity").id,
            }
        )
        judgement = self.judge("wal_cyber_2023", self.liege, 100000, "cyber_audit")
        # Read as cost, the €70,000 are used up (half of €100,000 is €50,000); read as aid, €20,000 are left.
        self.assertEqual(judgement.aid, 0)
        self.assertEqual(judgement.aid_max, 50000, "over which time the theme counts is not known")
        self.assertTrue(judgement.ceiling.limit.pool)

    def test_walloon_associations_and_other_regions(self):
        self.assertEqual(self.judge("wal_cyber_2023", self.ghent, 8000, "cyber_audit").verdict, "not_eligible")
        self.env["digital.cheque.profile"]._of_company(self.liege).legal_kind = "association"
        self.assertEqual(self.judge("wal_cyber_2023", self.liege, 8000, "cyber_audit").verdict, "not_eligible")

    def test_walloon_growth_and_relance(self):
        self.assertAid(self.judge("wal_growth_diagnosis_2023", self.liege, 10000, "business_advice"), 5000)
        self.assertAid(self.judge("wal_growth_diagnosis_2023", self.liege, 90000, "business_advice"), 10000, 20000)
        self.assertAid(self.judge("wal_growth_support_2023", self.liege, 90000, "business_advice"), 25000, 45000)
        relance = self.judge("wal_relance_2023", self.liege, 10000, "digital_advice", date(2023, 6, 1))
        self.assertAid(relance, 9000)
        after = self.judge("wal_relance_2023", self.liege, 10000, "digital_advice", date(2023, 11, 25))
        self.assertEqual(after.verdict, "not_eligible")

    def test_brussels_digitalisation(self):
        """25% with no bonus known, up to 70%; at least €500 and at most €10,000 of aid in a calendar year."""
        unknown = self.judge("bru_digital_2024", self.brussels, 8000, "website")
        self.assertEqual(unknown.verdict, "unknown")
        self.assertEqual(unknown.missing, ("nace_brussels", "accounts_filed"))
        self.answer(self.brussels, nace_brussels=True, accounts_filed=True)
        self.assertEqual(self.judge("bru_digital_2024", self.brussels, 8000, "website").verdict, "eligible")
        self.assertAid(self.judge("bru_digital_2024", self.brussels, 8000, "website"), 2000, 5600)
        self.assertAid(self.judge("bru_digital_2024", self.brussels, 60000, "website"), 10000)
        little = self.judge("bru_digital_2024", self.brussels, 600, "website")
        self.assertEqual(little.verdict, "not_eligible", "70% of €600 is less than €500")
        self.assertEqual(self.judge("bru_digital_2024", self.brussels, 1000, "website").verdict, "unknown")
        self.assertEqual(self.judge("bru_digital_2024", self.brussels, 8000, "training").verdict, "not_eligible")

    def test_brussels_two_missions_a_year_and_what_is_left_of_the_ceiling(self):
        self.answer(self.brussels, nace_brussels=True, accounts_filed=True)
        dossiers = self.env["digital.cheque.dossier"].create(
            [
                {
                    "name": f"Site {number}",
                    "company_id": self.brussels.id,
                    "programme_id": self.env.ref("be_digital_cheque.programme_bru_digital").id,
                    "version_id": self.version("bru_digital_2024").id,
                    "cost_kind_id": self.kind("website").id,
                    "state": "submitted",
                    "applied_on": f"2026-0{number}-10",
                    "planned_cost": 20000,
                    "expected_aid": 5000,
                }
                for number in (1, 2)
            ]
        )
        third = self.judge("bru_digital_2024", self.brussels, 8000, "website")
        self.assertIn("project_count", [result.kind for result in third.reasons])
        dossiers[1].state = "withdrawn"
        self.assertAid(self.judge("bru_digital_2024", self.brussels, 60000, "website"), 5000)
        self.assertAid(self.judge("bru_digital_2024", self.brussels, 60000, "website", without=dossiers), 10000)
        self.assertAid(self.judge("bru_digital_2024", self.brussels, 60000, "website", date(2027, 1, 5)), 10000)

    def test_brussels_consultancy_bonuses(self):
        """40, 50 or 60% for no, one or at least two bonuses; €10,000 per calendar year."""
        day = date(2023, 5, 1)
        none = {"bonus_social": False, "bonus_circular": False, "bonus_diversity": False, "bonus_priority": False}
        self.env["digital.cheque.profile"]._of_company(self.brussels).founded_on = "2010-01-01"
        self.answer(self.brussels, **none)
        for yes, aid in ((0, 4000), (1, 5000), (2, 6000), (3, 6000)):
            self.brussels.digital_cheque_answer_ids.answer = "no"
            self.brussels.digital_cheque_answer_ids[:yes].answer = "yes"
            with self.subTest(yes):
                judgement = self.judge("bru_consultancy_2019", self.brussels, 10000, "business_advice", day)
                self.assertAid(judgement, aid)
        starter = self.env["digital.cheque.profile"]._of_company(self.brussels)
        starter.founded_on = "2020-01-01"
        self.brussels.digital_cheque_answer_ids.answer = "no"
        self.assertAid(self.judge("bru_consultancy_2019", self.brussels, 10000, "business_advice", day), 5000)

    def test_brussels_other_grants(self):
        self.assertAid(self.judge("bru_consultancy_2024", self.brussels, 10000, "business_advice"), 2500, 7000)
        self.assertAid(
            self.judge("bru_transition_consultancy_2024", self.brussels, 10000, "transition_advice"), 5000, 8000
        )
        self.assertAid(
            self.judge("bru_transition_investment_2024", self.brussels, 10000, "transition_investment"), 3000, 5000
        )
        standards = self.judge("bru_standards_2024", self.brussels, 10000, "standards")
        self.assertAid(standards, 4000)
        self.assertIn("expert_report", standards.missing)
        self.assertEqual(self.judge("bru_standards_2024", self.brussels, 4999, "standards").verdict, "not_eligible")

    def test_kmo_portefeuille(self):
        self.answer(self.ghent, nace_kmo=True)
        training = self.judge("fla_kmo_2026", self.ghent, 2000, "training")
        self.assertEqual(training.verdict, "eligible")
        self.assertAid(training, 600)
        self.assertAid(self.judge("fla_kmo_2026", self.ghent, 2000, "cyber_audit"), 900)
        self.assertAid(self.judge("fla_kmo_2026", self.ghent, 40000, "training"), 7500)
        self.assertEqual(self.judge("fla_kmo_2026", self.ghent, 499, "cyber_audit").verdict, "not_eligible")
        self.assertEqual(self.judge("fla_kmo_2026", self.ghent, 99, "training").verdict, "not_eligible")
        # since 1 February 2026 advice is for cybersecurity only
        self.assertEqual(self.judge("fla_kmo_2026", self.ghent, 2000, "business_advice").verdict, "not_eligible")
        before = self.judge("fla_kmo_2024", self.ghent, 2000, "business_advice", date(2026, 1, 31))
        self.assertEqual(before.verdict, "eligible")
        self.assertAid(before, 600)
        self.assertAid(self.judge("fla_kmo_2016", self.ghent, 100000, "training", date(2018, 1, 1)), 10000)
        medium = self.company("Groot", "9000", "4711", staff=120, turnover=20_000_000)
        self.assertAid(self.judge("fla_kmo_2026", medium, 2000, "training"), 400)
        self.assertAid(self.judge("fla_kmo_2026", medium, 2000, "cyber_audit"), 700)
        self.assertAid(self.judge("fla_kmo_2016", medium, 100000, "training", date(2026, 1, 1)), 0, 0)

    def test_flemish_cyber_trajectories(self):
        self.answer(self.ghent, negative_equity=False)
        judgement = self.judge("fla_cyber_2024", self.ghent, 40000, "cyber_support")
        self.assertEqual(judgement.verdict, "eligible")
        self.assertAid(judgement, 17500, 20000)
        earlier = self.env["digital.cheque.aid"].create(
            {
                "name": "Trajectory",
                "undertaking_id": self.env["digital.cheque.undertaking"]._of_company(self.ghent).id,
                "beneficiary_id": self.ghent.partner_id.id,
                "granted_on": "2023-06-01",
                "amount": 9000,
                "programme_id": self.env.ref("be_digital_cheque.programme_fla_cyber").id,
            }
        )
        self.assertEqual(self.judge("fla_cyber_2024", self.ghent, 40000, "cyber_support").verdict, "not_eligible")
        earlier.granted_on = "2022-11-24"
        self.assertEqual(self.judge("fla_cyber_2024", self.ghent, 40000, "cyber_support").verdict, "eligible")

    def test_growth_grant_and_strategic_support(self):
        growth = self.judge("fla_growth_2024", self.ghent, 60000, "business_advice", date(2024, 12, 1))
        self.assertAid(growth, 25000)
        self.assertEqual(
            self.judge("fla_growth_2024", self.ghent, 19999, "business_advice", date(2024, 12, 1)).verdict,
            "not_eligible",
        )
        self.answer(self.ghent, extra_jobs=True)
        self.assertAid(self.judge("fla_sts_current", self.ghent, 2_000_000, "investment"), 80000, 160000)

    def test_federal_deductions(self):
        judgement = self.judge("fed_120_2024", self.liege, 1000, "invoicing")
        self.assertEqual((judgement.verdict, judgement.aid, judgement.deduction), ("eligible", 0, 200))
        self.assertEqual(self.judge("fed_120_2024", self.liege, 1000, "software").verdict, "not_eligible")
        self.assertEqual(
            self.judge("fed_120_2024", self.liege, 1000, "invoicing", date(2028, 1, 1)).verdict, "not_eligible"
        )
        assets = self.judge("fed_investment_deduction_2025", self.liege, 10000, "software")
        self.assertEqual(assets.deduction, 2000)
        self.assertEqual(self.judge("fed_investment_deduction_2025", self.liege, 10000, "investment").deduction, 1000)

    def test_every_version_judges_every_kind_of_cost(self):
        for version in self.env["digital.cheque.programme.version"].search([]):
            for kind in self.env["digital.cheque.cost.kind"].search([]):
                judgement = version._judge(self.liege, 1000, kind, version.date_to or DAY, earlier=[])
                self.assertIn(judgement.verdict, ("eligible", "not_eligible", "unknown"))
                if judgement.verdict == "unknown":
                    self.assertTrue(judgement.missing)

    def test_a_company_of_which_nothing_is_known(self):
        company = self.env["res.company"].create({"name": "Nobody"})
        judgement = self.judge("wal_cyber_2023", company, 8000, "cyber_audit")
        self.assertEqual(judgement.verdict, "unknown")
        self.assertEqual(judgement.missing, ("region", "size", "legal_kind", "excluded_sector"))

    def test_provider_in_the_register(self):
        provider = self.env["res.partner"].create({"name": "Pare-feu SRL"})
        programme = self.env.ref("be_digital_cheque.programme_wal_cyber")
        self.assertIsNone(provider._digital_cheque_label(programme, DAY))
        judgement = self.judge("wal_cyber_2023", self.liege, 8000, "cyber_audit", provider=provider)
        self.assertEqual((judgement.verdict, judgement.missing), ("unknown", ("provider",)))
        label = self.env["digital.cheque.provider.label"].create(
            {
                "partner_id": provider.id,
                "authority_id": programme.authority_id.id,
                "programme_ids": [(6, 0, programme.ids)],
                "valid_to": DAY,
            }
        )
        self.assertIs(provider._digital_cheque_label(programme, DAY), True)
        self.assertIs(provider._digital_cheque_label(programme, date(2026, 11, 25)), False)
        maturity = self.env.ref("be_digital_cheque.programme_wal_maturity")
        self.assertIsNone(provider._digital_cheque_label(maturity, DAY))
        deduction = self.env.ref("be_digital_cheque.programme_fed_120")
        self.assertIs(provider._digital_cheque_label(deduction, DAY), True)
        label.kind = "none"
        self.assertIs(provider._digital_cheque_label(programme, DAY), False)
        judgement = self.judge("wal_cyber_2023", self.liege, 8000, "cyber_audit", provider=provider)
        self.assertEqual(judgement.verdict, "not_eligible")

    def test_rules_that_a_dossier_relies_on_stay(self):
        version = self.version("fla_kmo_2026")
        rate = self.env.ref("be_digital_cheque.rate_fla_kmo_2026_1")
        dossier = self.env["digital.cheque.dossier"].create(
            {
                "name": "Course",
                "company_id": self.ghent.id,
                "programme_id": version.programme_id.id,
                "version_id": version.id,
            }
        )
        with self.assertRaises(UserError):
            rate.rate = 0.4
        with self.assertRaises(UserError):
            version.write({"criterion_ids": [(0, 0, {"kind": "outside_german_community"})]})
        with self.assertRaises(UserError):
            version.nothing_else = False
        version.verified_on = DAY
        # an update does not rewrite them either, and shows what it supplies
        rate._load_records(
            [{"xml_id": "be_digital_cheque.rate_fla_kmo_2026_1", "values": {"rate": 0.25}, "noupdate": False}],
            update=True,
        )
        self.assertEqual(rate.rate, 0.3)
        self.assertIn("25%", version.seed_difference)
        copy = self.env["digital.cheque.programme.version"].browse(version.action_correct_in_copy()["res_id"])
        copy.rate_ids.filtered(lambda one: one.size == "small" and not one.purpose).write(
            {"rate": 0.4, "rate_max": 0.4}
        )
        self.assertEqual(dossier.version_id, version)
        self.assertEqual(version.programme_id.current_version_id, copy)
        self.assertEqual(copy._judge(self.ghent, 1000, self.kind("training"), DAY).aid, 400)
        self.assertEqual(version._judge(self.ghent, 1000, self.kind("training"), DAY).aid, 300)

    def test_conditions_say_what_they_lack(self):
        version = self.version("fla_kmo_2026")
        for values in (
            {"kind": "size", "values": "tiny"},
            {"kind": "nace", "nace_codes": "62.01"},
            {"kind": "nace", "nace_codes": "abc", "nace_version": "2008"},
            {"kind": "region"},
            {"kind": "declared"},
            {"kind": "wait"},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.env["digital.cheque.programme.criterion"].create({"version_id": version.id, **values})
