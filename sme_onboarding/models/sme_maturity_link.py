# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets
from datetime import timedelta

from odoo import api, fields, models

VALID_DAYS = 30
# Answers in one minute: more than anybody can click, less than a machine would send.
ANSWERS_A_MINUTE = 60


class SmeMaturityLink(models.Model):
    """A web address with which one person answers without an account, until it expires."""

    _name = "sme.maturity.link"
    _description = "Maturity Assessment: Link for a Person"
    _order = "id desc"
    _rec_name = "respondent"

    assessment_id = fields.Many2one("sme.maturity.assessment", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="assessment_id.company_id", store=True)
    respondent = fields.Char(string="For Whom", required=True)
    # 256 random bits; found by a unique index
    token = fields.Char(required=True, readonly=True, copy=False, default=lambda self: secrets.token_urlsafe(32))
    expires_on = fields.Datetime(
        required=True, default=lambda self: fields.Datetime.now() + timedelta(days=VALID_DAYS), copy=False
    )
    last_used_on = fields.Datetime(readonly=True)
    minute = fields.Datetime(readonly=True, help="The minute in which answers are being counted.")
    answers_in_minute = fields.Integer(readonly=True)
    url = fields.Char(string="Address", compute="_compute_url")

    _token_unique = models.UniqueIndex("(token)", "This address is in use.")

    @api.depends("token")
    def _compute_url(self):
        for link in self:
            link.url = f"{link.get_base_url()}/digital-start/{link.token}"

    @api.model
    def _find(self, token):
        """The link of a web address while it is valid and its assessment open, else an empty record.

        :param str token:
        """
        # sudo: whoever has the address has no account; the token is the right
        link = self.sudo().search([("token", "=", token)], limit=1) if token else self.sudo()
        if link and link.expires_on > fields.Datetime.now() and link.assessment_id.state == "open":
            return link
        return self.sudo().browse()

    def _count_use(self):
        """Count an answer; False where there were too many in this minute."""
        self.ensure_one()
        now = fields.Datetime.now()
        minute = now.replace(second=0, microsecond=0)
        count = self.answers_in_minute + 1 if self.minute == minute else 1
        if count > ANSWERS_A_MINUTE:
            return False
        self.write({"minute": minute, "answers_in_minute": count, "last_used_on": now})
        return True
