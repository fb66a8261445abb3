# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import file_open, mute_logger

from ..exchange.states import NotAllowed
from .exchange_common import ExchangeCommon


@tagged("post_install", "-at_install")
class TestExchangeSecurity(ExchangeCommon):
    def test_other_companies_exchanges_are_invisible(self):
        exchange = self._send(self._invoice())
        other = self.setup_other_company()["company"]
        stranger = self._user("accountant", other, login="other_company")
        self.assertFalse(self.exchanges.with_user(stranger).search([("id", "=", exchange.id)]))
        with self.assertRaises(AccessError):
            exchange.with_user(stranger).read(["number"])
        with self.assertRaises(AccessError):
            exchange.attachment_id.with_user(stranger).read(["raw"])
        with self.assertRaises(AccessError):
            exchange.event_ids.with_user(stranger).read(["answer"])

    def test_employees_see_nothing(self):
        exchange = self._send(self._invoice())
        employee = self._user("employee")
        for record in (exchange, exchange.event_ids, exchange.attachment_id, self.connection):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(employee).read([])

    def test_credentials_are_for_administrators(self):
        accountant = self._user("accountant")
        connection = self.connection.with_user(accountant)
        self.assertEqual(connection.state, "connected")
        for name in ("token", "webhook_token", "webhook_url"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                connection.read([name])
        self.assertNotIn("token", connection.read()[0])
        for call in (connection.action_connect, connection.action_disconnect):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(self.connection.copy_data({"company_id": False})[0].get("token"))

    def test_nobody_rewrites_history(self):
        exchange = self._send(self._invoice())
        admin = self.env.ref("base.user_admin")
        for record in (exchange, exchange.event_ids[0]):
            with self.assertRaises(UserError):  # AccessError is one of them
                record.with_user(admin).write({"state": "delivered"})
            with self.assertRaises(UserError):
                record.with_user(admin).unlink()
        with self.assertRaises(AccessError):
            self.exchanges.with_user(admin).create({"direction": "in"})
        # the machinery itself cannot either
        with self.assertRaises(UserError):
            exchange.event_ids[0].sudo().write({"answer": "it never happened"})
        with self.assertRaises(UserError):
            exchange.event_ids[0].sudo().unlink()
        with self.assertRaises(UserError):
            exchange.sudo().unlink()
        with self.assertRaises(AccessError):
            exchange.attachment_id.with_user(admin).write({"raw": b"forged"})

    def test_steps_are_checked(self):
        exchange = self._send(self._invoice())
        for step in ("delivered", "accepted", "imported", "nonsense"):
            with self.subTest(step=step), self.assertRaises(NotAllowed):
                exchange._step(step)

    def test_auditors_look_but_do_not_act(self):
        exchange = self._send(self._invoice())
        self.peer.fault = "permanent"
        self.exchanges._cron_submit()
        auditor = self._user("auditor")
        self.assertEqual(exchange.with_user(auditor).state, "attention")
        for call in (exchange.with_user(auditor).action_try_again, exchange.with_user(auditor).action_close):
            with self.assertRaises(UserError):
                call()
        exchange.with_user(self._user("invoicing")).action_close()
        self.assertEqual((exchange.state, exchange.event_ids[-1].user_id.name), ("closed", "invoicing"))

    def test_invoicing_users_send(self):
        move = self._invoice()
        move_as_user = move.with_user(self._user("invoicing"))
        wizard = self.env["account.move.send.wizard"].with_user(move_as_user.env.user)
        wizard = wizard.with_context(active_model="account.move", active_ids=move.ids).create({})
        wizard.sending_methods = ["peppol"]
        wizard.action_send_and_print()
        self.assertEqual(move._last_exchange().state, "prepared")

    def test_a_copied_database_sends_nothing(self):
        exchange = self._send(self._invoice())
        self.env.flush_all()
        with file_open("be_peppol_einvoice/data/neutralize.sql") as file:
            self.env.cr.execute(file.read())
        self.env.invalidate_all()
        self.exchanges._cron_submit()
        self.exchanges._cron_fetch()
        self.assertEqual(self.peer.calls, 0)
        self.assertEqual(exchange.state, "prepared")
        self.assertFalse(self.connection.token or self.connection.webhook_token)

    def test_disconnecting_waits_for_what_is_under_way(self):
        self._send(self._invoice())
        with self.assertRaises(UserError):
            self.connection.action_disconnect()

    def test_an_account_of_someone_else(self):
        self.company.partner_id.write({"vat": "BE0417497106"})
        self.company.partner_id.write({"peppol_eas": "0208", "peppol_endpoint": "0417497106"})
        self.connection.state = "draft"
        with self.assertRaises(UserError):
            self.connection.action_connect()
        self.assertEqual(self.connection.state, "draft")


@tagged("post_install", "-at_install")
class TestHint(ExchangeCommon, HttpCase):
    def setUp(self):
        super().setUp()
        # nobody; the session names the database, where a server has several
        self.authenticate(None, None)

    def test_only_the_right_token_is_heard(self):
        path = f"/be_peppol/hint/{self.connection.id}/{self.connection.webhook_token}"
        self.env.flush_all()
        for wrong in (path[:-1], path + "x", f"/be_peppol/hint/0/{self.connection.webhook_token}"):
            self.assertEqual(self.url_open(wrong, data={"any": "thing"}).status_code, 404)
        self.assertFalse(self.connection.hinted_at)
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(path, method="GET").status_code, 405)
        self.assertEqual(self.url_open(path, data={"any": "thing"}).status_code, 204)
        self.connection.invalidate_recordset()
        self.assertTrue(self.connection.hinted_at)

    def test_a_flood_of_hints_wakes_us_once_a_minute(self):
        triggers = self.env["ir.cron.trigger"]
        fetch = self.env.ref("be_peppol_einvoice.ir_cron_exchange_fetch")
        before = triggers.search_count([("cron_id", "=", fetch.id)])
        for _hint in range(20):
            self.env["peppol.connection"]._hint(self.connection.id, self.connection.webhook_token)
        self.assertLessEqual(triggers.search_count([("cron_id", "=", fetch.id)]) - before, 1)
        self.assertEqual(self.connection.hinted_at, fields.Datetime.now())
