# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from email.message import EmailMessage
from email.utils import make_msgid

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

ALIAS = "digital-start-test"
# A message that came back keeps its word for so long.
VALID_DAYS = 7


class SmeMailProbe(models.Model):
    """A message that a company sends to itself, through its outgoing server, over the internet, and back in through its
    incoming server: the only proof that mail leaves and arrives."""

    _name = "sme.mail.probe"
    _inherit = ["mail.thread"]
    _description = "Test Message"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", index=True, readonly=True)
    alias_id = fields.Many2one("mail.alias", ondelete="set null", readonly=True)
    token = fields.Char(readonly=True, groups="base.group_system")
    sent_on = fields.Datetime(readonly=True)
    arrived_on = fields.Datetime(readonly=True)

    _company_unique = models.UniqueIndex("(company_id)", "A company has one test message.")

    @api.model
    def _of_company(self, company):
        """:return: the probe of a company with its address; created where it is missing (called with all rights)"""
        probe = self.search([("company_id", "=", company.id)], limit=1) or self.create({"company_id": company.id})
        if not probe.alias_id and company.alias_domain_id:
            probe.alias_id = self.env["mail.alias"].create(
                {
                    "alias_name": f"{ALIAS}-{company.id}",
                    "alias_domain_id": company.alias_domain_id.id,
                    "alias_model_id": self.env["ir.model"]._get_id(self._name),
                    "alias_force_thread_id": probe.id,
                    "alias_contact": "everyone",
                }
            )
        return probe

    def _send(self):
        """Send the message now.

        :raises odoo.exceptions.UserError: with the reason, where the outgoing server does not take it
        """
        self.ensure_one()
        token = secrets.token_hex(16)
        message = EmailMessage()
        message["From"] = self.company_id.email_formatted or self.company_id.email
        message["To"] = self.alias_id.alias_full_name
        message["Subject"] = f"Digital Start {token}"
        message["Message-Id"] = make_msgid()
        message.set_content(token)
        try:
            self.env["ir.mail_server"].send_email(message)
        except (MailDeliveryException, UserError, OSError, AssertionError) as error:
            raise UserError(" ".join(str(error).split())[:200]) from error
        self.write({"token": token, "sent_on": fields.Datetime.now()})

    def message_update(self, msg_dict, update_vals=None):
        """Only the message that we sent counts as having arrived."""
        for probe in self.sudo():  # sudo: the token is for administrators; the mail gateway acts for nobody
            if probe.token and probe.token in (msg_dict.get("subject") or ""):
                probe.arrived_on = fields.Datetime.now()
        return super().message_update(msg_dict, update_vals=update_vals)
