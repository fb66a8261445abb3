# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, tagged

from .common import TimeSavedCommon


@tagged("post_install", "-at_install")
class TestFigures(TimeSavedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bills = cls.bill("2026-03-05") + cls.bill("2026-03-20") + cls.bill("2026-04-02")
        cls.env.flush_all()
        cls.counter._count(cls.bills)

    def lines(self):
        lines = self.env["sme.time.line"].search([("company_id", "=", self.company.id)], order="month, id")
        return [(str(line.month)[:7], line.count, round(line.hours, 2), line.amount) for line in lines]

    def test_hours_and_euros_with_the_figures_that_ship(self):
        # 2 × 7 min = 14 min = 0.23 h × €48.20 = €11.25
        self.assertEqual(self.lines(), [("2026-03", 2, 0.23, 11.25), ("2026-04", 1, 0.12, 5.62)])

    def test_own_minutes_from_a_day_on(self):
        with Form(self.kind("bill_imported").with_user(self.owner)) as form, form.rate_ids.new() as rate:
            rate.value = 3
            rate.start = "2026-03-10"
            rate.source = "Measured in our office"
        self.assertEqual(
            self.lines(), [("2026-03", 1, 0.12, 5.62), ("2026-03", 1, 0.05, 2.41), ("2026-04", 1, 0.05, 2.41)]
        )
        own = self.kind("bill_imported").rate_ids.filtered("company_id")
        own.unlink()
        self.assertEqual(self.lines(), [("2026-03", 2, 0.23, 11.25), ("2026-04", 1, 0.12, 5.62)])

    def test_own_cost_of_an_hour(self):
        self.env["sme.time.rate"].with_user(self.owner).create(
            {"role_id": self.env.ref("sme_time_saved.role_bookkeeping").id, "value": 60, "source": "Our payroll"}
        )
        self.assertEqual(self.lines(), [("2026-03", 2, 0.23, 14.0), ("2026-04", 1, 0.12, 7.0)])

    def test_without_minutes_it_is_not_known(self):
        self.env.ref("sme_time_saved.rate_bill_imported").sudo().unlink()
        self.assertEqual(self.lines(), [("2026-03", 2, 0, 0), ("2026-04", 1, 0, 0)])
        page = self.env["sme.time.page"].with_context(lang="en_US").get_page("2026-03-01")
        self.assertEqual(page["lines"][0]["hours_text"], "")
        self.assertEqual(page["lines"][0]["source"], "No figure yet: enter one.")

    def test_a_kind_that_is_switched_off_is_not_in_the_hours(self):
        self.kind("bill_imported").with_user(self.owner).active = False
        self.assertEqual(self.lines(), [])
        self.kind("bill_imported").active = True
        self.assertEqual(len(self.lines()), 2)

    def test_the_page_shows_the_working(self):
        page = self.env["sme.time.page"].with_context(lang="en_US").get_page("2026-03-01")
        (line,) = page["lines"]
        self.assertEqual((line["count"], line["minutes"], line["hours_text"]), (2, "7", "0.2"))
        self.assertIn("UHasselt", line["source"])
        self.assertEqual([role["name"] for role in page["roles"]], ["Bookkeeping"])
        self.assertNotIn(
            self.kind("bill_imported").id, [kind["id"] for kind in page["missing"] if page["year"]["count"]]
        )
        records = self.env["sme.time.line"].browse(line["id"]).action_open_events()
        found = self.env["sme.time.event"].search(records["domain"])
        self.assertEqual(sorted(found.mapped("res_id")), sorted(self.bills[:2].ids))

    def test_a_record_opens(self):
        event = self.events.search([("res_id", "=", self.bills[0].id), ("res_model", "=", "account.move")])
        self.assertEqual(event.action_open_record()["res_id"], self.bills[0].id)
