# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestChecksMail(OnboardingCommon):
    def setUp(self):
        super().setUp()
        self.env["ir.mail_server"].sudo().search([]).active = False
        self.env["fetchmail.server"].sudo().search([]).active = False
        self.journal = self.company_data["default_journal_purchase"]

    def _server(self):
        return self.env["ir.mail_server"].sudo().create({"name": "Provider", "smtp_host": "smtp.ourthe.example"})

    def _connection(self, error=None):
        """Stand in for the provider: core's own test either succeeds or says why not."""
        self.connections = 0

        def test_smtp_connection(server, autodetect_max_email_size=False):
            self.connections += 1
            if error:
                raise UserError(error)

        return patch.object(IrMail_Server, "test_smtp_connection", test_smtp_connection)

    def _config(self, host):
        return patch("odoo.addons.sme_onboarding.checks.mail.config", {"smtp_server": host})

    def test_no_mail_server(self):
        with self._config("localhost"):
            self.assert_failed(self.outcome("outgoing_mail", remote=True), "No outgoing mail server is set up")

    def test_mail_server_of_the_host_cannot_be_measured(self):
        with self._config("relay.host.example"):
            outcome = self.outcome("outgoing_mail", remote=True)
        self.assertEqual(outcome.status, "unmeasured")
        self.assertIn("relay.host.example", self.texts(outcome)[0])

    def test_opening_the_page_does_not_connect(self):
        self._server()
        status = self.status("outgoing_mail")
        with self._connection():
            status._check()
            self.assertEqual(self.connections, 0)
            self.assertEqual(status.state, "unmeasured")
            self.assertEqual(status.found, "Set up, but not tested yet: press “Test now”")
            status._check(remote=True)
            self.assertEqual(self.connections, 1)
            self.assertEqual(status.state, "done")
            # What the test said stays, until the server changes.
            status._check()
            self.assertEqual((status.state, self.connections), ("done", 1))

    def test_changed_server_has_to_be_tested_again(self):
        server = self._server()
        status = self.status("outgoing_mail")
        with self._connection():
            status._check(remote=True)
        self.assertEqual(status.state, "done")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_mail_server SET write_date = write_date + interval '1 minute' WHERE id = %s", (server.id,)
        )
        self.env.invalidate_all()
        status._check()
        self.assertEqual(status.state, "unmeasured")

    def test_server_that_refuses(self):
        self._server()
        status = self.status("outgoing_mail")
        with self._connection():
            status._check(remote=True)
        with self._connection("The server refused the sender address"):
            status._check(remote=True)
        self.assertEqual(status.state, "doing")
        self.assertTrue(status.reopened_on)
        self.assertEqual(status.found, "Provider does not accept e-mails: The server refused the sender address")

    def _domain(self):
        domain = self.env["mail.alias.domain"].sudo().create({"name": "ourthe.example"})
        self.company.alias_domain_id = domain
        return domain

    def test_bill_alias(self):
        self.company.alias_domain_id = False
        self.journal.alias_id.alias_domain_id = False
        self.assert_failed(self.outcome("bill_alias"), "No e-mail domain is set for your firm, so no address can exist")
        domain = self._domain()
        self.journal.write({"alias_name": False, "alias_domain_id": domain.id})
        self.assert_failed(self.outcome("bill_alias"), "No purchase journal has an e-mail address")
        self.journal.alias_name = "factures"
        self.assertEqual(self.journal.alias_email, "factures@ourthe.example")
        self.assert_failed(
            self.outcome("bill_alias"),
            "factures@ourthe.example exists, but no incoming mail server brings its e-mails into Odoo",
        )
        server = self.env["fetchmail.server"].sudo().create({"name": "Box", "server_type": "imap", "state": "done"})
        self.assert_passed(self.outcome("bill_alias"))
        server.error_date = "2026-11-23 08:00:00"
        self.assert_failed(self.outcome("bill_alias"), "['Box']: the last attempt to fetch e-mails failed")

    def test_bill_that_came_in_is_the_best_proof(self):
        domain = self._domain()
        self.journal.write({"alias_name": "factures", "alias_domain_id": domain.id})
        bill = self.init_invoice("in_invoice", amounts=[100])
        self.assertEqual(self.outcome("bill_alias").status, "failed")
        bill.message_post(body="Bill", message_type="email", author_id=self.partner_a.id)
        outcome = self.outcome("bill_alias")
        self.assert_passed(outcome)
        self.assertEqual(self.records(outcome), bill)
