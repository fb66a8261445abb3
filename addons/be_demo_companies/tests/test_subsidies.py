# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from ..tables.companies import COMPANIES
from ..tables.subsidies import AIDS, DOSSIERS, FACTS
from .common import DemoCase


@tagged("post_install", "-at_install")
class TestSubsidies(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dossiers = {row: cls.demo.get(f"dossier_{row.company}_{row.key}") for row in DOSSIERS}

    def test_dossiers_in_many_stages(self):
        records = self.records("digital.cheque.dossier")
        self.assertEqual(len(records), len(DOSSIERS))
        self.assertEqual(set(records.company_id), set(self.companies.values()))
        self.assertGreaterEqual(len(set(records.mapped("state"))), 8)
        for row, dossier in self.dossiers.items():
            with self.subTest(row.name):
                self.assertTrue(dossier.step_ids and dossier.document_ids)
                self.assertEqual(dossier.cost_eligible, row.cost)
                self.assertEqual(dossier.cost_invoiced, row.cost if row.paid else row.billed)
                self.assertNotEqual(dossier.verdict, "not_eligible")

    def test_expected_aid_is_what_the_rules_give(self):
        for row, dossier in self.dossiers.items():
            if dossier.state in ("idea", "prepared"):
                with self.subTest(row.name):
                    self.assertEqual(float(dossier.judgement["aid"]), row.aid)

    def test_awards_in_the_books(self):
        for row, dossier in self.dossiers.items():
            self.assertEqual(dossier.booked_aid, dossier.granted_amount if row.booked else 0, row.name)

    def test_the_register_holds_the_aid_of_before_and_of_the_dossiers(self):
        liege = self.demo.get("undertaking_liege")
        granted = sum(row.aid for row in DOSSIERS if row.company == "liege" and row.decided)
        before = sum(row.amount for row in AIDS if row.company == "liege")
        self.assertEqual(liege.counted, granted + before)
        self.assertTrue(liege.next_change)

    def test_the_finder_knows_the_companies(self):
        for row in COMPANIES:
            company = self.companies[row.key]
            facts = company._digital_cheque_facts(self.demo.today)[company]
            self.assertTrue(facts.size and facts.region and facts.founded_on and facts.activities, row.name)
            self.assertEqual(len(facts.answers), len(FACTS[row.key].yes + FACTS[row.key].no))

    def test_the_adviser_sees_what_is_shared_with_him(self):
        adviser = self.demo.get("user_conseil")
        shared = self.env["digital.cheque.dossier"]._shared_with(adviser)
        self.assertEqual(set(shared), {dossier for row, dossier in self.dossiers.items() if row.shared})
