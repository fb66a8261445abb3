# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from .common import TimeSavedCommon


@tagged("post_install", "-at_install")
class TestMail(TimeSavedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_BE")
        cls.env["ir.module.module"]._get("sme_time_saved")._update_translations(["nl_BE"])
        cls.env["res.users"].sudo().search([]).sme_time_mail = False
        cls.owner.sudo().write({"lang": "nl_BE", "sme_time_mail": True})
        cls.bills = cls.bill("2026-03-05") + cls.bill("2026-02-20")
        cls.env.flush_all()
        cls.counter._count(cls.bills)
        cls.env["res.company"].sudo().search([]).sme_time_mailed = "2026-02-01"
        marks = cls.env["sme.time.mark"].sudo().search([])
        (marks or marks.create({"subject": "account.move"})).counted_on = datetime(2026, 4, 1, 1)

    def send(self):
        mails = self.env["mail.mail"].sudo()
        known = mails.search([])
        with self.enter_registry_test_mode():
            self.env.ref("sme_time_saved.ir_cron_mail").sudo().method_direct_trigger()
        return mails.search([]) - known

    @freeze_time("2026-04-01 06:00:00")
    def test_once_a_month_in_the_language_of_the_reader(self):
        mail = self.send()
        self.assertFalse(self.send(), "never twice")
        self.assertEqual(mail.email_to, self.owner.email_formatted)
        self.assertIn("bespaarde", mail.subject)
        self.assertIn("maart 2026", mail.subject)
        self.assertIn("schatting", mail.body_html)
        self.assertIn("/sme_time_saved/stop?", mail.headers)

    @freeze_time("2026-04-01 06:00:00")
    def test_not_before_the_month_is_counted(self):
        self.env["sme.time.mark"].sudo().search([])[:1].counted_on = datetime(2026, 3, 31, 23)
        self.assertFalse(self.send())

    @freeze_time("2026-07-01 06:00:00")
    def test_a_month_without_anything_has_no_mail(self):
        self.env["sme.time.mark"].sudo().search([]).counted_on = datetime(2026, 7, 1, 1)
        self.assertFalse(self.send())

    def test_one_switches_it_oneself(self):
        self.env["sme.time.page"].with_user(self.employee).set_mail(True)
        self.assertTrue(self.employee.sme_time_mail)


@tagged("post_install", "-at_install")
class TestStop(TimeSavedCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # nobody; the session names the database, where a server has several
        self.authenticate(None, None)

    def test_the_link_stops_it(self):
        self.owner.sudo().sme_time_mail = True
        link = self.env["sme.time.mail"].sudo()._stop_link(self.owner)
        path = link[link.index("/sme_time_saved") :]
        opened = self.url_open(path)
        self.assertEqual(opened.status_code, 200)
        self.assertTrue(self.owner.sme_time_mail, "a filter that opens links stops nothing")
        self.assertEqual(self.url_open(path.replace("token=", "token=0"), data={}).status_code, 404)
        self.assertEqual(self.url_open("/sme_time_saved/stop?user_id=x&token=y", data={}).status_code, 404)
        self.assertTrue(self.owner.sme_time_mail)
        self.assertEqual(self.url_open(path, data={"List-Unsubscribe": "One-Click"}).status_code, 200)
        self.owner.invalidate_recordset()
        self.assertFalse(self.owner.sme_time_mail)
