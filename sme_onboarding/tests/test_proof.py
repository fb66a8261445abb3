# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from .common import OnboardingCommon


@tagged("post_install", "-at_install")
class TestProof(OnboardingCommon):
    def setUp(self):
        super().setUp()
        self.sent, self.refusal = [], None

        def send_email(_server, message, *_args, **_options):
            if self.refusal:
                raise self.refusal
            self.sent.append(message)
            return message["Message-Id"]

        self.startPatcher(patch.object(self.env.registry["ir.mail_server"], "send_email", send_email))

    def _domain(self):
        domain = self.env["mail.alias.domain"].create({"name": "ourthe.example"})
        self.company.alias_domain_id = domain

    def _incoming(self, probe, token, to=None):
        message = (
            f"From: somebody@elsewhere.example\nTo: {to or probe.alias_id.alias_full_name}\n"
            f"Subject: Digital Start {token}\nMessage-Id: <{token}@elsewhere.example>\n\n{token}\n"
        )
        self.env["mail.thread"].sudo().with_context(mail_create_nolog=True).message_process("sme.mail.probe", message)

    def test_mail_leaves_and_comes_back(self):
        self.company.alias_domain_id = False
        self.assertEqual(self.outcome("mail_round_trip").status, "failed")
        self._domain()
        self.assertEqual(self.outcome("mail_round_trip").status, "deferred")
        outcome = self.outcome("mail_round_trip", remote=True)
        self.assertEqual(outcome.status, "unmeasured", self.texts(outcome))
        probe = self.env["sme.mail.probe"].sudo().search([("company_id", "=", self.company.id)])
        self.assertEqual(self.sent[-1]["To"], probe.alias_id.alias_full_name)
        self.assertIn(probe.token, self.sent[-1]["Subject"])
        # Somebody else's message is not ours.
        self._incoming(probe, "0" * 32)
        self.assertFalse(probe.arrived_on)
        self._incoming(probe, probe.token)
        self.assertTrue(probe.arrived_on)
        self.assert_passed(self.outcome("mail_round_trip"))

    def test_mail_that_does_not_come_back_is_a_failure(self):
        self._domain()
        self.outcome("mail_round_trip", remote=True)
        probe = self.env["sme.mail.probe"].sudo().search([("company_id", "=", self.company.id)])
        probe.sent_on = fields.Datetime.now() - timedelta(hours=3)
        self.assertIn("did not come back", self.texts(self.outcome("mail_round_trip"))[0])
        outcome = self.outcome("mail_round_trip", remote=True)
        self.assertEqual(len(outcome.found), 2)
        self.assertGreater(probe.sent_on, fields.Datetime.now() - timedelta(minutes=5))

    def test_mail_that_the_server_refuses(self):
        self._domain()

        self.refusal = MailDeliveryException("550 not allowed")
        outcome = self.outcome("mail_round_trip", remote=True)
        self.assert_failed(outcome, "The test message did not leave: 550 not allowed")

    def test_old_proof_is_asked_for_again(self):
        self._domain()
        self.outcome("mail_round_trip", remote=True)
        probe = self.env["sme.mail.probe"].sudo().search([("company_id", "=", self.company.id)])
        long_ago = fields.Datetime.now() - timedelta(days=8)
        probe.write({"sent_on": long_ago, "arrived_on": long_ago})
        self.assertEqual(self.outcome("mail_round_trip").status, "deferred")

    def test_backup(self):
        jobs = self.env["sme.backup.job"]
        jobs.search([]).unlink()
        self.assert_failed(self.outcome("backup"), "No backup has ever reported here")
        job = jobs.create({"name": "Nightly"})
        self.assertTrue(jobs._report(job.token, "backup", 2_500_000))
        self.assertEqual(job.backup_size, 2.5)
        self.assertIn("nobody has tested", self.texts(self.outcome("backup"))[0])
        job.with_user(self.owner).action_restore_tested()
        self.assert_passed(self.outcome("backup"))
        job.backup_on -= timedelta(hours=30)
        self.assert_failed(self.outcome("backup"), "The last backup (Nightly) is 30 hours old")
        job.write({"backup_on": fields.Datetime.now(), "restore_on": fields.Datetime.now() - timedelta(days=200)})
        self.assertIn("200 days ago", self.texts(self.outcome("backup"))[0])
        with self.assertRaises(AccessError):
            job.with_user(self.employee).read(["token"])
        with self.assertRaises(AccessError):
            job.with_user(self.employee).action_restore_tested()
        self.assertFalse(jobs._report("", "backup"))
        self.assertFalse(jobs._report(job.token, "format_disk"))

    def test_invoice_by_the_official_rules(self):
        if "be.einvoice.check" not in self.env:
            self.skipTest("be_peppol_einvoice is not installed")
        self.assertEqual(self.outcome("invoice_valid").status, "failed")
        partner = self.env["res.partner"].create(
            {
                "name": "Client SA",
                "is_company": True,
                "street": "Rue 1",
                "zip": "4000",
                "city": "Liège",
                "country_id": self.belgium.id,
                "vat": "BE0477472701",
            }
        )
        move = self.init_invoice("out_invoice", partner=partner, amounts=[100], post=True)
        check = move.sudo().einvoice_check_ids or self.env["be.einvoice.check"].sudo().create(
            {"move_id": move.id, "company_id": self.company.id, "state": "ready", "checked_at": fields.Datetime.now()}
        )
        check.state = "ready"
        self.assert_passed(self.outcome("invoice_valid"))
        check.state = "problems"
        self.assertIn("breaks the official rules", self.texts(self.outcome("invoice_valid"))[0])

    def test_orders_and_goods(self):
        installed = self.env["ir.module.module"]._installed()
        if "sale_management" in installed:
            self.assertEqual(self.outcome("first_order").status, "failed")
            order = (
                self.env["sale.order"]
                .sudo()
                .create(
                    {
                        "partner_id": self.partner_a.id,
                        "order_line": [(0, 0, {"product_id": self.product_a.id, "product_uom_qty": 1})],
                    }
                )
            )
            self.assertEqual(self.outcome("first_order").status, "failed")
            order.action_confirm()
            self.assert_passed(self.outcome("first_order"))
            self.assertEqual(self.outcome("first_order").domain, [["id", "=", order.id]])
        if "website_sale" in installed:
            self.assertEqual(self.outcome("web_order").status, "failed")
            order.website_id = self.env["website"].search([], limit=1)
            self.assert_passed(self.outcome("web_order"))


@tagged("post_install", "-at_install")
class TestBackupAddress(HttpCase):
    def setUp(self):
        super().setUp()
        # nobody; the session names the database, where a server has several
        self.authenticate(None, None)

    def test_address(self):
        job = self.env["sme.backup.job"].create({"name": "Nightly"})
        address = f"/digital-start/backup/{job.token}"
        self.assertEqual(self.url_open(address, data={"size": "1000000"}).text, "ok\n")
        self.assertTrue(job.backup_on)
        self.assertEqual(job.backup_size, 1)
        self.assertEqual(self.url_open(address, data={"kind": "restore"}).status_code, 200)
        self.assertTrue(job.restore_on)
        self.assertEqual(self.url_open("/digital-start/backup/guessed", data={"kind": "backup"}).status_code, 404)
        self.assertEqual(self.url_open(address, data={"kind": "x"}).status_code, 404)
        old = job.token
        job.action_new_token()
        self.assertEqual(self.url_open(f"/digital-start/backup/{old}", data={"kind": "backup"}).status_code, 404)
