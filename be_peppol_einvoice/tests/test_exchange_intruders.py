# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Those who have no business with a company's documents, and documents that mean harm."""

import io
import zipfile
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..providers import contract
from .exchange_common import ExchangeCommon

BOMB = b"""<!DOCTYPE a [
<!ENTITY a "0123456789"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">&c;</Invoice>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>&x;</ID></Invoice>"""
REMOTE = b"""<!DOCTYPE a SYSTEM "http://169.254.169.254/latest/meta-data">
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>"""
HEADER = b"""<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<StandardBusinessDocument xmlns="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
<StandardBusinessDocumentHeader><Sender><Identifier>&x;</Identifier></Sender></StandardBusinessDocumentHeader>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/></StandardBusinessDocument>"""


class IntruderCommon(ExchangeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._invoice()
        wizard = cls.env["account.move.send.wizard"].with_context(active_model="account.move", active_ids=cls.move.ids)
        wizard = wizard.create({})
        wizard.sending_methods = ["peppol"]
        wizard.action_send_and_print()
        cls.exchange = cls.move._last_exchange()
        cls.other = cls.setup_other_company()["company"]
        cls.intruders = {
            "employee": cls._user("employee", login="employee", password="employee_password"),
            "portal": cls._user(
                "employee",
                login="portal",
                password="portal_password",
                group_ids=[Command.set(cls.env.ref("base.group_portal").ids)],
            ),
            "stranger": cls._user("accountant", cls.other, login="stranger", password="stranger_password"),
        }


@tagged("post_install", "-at_install")
class TestExchangeIntruders(IntruderCommon):
    def test_no_record_is_readable(self):
        self.env["peppol.archive.seal"]._seal(self.company)
        seal = self.env["peppol.archive.seal"].search([("exchange_id", "=", self.exchange.id)])
        records = (self.exchange, self.exchange.event_ids, self.exchange.attachment_id, self.connection, seal)
        for name, user in self.intruders.items():
            for record in records:
                self.assertTrue(record)
                with self.subTest(user=name, model=record._name), self.assertRaises(AccessError):
                    record.with_user(user).read([])

    def test_nothing_is_found(self):
        """What cannot be read cannot be searched, counted or grouped either."""
        for name, user in self.intruders.items():
            exchanges = self.exchanges.with_user(user)
            with self.subTest(user=name):
                if name == "stranger":
                    self.assertEqual(exchanges.search_count([("id", "=", self.exchange.id)]), 0)
                    continue
                with self.assertRaises(AccessError):
                    exchanges.search_count([])
                with self.assertRaises(AccessError):
                    exchanges.formatted_read_group([], ["sender"], ["__count"])

    def test_nothing_is_done(self):
        for name, user in self.intruders.items():
            for action in ("action_try_again", "action_close", "action_open_move"):
                with self.subTest(user=name, action=action), self.assertRaises(AccessError):
                    getattr(self.exchange.with_user(user), action)()
        self.assertEqual(self.exchange.state, "prepared")

    def test_credentials_cannot_be_guessed_by_searching(self):
        connections = self.env["peppol.connection"].with_user(self._user("accountant", login="guesser"))
        for field in ("token", "webhook_token"):
            with self.subTest(field=field), self.assertRaises(AccessError):
                connections.search([(field, "=like", "a%")])
            with self.subTest(field=field), self.assertRaises(AccessError):
                connections.search([], order=field)

    def test_an_export_holds_what_its_user_may_read(self):
        stranger = self.intruders["stranger"]
        export = self.env["peppol.archive.export"].with_user(stranger).create({"company_id": self.company.id})
        target = io.BytesIO()
        export.env["peppol.archive.zip"]._write(target, export._domain())
        self.assertEqual(zipfile.ZipFile(target).namelist(), ["index.xlsx"])

    def test_hostile_documents_are_kept_and_read_by_nobody(self):
        moves = self.env["account.move"].search_count([])

        def core_reads(*_args, **_options):
            raise AssertionError("core's importer must not see it")

        for data in (BOMB, OUTSIDE, REMOTE, HEADER):
            message_id = self.peer.arrive(data, "0208:0799000084", self.connection._participant())
            with (
                self.subTest(data=data[:60]),
                patch.object(type(self.env["account.move"]), "_extend_with_attachments", core_reads),
                patch("socket.socket.connect", side_effect=AssertionError("nobody is asked")),
            ):
                self.exchanges._cron_fetch()
                self.exchanges._cron_import()
                received = self.exchanges.search([("message_id", "=", message_id), ("direction", "=", "in")])
                self.assertEqual((received.state, received.reason_kind), ("attention", "unreadable"))
                self.assertEqual(received.attachment_id.raw, data)
                self.assertNotIn("root:", f"{received.sender}{received.number}{received.reason}")
        self.assertEqual(self.env["account.move"].search_count([]), moves)

    def test_an_answer_cannot_name_another_companys_document(self):
        """A message id that another company has received is not fetched a second time, nor shown to this one."""
        waiting = contract.Waiting("a-message", "0208:0799000084", self.connection._participant())
        values = self.exchanges._incoming_values(self.connection, waiting, b"<a/>")
        theirs = self.exchanges._begin({**values, "company_id": self.other.id}, b"<a/>")
        self.assertFalse(self.exchanges._take_in(self.connection, self.memory, waiting))
        self.assertEqual(theirs.company_id, self.other)
        accountant = self._user("accountant", login="ours")
        self.assertFalse(self.exchanges.with_user(accountant).search([("id", "=", theirs.id)]))


@tagged("post_install", "-at_install")
class TestExchangeIntrudersOverHttp(IntruderCommon, HttpCase):
    def test_files_and_exports_over_http(self):
        export = self.env["peppol.archive.export"].create({"company_id": self.company.id})
        attachment = self.exchange.attachment_id
        paths = (
            f"/web/content/{attachment.id}",
            f"/web/content/peppol.exchange/{self.exchange.id}/attachment_id",
            f"/web/content?model=ir.attachment&id={attachment.id}&field=raw",
            f"/be_peppol/archive/{export.id}",
        )
        for name in (None, *self.intruders):
            self.authenticate(name, f"{name}_password")
            for path in paths:
                with self.subTest(user=name, path=path), mute_logger("odoo.http"):
                    answer = self.url_open(path, allow_redirects=False)
                    self.assertIn(answer.status_code, (303, 403, 404))
                    self.assertNotIn(b"EndpointID", answer.content)
                    self.assertNotEqual(answer.headers.get("Content-Type"), "application/zip")

    def test_forged_hints_wake_nobody(self):
        triggers = self.env["ir.cron.trigger"]
        fetch = self.env.ref("be_peppol_einvoice.ir_cron_exchange_fetch")
        before = triggers.search_count([("cron_id", "=", fetch.id)])
        for token in ("guess", "a" * 43, "%00", "é" * 10):
            answer = self.url_open(f"/be_peppol/hint/{self.connection.id}/{token}", data={"documentId": "1"})
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(triggers.search_count([("cron_id", "=", fetch.id)]), before)
        self.assertFalse(self.connection.hinted_at)

    def test_many_hints_over_http_are_one(self):
        triggers = self.env["ir.cron.trigger"]
        fetch = self.env.ref("be_peppol_einvoice.ir_cron_exchange_fetch")
        before = triggers.search_count([("cron_id", "=", fetch.id)])
        for _hint in range(10):
            path = f"/be_peppol/hint/{self.connection.id}/{self.connection.webhook_token}"
            self.assertEqual(self.url_open(path, data={"documentId": "1"}).status_code, 204)
        self.assertLessEqual(triggers.search_count([("cron_id", "=", fetch.id)]) - before, 1)
        self.assertEqual(self.connection.hinted_at, fields.Datetime.now())
