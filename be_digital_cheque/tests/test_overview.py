# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import CatalogueCase

TODAY = "2026-11-24"


class DossiersCase(CatalogueCase):
    """Two client companies of an accountant, and a third that is none of his."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, digital_cheque_date=TODAY))
        cls.bakery, cls.garage, cls.stranger = cls.env["res.company"].create(
            [{"name": "Bakery"}, {"name": "Garage"}, {"name": "Stranger"}]
        )
        cls.programme = cls.env.ref("be_digital_cheque.programme_fla_kmo")
        cls.accountant = new_test_user(
            cls.env,
            "cheque_accountant",
            "be_digital_cheque.group_digital_cheque_accountant,account.group_account_invoice",
            company_id=cls.bakery.id,
            company_ids=[Command.set((cls.bakery + cls.garage).ids)],
            email="accountant@example.com",
        )

    @classmethod
    def dossier(cls, company, name, deadline=None, **values):
        dossier = cls.env["digital.cheque.dossier"].create(
            {
                "name": name,
                "company_id": company.id,
                "programme_id": cls.programme.id,
                "user_id": False,
                "planned_cost": 1_000,
                **values,
            }
        )
        dossier.step_ids = [Command.clear()]
        if deadline:
            dossier.step_ids = [Command.create({"name": f"Step of {name}", "deadline": deadline})]
        return dossier

    def page(self, companies):
        return (
            self.env["digital.cheque.overview"]
            .with_user(self.accountant)
            .with_context(allowed_company_ids=companies.ids, digital_cheque_date=TODAY)
        )


@tagged("post_install", "-at_install")
class TestOverview(DossiersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        granted = {"applied_on": "2026-01-05", "decided_on": "2026-02-01"}
        cls.late = cls.dossier(cls.bakery, "Late", "2026-11-23", state="submitted", expected_aid=300, applied_on=TODAY)
        cls.dossier(cls.bakery, "Today", TODAY, expected_aid=40)
        cls.dossier(cls.garage, "Week", "2026-12-01", expected_aid=60)
        cls.dossier(cls.garage, "Month", "2026-12-24", expected_aid=1)
        cls.dossier(cls.garage, "Far", "2026-12-25", expected_aid=2)
        cls.dossier(cls.garage, "Over", "2026-11-01", state="withdrawn")
        cls.dossier(cls.bakery, "Asked", state="info_asked", expected_aid=5, applied_on=TODAY)
        cls.dossier(cls.bakery, "Granted", state="granted", expected_aid=9, granted_amount=700, **granted)
        cls.dossier(
            cls.bakery, "Paid", state="closed", granted_amount=500, paid_amount=500, paid_on="2026-03-01", **granted
        )
        cls.dossier(
            cls.bakery, "Before", state="closed", granted_amount=90, paid_amount=90, paid_on="2025-12-31", **granted
        )
        cls.dossier(cls.stranger, "Hidden", "2026-11-01", state="idea", expected_aid=10_000)

    def test_figures_and_their_lists(self):
        page = self.page(self.bakery + self.garage)
        data = page.get_overview()
        self.assertEqual(
            data["figures"],
            {"overdue": 1, "near": 2, "soon": 1, "info_asked": 1, "to_book": 1, "to_release": 0},
        )
        self.assertEqual(data["step"], "overdue")
        for figure, count in data["figures"].items():
            with self.subTest(figure):
                action = page.get_list_action(figure)
                self.assertEqual(page.env[action["res_model"]].search_count(action["domain"]), count)

    def test_amounts_by_stage_open_their_lists(self):
        page = self.page(self.bakery + self.garage)
        stages = {row["key"]: (row["count"], row["amount"]) for row in page.get_overview()["stages"]}
        self.assertEqual(stages["idea"], (4, 103))
        self.assertEqual(stages["submitted"], (1, 300))
        self.assertEqual(stages["granted"], (1, 700))
        self.assertEqual(stages["claimed"], (0, 0))
        found = page.env["digital.cheque.dossier"].search(page.get_list_action("stage_idea")["domain"])
        self.assertEqual(sum(found.mapped("expected_aid")), 103)

    def test_received(self):
        received = self.page(self.bakery).get_overview()["received"]
        self.assertEqual(received["received_year"], {"amount": 500, "count": 1})
        self.assertEqual((received["received_all"], received["year"]), ({"amount": 590, "count": 2}, 2026))

    def test_what_may_still_be_claimed_says_whether_it_is_sure(self):
        self.bakery.partner_id.write(
            {
                "country_id": self.env.ref("base.be").id,
                "be_establishment_ids": [(0, 0, {"name": "Seat", "zip": "1000", "is_principal": True})],
            }
        )
        rights = {right["id"]: right for right in self.page(self.bakery).get_overview()["claimable"]}
        digital = rights[self.env.ref("be_digital_cheque.programme_bru_digital").id]
        self.assertIs(digital["sure"], False, "neither the size nor the answers are known")
        self.assertGreater(digital["amount"], 0)

    def test_deadlines_in_their_order(self):
        deadlines = self.page(self.bakery + self.garage).get_overview()["deadlines"]
        self.assertEqual([row["name"] for row in deadlines], ["Late", "Today", "Week", "Month"])
        self.assertEqual([row["days"] for row in deadlines], [-1, 0, 7, 30])
        self.assertEqual((deadlines[0]["company"], deadlines[0]["step"]), ("Bakery", "Step of Late"))
        self.assertFalse(self.page(self.garage).get_overview()["deadlines"][0]["company"])

    def test_the_number_of_queries_does_not_depend_on_the_number_of_dossiers(self):
        page = self.page(self.bakery + self.garage)

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.get_overview()
            return self.env.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(20):
            dossier = self.dossier(
                self.bakery,
                f"Capital {number}",
                TODAY,
                state="granted",
                aid_nature="capital",
                granted_amount=1,
                applied_on=TODAY,
                decided_on=TODAY,
            )
            dossier.depreciation_ids = [Command.create({"date": TODAY, "amount": 1})]
        self.assertLessEqual(queries(), few + 2)

    def test_only_the_chosen_companies(self):
        data = self.page(self.garage).get_overview()
        self.assertEqual((data["figures"]["overdue"], data["companies"]), (0, ["Garage"]))
        self.assertEqual(data["step"], "near")

    def test_without_accounting_rights_nothing_is_to_be_booked(self):
        clerk = new_test_user(
            self.env,
            "cheque_clerk",
            "be_digital_cheque.group_digital_cheque_user",
            company_id=self.bakery.id,
            company_ids=[Command.set(self.bakery.ids)],
        )
        figures = self.page(self.bakery).with_user(clerk).get_overview()["figures"]
        self.assertNotIn("to_book", figures)
        with self.assertRaises(UserError):
            self.page(self.bakery).get_list_action("nothing")
        outsider = new_test_user(self.env, "cheque_outsider", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["digital.cheque.overview"].with_user(outsider).get_overview()


@tagged("post_install", "-at_install")
class TestManyCompanies(DossiersCase):
    def lines(self):
        lines = self.env["digital.cheque.company.overview"].with_user(self.accountant)
        return lines.with_context(allowed_company_ids=self.bakery.ids, digital_cheque_date=TODAY)

    def test_one_line_per_client_whatever_is_chosen(self):
        self.dossier(self.bakery, "Late", "2026-11-23", expected_aid=300)
        self.dossier(self.garage, "Asked", state="info_asked", expected_aid=5, applied_on=TODAY)
        self.dossier(
            self.garage, "Part", "2026-12-05", state="claimed", granted_amount=700, paid_amount=200,
            applied_on=TODAY, decided_on=TODAY, paid_on=TODAY, claimed_on=TODAY,
        )  # fmt: skip
        self.dossier(self.stranger, "Hidden", "2026-11-01", expected_aid=10_000)
        lines = self.lines().search([])
        self.assertEqual(lines.mapped("company_name"), ["Bakery", "Garage"])
        bakery, garage = lines
        self.assertEqual((bakery.running, bakery.expected, bakery.deadline_state), (1, 300, "overdue"))
        self.assertEqual((garage.running, garage.waiting, garage.deadline_state), (2, 1, "near"))
        self.env["digital.cheque.undertaking"]._of_company(self.garage)
        garage.invalidate_recordset()
        self.assertEqual((garage.room_known, garage.room), (True, 300_000))
        self.assertEqual((garage.to_receive, garage.received, garage.received_this_year), (500, 200, 200))
        self.assertEqual(lines.search([("deadline_state", "in", ["overdue"])]), bakery)
        action = garage.action_open_dossiers()
        found = self.env["digital.cheque.dossier"].with_user(self.accountant).with_context(**action["context"])
        self.assertEqual(found.search_count(action["domain"]), 2)

    def test_only_the_accountant_has_it(self):
        clerk = new_test_user(self.env, "cheque_clerk", "be_digital_cheque.group_digital_cheque_user")
        with self.assertRaises(AccessError):
            self.env["digital.cheque.company.overview"].with_user(clerk).search([])

    def test_one_digest_for_all_companies_in_the_language_of_the_accountant(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["ir.module.module"]._load_module_terms(["be_digital_cheque"], ["fr_BE"])
        self.accountant.lang = "fr_BE"
        self.dossier(self.bakery, "Late", "2026-11-23")
        self.dossier(self.garage, "Asked", state="info_asked", applied_on=TODAY)
        self.dossier(self.stranger, "Hidden", "2026-11-01")
        digest = self.env["digital.cheque.digest"]
        today = self.env["digital.cheque.dossier"]._fields["next_deadline"].to_date(TODAY)
        mail = digest._send_to(self.accountant, today)
        self.assertEqual(len(mail), 1)
        body = str(mail.body_html)
        for part in ("Bakery", "Garage", "Late", "Asked", "Bonjour", "23/11/2026", "dépassée"):
            self.assertIn(part, body)
        self.assertNotIn("Hidden", body)
        self.assertIn("accountant@example.com", mail.email_to)
        self.assertIn("2 entreprises", mail.subject)

    def test_no_digest_without_news_and_no_second_one_on_a_day(self):
        digest = self.env["digital.cheque.digest"]
        today = self.env["digital.cheque.dossier"]._fields["next_deadline"].to_date(TODAY)
        self.dossier(self.bakery, "Far", "2027-11-23")
        self.assertFalse(digest._send_to(self.accountant, today))
        self.accountant.digital_cheque_digest_on = False
        self.dossier(self.bakery, "Late", "2020-01-01")
        before = self.env["mail.mail"].search_count([])
        with self.enter_registry_test_mode():
            self.env.ref("be_digital_cheque.cron_digest").method_direct_trigger()
            self.env.ref("be_digital_cheque.cron_digest").method_direct_trigger()
        self.assertEqual(self.env["mail.mail"].search_count([]), before + 1)

    def test_the_digest_asks_the_database_as_often_for_one_company_as_for_many(self):
        digest = self.env["digital.cheque.digest"].with_user(self.accountant)

        def queries():
            content = digest.with_context(
                allowed_company_ids=sorted(self.accountant.company_ids.ids), digital_cheque_date=TODAY
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = content._content()
            return len(found), self.env.cr.sql_log_count - before

        self.dossier(self.bakery, "Late", "2026-11-23")
        self.dossier(self.bakery, "Asked", state="info_asked", applied_on=TODAY)
        granted = {"state": "granted", "granted_amount": 5, "applied_on": TODAY, "decided_on": TODAY}
        self.dossier(self.bakery, "Granted", **granted)
        queries()  # fills what stays in memory: languages, access rules
        self.assertEqual((one := queries())[0], 1)
        clients = self.env["res.company"].create([{"name": f"Client {number}"} for number in range(8)])
        for client in clients:
            self.dossier(client, "Late", "2026-11-23")
            self.dossier(client, "Asked", state="info_asked", applied_on=TODAY)
            self.dossier(client, "Granted", **granted)
        self.accountant.company_ids = [Command.link(client.id) for client in clients]
        queries()  # as above: new companies are new access rules
        self.assertEqual(queries(), (9, one[1]))

    def test_the_page_of_all_companies_asks_as_often_for_few_as_for_many(self):
        fields = ["company_name", "running", "next_deadline", "deadline_state", "room", "room_known", "unused"]

        def queries():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.lines().search([]).read(fields)
            return len(found), self.env.cr.sql_log_count - before

        def clients(number):
            companies = self.env["res.company"].create(
                [
                    {"name": f"Client {number}-{one}", "zip": "9000", "country_id": self.env.ref("base.be").id}
                    for one in range(number)
                ]
            )
            for company in companies:
                self.dossier(company, "Late", "2026-11-23")
                self.env["digital.cheque.undertaking"]._of_company(company)
            self.accountant.company_ids = [Command.link(company.id) for company in companies]

        clients(2)
        queries()  # as above
        few = queries()
        clients(8)
        queries()  # new companies are new access rules
        self.assertEqual(queries(), (few[0] + 8, few[1]))
