# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.tests import new_test_user, tagged

from ..models import sme_adoption_counter
from .common import AdoptionCommon


@tagged("post_install", "-at_install")
class TestCounter(AdoptionCommon):
    def test_who_can_be_reached_and_why_not(self):
        self.firm.with_company(self.company).peppol_verification_state = "valid"
        self.count()
        self.assertEqual(self.stage(self.firm, "portal"), "reachable")
        self.assertEqual(self.row(self.silent, "portal").obstacle, "no_email")
        self.assertEqual(self.stage(self.silent, "portal"), "unreachable")
        self.env["res.partner"].create({"name": "Boekhouding", "parent_id": self.silent.id, "email": "x@sans.example"})
        self.count()
        self.assertEqual(self.stage(self.silent, "portal"), "reachable", "a contact has an address")
        self.assertEqual(self.stage(self.firm, "einvoice"), "reachable")
        self.assertEqual(self.row(self.person, "einvoice").obstacle, "private")
        self.assertEqual(self.row(self.silent, "einvoice").obstacle, "no_number")
        for state, obstacle in (
            ("not_valid", "not_on_network"),
            ("not_valid_format", "other_format"),
            ("not_verified", "not_looked_up"),
        ):
            self.firm.with_company(self.company).peppol_verification_state = state
            self.count()
            self.assertEqual(self.row(self.firm, "einvoice").obstacle, obstacle)
        self.assertEqual(self.row(self.firm, "einvoice").reason, "not_on_network", "why it went back, the first time")

    def test_invoices_that_arrived(self):
        self.sent(self.firm, self.today - timedelta(days=100), state="error")
        self.count()
        self.assertEqual(self.row(self.firm, "einvoice").uses, 0)
        first = self.sent(self.firm, self.today - timedelta(days=95))
        self.count()
        self.assertEqual(self.stage(self.firm, "einvoice"), "used")
        last = self.sent(self.firm, self.today - timedelta(days=3))
        self.count()
        row = self.row(self.firm, "einvoice")
        self.assertEqual((row.stage, row.uses, row.last_use), ("regular", 2, last.invoice_date))
        old = self.today - timedelta(days=91)
        self.env.cr.execute("UPDATE account_move SET invoice_date = %s WHERE id = %s", (old, last.id))
        self.count()
        self.assertEqual((row.stage, row.reason), ("used", "lapsed"))
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET state = 'cancel' WHERE id = ANY(%s)", ((first + last).ids,))
        self.count()
        self.assertEqual((row.stage, row.reason, row.uses), ("unreachable", "not_looked_up", 0))

    def test_logins_to_the_portal(self):
        contact = self.env["res.partner"].create(
            {"name": "Jan", "parent_id": self.firm.id, "email": "jan@pont.example"}
        )
        user = new_test_user(self.env, "jan_portal", groups="base.group_portal", partner_id=contact.id)
        self.count()
        self.assertEqual(self.stage(self.firm, "portal"), "reachable")
        logs = self.env["res.users.log"].with_user(user).sudo()
        for days, stage in ((5, "used"), (2, "regular")):
            log = logs.create({})
            self.env.cr.execute(
                "UPDATE res_users_log SET create_date = %s WHERE id = %s",
                (datetime.combine(self.today, datetime.min.time()) - timedelta(days=days), log.id),
            )
            self.count()
            self.assertEqual(self.stage(self.firm, "portal"), stage)
        self.count()
        self.assertEqual(self.row(self.firm, "portal").uses, 2, "the same login counts once")

    def test_web_orders_and_online_payments_where_their_apps_are(self):
        for code, model in (("web_shop", "sale.order"), ("online_payment", "payment.transaction")):
            tool = self.tool(code)
            self.count()
            if tool.absent:
                self.assertIn("nstall" if model not in self.env else "", tool.absent)
                self.assertFalse(self.row(self.firm, code))
            else:
                self.assertEqual(self.stage(self.firm, code), "reachable")

    def test_what_was_declined_stays_declined(self):
        self.count()
        row = self.row(self.firm, "einvoice").with_user(self.owner)
        row.write({"declined_reason": "paper", "declined_text": "Mon comptable veut du papier"})
        self.sent(self.firm, self.today)
        self.sent(self.firm, self.today)
        self.count()
        self.assertEqual((row.stage, row.uses), ("declined", 2))
        row.declined_reason = False
        self.assertEqual((row.stage, row.reason, row.declined_text), ("regular", "withdrawn", False))

    def test_only_who_was_touched_and_on_from_where_it_stopped(self):
        mark = self.env["sme.adoption.mark"].sudo()
        with patch.object(sme_adoption_counter, "BATCH", 2):
            passes = 0
            while self.counter._count_batch():
                passes += 1
        self.assertTrue(passes)
        mark = mark.search([("company_id", "=", self.company.id)])
        self.assertFalse(mark.began)
        self.assertTrue(mark.counted_on)
        self.assertTrue(self.row(self.person, "portal"))
        day = self.env["sme.adoption.day"].search(
            [("company_id", "=", self.company.id), ("tool_id", "=", self.tool("portal").id)]
        )
        self.assertEqual(
            sum(day.mapped("count")),
            self.rows.search_count([("company_id", "=", self.company.id), ("tool_id", "=", self.tool("portal").id)]),
        )
        # all that these tests wrote is stamped with the time of their one transaction
        mark.since = datetime.now() + timedelta(days=1)
        tools = self.env["sme.adoption.measure"].sudo()._tools()
        self.assertEqual(self.counter._next_ids(self.company, mark, tools), [])
        self.env.cr.execute("UPDATE res_partner SET write_date = %s WHERE id = %s", (mark.since, self.person.id))
        self.assertEqual(self.counter._next_ids(self.company, mark, tools), self.person.ids)
        self.env.cr.execute(
            "UPDATE sme_adoption_customer SET stage = 'regular', uses = 2, last_use = %s WHERE id = %s",
            (self.today - relativedelta(days=91), self.row(self.firm, "portal").id),
        )
        self.assertEqual(self.counter._next_ids(self.company, mark, tools), (self.firm + self.person).ids)

    def test_who_is_no_customer_any_more(self):
        self.count()
        self.row(self.firm, "portal").with_user(self.owner).declined_reason = "no_need"
        self.firm.active = False
        self.counter._forget_leavers(self.company)
        self.assertFalse(self.rows.search([("partner_id", "=", self.firm.id)]))
        self.firm.active = True
        self.counter._forget_leavers(self.company)
        self.assertEqual(self.stage(self.firm, "portal"), "declined")

    def test_customers_of_another_company_are_not_ours(self):
        other = self.env["res.company"].create({"name": "Gent Webwinkel BV"})
        self.firm.company_id = False
        mark = self.env["sme.adoption.mark"].sudo().create({"company_id": other.id})
        elsewhere = self.counter.with_company(other)
        tools = self.env["sme.adoption.measure"].sudo()._tools()
        self.assertIn(self.firm.id, elsewhere._next_ids(other, mark, tools), "nobody's yet")
        self.sent(self.firm, self.today)
        self.assertNotIn(self.firm.id, elsewhere._next_ids(other, mark, tools))
