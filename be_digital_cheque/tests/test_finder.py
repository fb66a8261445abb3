# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .test_judgement import DAY, JudgementCase

GROUP = "be_digital_cheque.group_digital_cheque_user"


@tagged("post_install", "-at_install")
class TestFinder(JudgementCase):
    """Find my subsidies, as an ordinary user of one company asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env, "finder", GROUP, company_id=cls.brussels.id, company_ids=[(6, 0, cls.brussels.ids)]
        )
        cls.finder = cls.env["digital.cheque.finder"].with_user(cls.user).with_company(cls.brussels)

    def find(self, kind, cost=8000, on=DAY):
        result = self.finder.find(self.kind(kind).id, cost, on.isoformat())
        return json.loads(json.dumps(result))

    def card(self, result, code):
        programme = self.env.ref(f"be_digital_cheque.programme_{code}")
        return next(card for card in result["cards"] + result["others"] if card["programme"] == programme.id)

    def test_a_website_in_brussels(self):
        result = self.find("website")
        card = self.card(result, "bru_digital")
        self.assertEqual(card["verdict"], "unknown")
        self.assertEqual([missing["where"] for missing in card["missing"]], ["question", "question"])
        self.assertIn("2,000", card["aid"])
        self.assertIn("5,600", card["aid"])
        self.assertIn("6,000", card["net"])
        for missing in card["missing"]:
            self.finder.answer(missing["question"], True)
        card = self.card(self.find("website"), "bru_digital")
        self.assertEqual((card["verdict"], card["missing"]), ("eligible", []))
        self.finder.answer(missing["question"], False)
        result = self.find("website")
        self.assertIn(
            "bru_digital",
            [self.env["digital.cheque.programme"].browse(card["programme"]).code for card in result["others"]],
        )

    def test_programmes_of_other_regions_and_other_costs_are_not_shown(self):
        result = self.find("website")
        programmes = self.env["digital.cheque.programme"].browse(
            [card["programme"] for card in result["cards"] + result["others"]]
        )
        self.assertLessEqual(set(programmes.mapped("region")), {"brussels", "federal"})
        self.assertNotIn("bru_transition_consultancy", programmes.mapped("code"))

    def test_best_first(self):
        self.answer(self.brussels, nace_brussels=True, accounts_filed=True)
        cards = self.find("eshop")["cards"]
        self.assertEqual([card["verdict"] for card in cards][:1], ["eligible"])
        self.assertEqual(cards[0]["programme"], self.env.ref("be_digital_cheque.programme_bru_digital").id)

    def test_combinations_say_whether_they_are_certain(self):
        self.answer(self.brussels, nace_brussels=True, accounts_filed=True)
        together = self.find("eshop")["combinations"]
        self.assertEqual([combination["certain"] for combination in together], [False])
        self.assertEqual(len(together[0]["names"]), 2)
        self.assertIn("not known, at most", together[0]["net"])

    def test_a_combination_says_what_is_missing_instead_of_what_is_left(self):
        card = self.card(self.find("eshop"), "bru_digital")
        self.assertEqual(card["verdict"], "unknown")
        (combination,) = self.find("eshop")["combinations"]
        self.assertIn("not known, at most", combination["net"])
        for missing in card["missing"]:
            self.assertIn(f"{card['name']}: {missing['text']}", combination["missing"])

    def test_an_amount_that_no_source_gives_is_not_nothing(self):
        version = self.env.ref("be_digital_cheque.version_bru_digital_2024")
        version.rate_ids.active = False
        card = self.card(self.find("eshop"), "bru_digital")
        self.assertEqual(card["aid"], "Amount not known")
        self.assertIn("not known, at most", card["net"])
        self.assertIn(["Aid", "not known"], card["net_lines"])

    def test_taxes_in_what_is_left_to_pay(self):
        self.env["digital.cheque.profile"]._of_company(self.brussels).write(
            {"income_tax_known": True, "income_tax": 0.25, "vat_recovered": 0.5}
        )
        card = self.card(self.find("invoicing", 1000), "fed_120")
        # 1,000 + half of 210 of VAT − 25% of 200
        self.assertIn("1,055", card["net"])

    def test_a_dossier_starts_from_the_card(self):
        programme = self.env.ref("be_digital_cheque.programme_bru_digital")
        action = self.finder.start_dossier(programme.id, self.kind("website").id, 8000, DAY.isoformat())
        dossier = self.env["digital.cheque.dossier"].browse(action["res_id"])
        self.assertEqual(dossier.company_id, self.brussels)
        self.assertEqual(dossier.version_id, self.version("bru_digital_2024"))
        self.assertEqual((dossier.planned_cost, dossier.expected_aid), (8000, 2000))
        self.assertEqual(dossier.judgement["aid"], "2000.00")
        lines = self.env["digital.cheque.judgement.words"]._criteria(dossier.judgement)
        self.assertIn("An operating seat in Brussels", [line["text"] for line in lines])

    def test_wrong_questions_are_refused(self):
        for arguments in (
            (self.kind("website").id, 0, "2026-11-24"),
            (0, 100, "2026-11-24"),
            (self.kind("website").id, 100, False),
        ):
            with self.subTest(arguments), self.assertRaises(UserError):
                self.finder.find(*arguments)

    def test_what_may_still_be_claimed(self):
        programme = self.env.ref("be_digital_cheque.programme_bru_digital")
        rights = {right["id"]: right for right in self.finder.rights()}
        self.assertEqual(rights[programme.id]["amount"], 10000)
        self.assertFalse(rights[programme.id]["sure"])
        self.assertNotIn(self.env.ref("be_digital_cheque.programme_fla_kmo").id, rights)
        self.env["digital.cheque.dossier"].create(
            {
                "name": "Site",
                "company_id": self.brussels.id,
                "programme_id": programme.id,
                "version_id": self.version("bru_digital_2024").id,
                "state": "granted",
                "decided_on": "2026-05-01",
                "granted_amount": 4000,
            }
        )
        right = next(right for right in self.finder.rights() if right["id"] == programme.id)
        self.assertEqual((right["amount"], right["used"][-3:] != ""), (6000, True))
        action = self.finder.open_claimed(programme.id)
        found = self.env[action["res_model"]].with_company(self.brussels).search(action["domain"])
        self.assertEqual(found.mapped("granted_amount"), [4000])
        nothing_known = self.env["res.company"].create({"name": "Nobody"})
        self.assertNotIn(nothing_known, nothing_known._digital_cheque_rights())

    def test_rights_of_many_companies_ask_the_database_once(self):
        many = self.brussels | self.liege | self.ghent
        self.brussels._digital_cheque_rights()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.brussels._digital_cheque_rights()
        one = self.env.cr.sql_log_count - before
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        rights = many._digital_cheque_rights()
        self.assertLess(self.env.cr.sql_log_count - before, one + 20)
        self.assertEqual(set(rights), set(many))

    def test_who_may_ask(self):
        plain = new_test_user(self.env, "plain_finder", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["digital.cheque.finder"].with_user(plain).rights()
        elsewhere = new_test_user(self.env, "elsewhere", GROUP)
        self.answer(self.brussels, accounts_filed=True)
        self.env.invalidate_all()
        self.assertFalse(
            self.env["digital.cheque.answer"].with_user(elsewhere).search([("company_id", "=", self.brussels.id)])
        )
        with self.assertRaises(AccessError):
            self.brussels.digital_cheque_answer_ids.with_user(elsewhere).read(["answer"])
