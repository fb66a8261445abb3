# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import email
import socket
from datetime import timedelta
from email.header import decode_header, make_header
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from .common import AdoptionCommon


class Letterbox:
    """What a real mail server was given."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):
        self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


@tagged("post_install", "-at_install")
class TestCampaign(AdoptionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # only the tests need it
        from aiosmtpd.controller import Controller

        cls.letterbox = Letterbox()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = Controller(cls.letterbox, hostname="127.0.0.1", port=port, ready_timeout=30)
        server.start()
        cls.addClassCleanup(server.stop)
        cls.env["ir.mail_server"].sudo().search([]).active = False
        cls.env["ir.mail_server"].sudo().create(
            {"name": "Local", "smtp_host": "127.0.0.1", "smtp_port": port, "smtp_encryption": "none"}
        )
        for code in ("fr_BE", "nl_BE"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env["ir.module.module"]._get("sme_adoption")._update_translations(["fr_BE", "nl_BE"])
        cls.firm.lang = "fr_BE"
        cls.person.lang = "nl_BE"
        cls.campaign = (
            cls.env["sme.adoption.campaign"]
            .with_user(cls.owner)
            .create({"name": "Portal", "tool_id": cls.tool("portal").id, "remind_after": 10})
        )

    def setUp(self):
        super().setUp()
        self.count()
        self.letterbox.letters.clear()

    def send(self, campaign=None):
        """Run the scheduled action of the campaigns, and that of core's mail queue to the server."""
        (campaign or self.campaign)._send_chunk(0)
        mails = self.env["sme.adoption.mail"].sudo().search([("mail_id.state", "=", "outgoing")]).mail_id
        with patch.object(self.env.registry["ir.mail_server"], "_disable_send", return_value=False):
            mails.send()
        letters = list(self.letterbox.letters)
        self.letterbox.letters.clear()
        return {to[0]: letter for to, letter in letters}

    def words(self, letter):
        return letter.get_payload(0).get_payload(decode=True).decode()

    def test_invitation_and_one_reminder_in_the_language_of_the_customer(self):
        self.assertEqual(self.campaign.to_invite, 2)
        self.campaign.action_start()
        start = self.today
        letters = self.send()
        self.assertEqual(set(letters), {"achat@pont.example", "marie@dupont.example"})
        french, dutch = letters["achat@pont.example"], letters["marie@dupont.example"]
        self.assertIn("Portail clients", str(make_header(decode_header(french["Subject"]))))
        self.assertIn("Klantenportaal", str(make_header(decode_header(dutch["Subject"]))))
        for word in ("Bonjour", "factures", "Non merci"):
            self.assertIn(word, self.words(french))
        for word in ("Goedendag", "facturen", "Nee, dank u"):
            self.assertIn(word, self.words(dutch))
        for letter in letters.values():
            self.assertEqual(letter["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
            # as mail programs read it: in one piece, not encoded
            self.assertRegex(letter["List-Unsubscribe"], r"^<http\S+/sme_adoption/decline\?row=\d+&token=\w+>$")
            self.assertEqual(letter["Reply-To"], self.company.email_formatted)
        self.assertEqual(self.stage(self.firm, "portal"), "invited")
        self.assertFalse(self.send(), "never twice")
        with freeze_time(start + timedelta(days=14)):
            self.assertEqual(len(self.send()), 2)
        self.assertEqual(self.stage(self.firm, "portal"), "reminded")
        with freeze_time(start + timedelta(days=60)):
            self.assertFalse(self.send(), "one reminder")
        self.campaign.invalidate_recordset()
        self.assertEqual((self.campaign.invited, self.campaign.reminded, self.campaign.used), (2, 2, 0))

    def test_no_mail_to_who_declined_or_is_blacklisted_or_uses_it(self):
        self.row(self.firm, "portal").with_user(self.owner).declined_reason = "difficult"
        self.env["mail.blacklist"].sudo()._add("marie@dupont.example")
        self.customer("Anne", email="anne@anne.example")
        user = self.customer("Piet", email="piet@piet.example")
        self.count()
        row = self.row(user, "portal")
        row.sudo().write({"uses": 1, "first_use": self.today, "last_use": self.today, "stage": "used"})
        self.assertEqual(set(self.send()), {"anne@anne.example"}, "nobody else")

    def test_no_mail_of_the_queue_to_who_declines_meanwhile(self):
        self.customer("Anne", email="anne@anne.example")
        self.count()
        self.campaign._send_chunk(0)
        self.row(self.firm, "portal")._decline("other")
        self.person._sme_adoption_stop_mails()
        self.assertEqual(set(self.send()), {"anne@anne.example"}, "nobody else")
        self.assertEqual(self.stage(self.person, "portal"), "invited")

    def test_the_limits_hold_over_all_tools(self):
        self.firm.with_company(self.company).peppol_verification_state = "valid"
        self.count()
        second = self.campaign.copy({"tool_id": self.tool("einvoice").id, "audience": "business"})
        self.assertEqual(set(self.send()), {"achat@pont.example", "marie@dupont.example"})
        self.assertEqual(self.send(second), {}, "not on the day of another mail")
        start = self.today
        with freeze_time(start + timedelta(days=14)):
            self.assertEqual(set(self.send(second)), {"achat@pont.example"})
            self.assertEqual(set(self.send()), {"marie@dupont.example"}, "the reminder of the first waits")
        self.company.sudo().sme_adoption_per_year = 2
        with freeze_time(start + timedelta(days=40)):
            self.assertEqual(self.send(), {})
        with freeze_time(start + timedelta(days=380)):
            self.assertEqual(set(self.send()), {"achat@pont.example"}, "a year later there is room again")

    def test_what_the_campaign_brought(self):
        self.send()
        row = self.row(self.firm, "portal")
        row.sudo().write({"uses": 1, "first_use": self.today, "last_use": self.today, "stage": "used"})
        self.campaign.invalidate_recordset()
        self.assertEqual((self.campaign.invited, self.campaign.used, self.campaign.used_share), (2, 1, 50))

    def test_nobody_but_the_customer_gets_the_links(self):
        self.campaign._send_chunk(0)
        message = self.row(self.firm, "portal").mail_ids.sudo().mail_id.mail_message_id
        self.assertIn("/sme_adoption/decline", message.body)
        self.assertFalse(self.env["mail.message"].with_user(self.employee).search([("id", "=", message.id)]))

    def test_so_many_in_a_day(self):
        self.campaign.per_day = 1
        self.assertEqual(len(self.send()), 1)
        self.assertEqual(len(self.send()), 0)

    def test_the_cron_sends_what_is_running_only(self):
        cron = self.env.ref("sme_adoption.ir_cron_send").sudo()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.stage(self.firm, "portal"), "reachable")
        self.campaign.action_start()
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self.stage(self.firm, "portal"), "invited")
        self.campaign.action_pause()
        self.assertEqual(self.campaign.state, "paused")
