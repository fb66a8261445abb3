# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ..engine import funnel


class SmeAdoptionMail(models.Model):
    """One mail to a customer about a tool: the proof for the limits and for what a campaign brought."""

    _name = "sme.adoption.mail"
    _description = "Mail about a Tool"
    _order = "date DESC, id DESC"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    row_id = fields.Many2one(
        "sme.adoption.customer",
        string="Place in the funnel",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade", index=True
    )
    tool_id = fields.Many2one("sme.adoption.tool", required=True, readonly=True, ondelete="cascade", index=True)
    campaign_id = fields.Many2one("sme.adoption.campaign", readonly=True, ondelete="set null", index="btree_not_null")
    kind = fields.Selection([("invite", "Invitation"), ("remind", "Reminder")], required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    email = fields.Char(string="E-mail address", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", string="Mail in the queue", readonly=True, ondelete="set null", index="btree_not_null"
    )

    @api.model
    def _send(self, row, campaign=None):
        """Send what is due to one customer, or nothing.

        :param row: sme.adoption.customer
        :return: sme.adoption.mail, empty where nothing was due
        """
        row = row.sudo()  # the caller has checked the right; mails and their links are nobody's to read
        partner, mails = row.mail_partner_id, self.sudo()
        today = fields.Date.context_today(self)
        if not partner or partner.is_blacklisted or row.partner_id.sme_adoption_no_mail:
            return self
        if not row.tool_id.active or row.tool_id.with_company(row.company_id).absent:
            return self
        # the limits hold over all tools and companies
        mailed = mails.search(
            [("partner_id", "=", row.partner_id.id), ("date", ">", today - relativedelta(years=1, days=1))]
        ).mapped("date")
        policy = row.company_id._sme_adoption_policy(campaign)
        kind = funnel.due(row._known(), mailed, policy, today)
        if not kind:
            return self
        template = self._template(kind, campaign)
        # of no record: the links in it act for the customer, and whoever may read a record may read its messages
        values = {"headers": str(self._headers(row)), "model": False, "res_id": False}
        mail_id = template.send_mail(row.id, email_values=values)
        sent = mails.create(
            {
                "company_id": row.company_id.id,
                "row_id": row.id,
                "partner_id": row.partner_id.id,
                "tool_id": row.tool_id.id,
                "campaign_id": campaign.id if campaign else row.campaign_id.id,
                "kind": kind,
                "date": today,
                "email": partner.email_normalized or partner.email,
                "mail_id": mail_id,
            }
        )
        if kind == "invite":
            row._change(invited_on=today, campaign_id=campaign.id if campaign else False)
        else:
            row._change(reminded_on=today)
        return sent

    @api.model
    def _template(self, kind, campaign):
        chosen = campaign and (campaign.invite_template_id if kind == "invite" else campaign.remind_template_id)
        return (chosen or self.env.ref(f"sme_adoption.template_{kind}")).sudo()

    @api.model
    def _headers(self, row):
        return {
            "List-Unsubscribe": f"<{row.decline_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "X-Auto-Response-Suppress": "OOF",
        }
