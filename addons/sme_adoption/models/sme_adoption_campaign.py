# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import funnel

CHUNK = 200
TEMPLATES = [("model", "=", "sme.adoption.customer")]


class SmeAdoptionCampaign(models.Model):
    """Tell customers about one tool: an invitation, one reminder, and what came of it."""

    _name = "sme.adoption.campaign"
    _description = "Campaign for a Tool"
    _order = "id DESC"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade", index=True
    )
    tool_id = fields.Many2one("sme.adoption.tool", required=True, ondelete="cascade", index=True)
    absent = fields.Char(related="tool_id.absent")
    pitch = fields.Text(related="tool_id.pitch")
    state = fields.Selection(
        [("draft", "Being prepared"), ("running", "Running"), ("paused", "Paused"), ("done", "Ended")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    audience = fields.Selection(
        [("all", "All customers"), ("business", "Business customers"), ("private", "Private customers")],
        required=True,
        default="all",
    )
    category_ids = fields.Many2many("res.partner.category", string="Only with these tags")
    remind_after = fields.Integer(string="Reminder after (days)", required=True, default=14)
    per_day = fields.Integer(string="Mails in a day", required=True, default=100, help="At most.")
    invite_template_id = fields.Many2one(
        "mail.template",
        string="Invitation",
        domain=TEMPLATES,
        ondelete="set null",
        help="Empty: the one that comes along.",
    )
    remind_template_id = fields.Many2one(
        "mail.template",
        string="Reminder",
        domain=TEMPLATES,
        ondelete="set null",
        help="Empty: the one that comes along.",
    )
    to_invite = fields.Integer(string="To be invited", compute="_compute_to_invite")
    invited = fields.Integer(compute="_compute_effect")
    reminded = fields.Integer(compute="_compute_effect")
    used = fields.Integer(string="Used it since", compute="_compute_effect")
    declined = fields.Integer(compute="_compute_effect")
    used_share = fields.Integer(string="Used it since (%)", compute="_compute_effect", help="Of those invited.")
    baseline_share = fields.Integer(
        string="Used it uninvited (%)",
        compute="_compute_effect",
        help="Of the customers who could use the tool and were not invited by anybody: began to use it since the "
        "campaign's first mail. What the campaign brought is what lies above it.",
    )

    _limits = models.Constraint(
        "CHECK (remind_after >= 1 AND per_day >= 1)", "At least one day until the reminder and one mail in a day."
    )

    def _candidates(self, stages):
        """:return: list, the domain of those who may be mailed, but for the limits"""
        self.ensure_one()
        domain = [
            ("tool_id", "=", self.tool_id.id),
            ("company_id", "=", self.company_id.id),
            ("stage", "in", stages),
            ("partner_id.sme_adoption_no_mail", "=", False),
        ]
        if self.audience != "all":
            domain.append(("partner_id.is_company", "=", self.audience == "business"))
        if self.category_ids:
            domain.append(("partner_id.category_id", "in", self.category_ids.ids))
        return domain

    @api.depends("tool_id", "company_id", "audience", "category_ids")
    def _compute_to_invite(self):
        for campaign in self:
            campaign.to_invite = (
                self.env["sme.adoption.customer"].search_count(campaign._candidates([funnel.REACHABLE]))
                if campaign.tool_id
                else 0
            )

    def _compute_effect(self):
        rows = self.env["sme.adoption.customer"].with_context(active_test=False)
        for campaign in self:
            mine = [("campaign_id", "in", campaign.ids), ("invited_on", "!=", False)]
            campaign.invited = rows.search_count(mine)
            campaign.reminded = rows.search_count([*mine, ("reminded_on", "!=", False)])
            campaign.declined = rows.search_count([*mine, ("declined_on", "!=", False)])
            campaign.used = campaign._used_after()
            campaign.used_share = round(100 * campaign.used / campaign.invited) if campaign.invited else 0
            campaign.baseline_share = campaign._baseline()

    def _used_after(self):
        """:return: int, of those whom the campaign invited: used it for the first time on that day or later"""
        self.env["sme.adoption.customer"].flush_model()
        # seconds of the day of the invitation are not known: a first use on the same day counts
        self.env.cr.execute(
            "SELECT count(*) FROM sme_adoption_customer WHERE campaign_id = ANY(%s) AND first_use >= invited_on",
            (self.ids,),
        )
        return self.env.cr.fetchone()[0]

    def _baseline(self):
        self.ensure_one()
        first = self.env["sme.adoption.mail"].search([("campaign_id", "in", self.ids)], order="date", limit=1).date
        if not first:
            return 0
        others = [
            ("tool_id", "=", self.tool_id.id),
            ("company_id", "=", self.company_id.id),
            ("invited_on", "=", False),
            ("stage", "!=", funnel.UNREACHABLE),
            "|",
            ("first_use", "=", False),
            ("first_use", ">=", first),
        ]
        rows = self.env["sme.adoption.customer"]
        count = rows.search_count(others)
        return round(100 * rows.search_count([*others, ("first_use", "!=", False)]) / count) if count else 0

    # --------------------------------------------------------------------------------------------------- the acts

    def action_start(self):
        """Begin, or go on; the first mails leave with the next run of the scheduled action."""
        self.filtered(lambda campaign: campaign.state in ("draft", "paused")).write({"state": "running"})
        self.env.ref("sme_adoption.ir_cron_send").sudo()._trigger()  # sudo: who may start it may have it sent

    def action_pause(self):
        """Send nothing more for now."""
        self.filtered(lambda campaign: campaign.state == "running").write({"state": "paused"})

    def action_end(self):
        """Send nothing more."""
        self.write({"state": "done"})

    def action_open_customers(self):
        """
        :return: dict, the action that lists whom the campaign invited
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_adoption.action_sme_adoption_customer")
        action["domain"] = [("campaign_id", "=", self.id)]
        action["display_name"] = self.name
        return action

    @api.model
    def _cron_send(self):
        """Send what is due in each running campaign, a chunk at a time."""
        cron = self.env["ir.cron"]
        for campaign in self.search([("state", "=", "running")]):
            here = campaign.with_company(campaign.company_id)
            last = 0
            while True:
                last = here._send_chunk(last)
                if not cron._commit_progress(1):
                    return
                if not last:
                    break
        cron._commit_progress(remaining=0)

    def _send_chunk(self, after):
        """Send what is due to the next customers.

        :param int after: the last place in the funnel that was looked at
        :return: int, the last one now; 0: there are no more for today
        """
        self.ensure_one()
        mails = self.env["sme.adoption.mail"]
        today = fields.Date.context_today(self)
        left = self.per_day - mails.search_count([("campaign_id", "=", self.id), ("date", "=", today)])
        rows = self.env["sme.adoption.customer"].search(
            [("id", ">", after), *self._candidates([funnel.REACHABLE, funnel.INVITED])], order="id", limit=CHUNK
        )
        for row in rows:
            if left <= 0:
                return 0
            if row.stage == funnel.REACHABLE or row.campaign_id == self:
                left -= len(mails._send(row, self))
        return rows[-1:].id or 0
