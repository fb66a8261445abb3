# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from ..engine import funnel

NEW_DAYS = 30


class ResPartner(models.Model):
    _inherit = "res.partner"

    sme_adoption_no_mail = fields.Boolean(
        string="No mails about digital tools",
        copy=False,
        tracking=True,
        help="The customer asked for it; nothing but a person takes it back.",
    )
    sme_adoption_prompt = fields.Char(compute="_compute_sme_adoption_prompt", string="Worth telling this customer")

    def _sme_adoption_rows(self):
        self.ensure_one()
        return self.env["sme.adoption.customer"].search(
            [("company_id", "=", self.env.company.id), ("partner_id", "=", self.commercial_partner_id.id)]
        )

    @api.depends_context("company", "uid", "lang")
    @api.depends("customer_rank", "sme_adoption_no_mail")
    def _compute_sme_adoption_prompt(self):
        """What to say at this moment: to a new customer, or to one who asks about a payment."""
        self.sme_adoption_prompt = False
        if not self.env["sme.adoption.customer"].has_access("read"):
            return
        begun = fields.Datetime.now() - timedelta(days=NEW_DAYS)
        for partner in self.filtered(lambda one: one.ids and one.commercial_partner_id.customer_rank):
            if partner.sme_adoption_no_mail:
                continue
            waiting = partner._sme_adoption_rows().filtered(lambda row: row.stage == funnel.REACHABLE).tool_id.sorted()
            if waiting and partner.create_date >= begun:
                partner.sme_adoption_prompt = self.env._(
                    "New customer: a good moment to tell about %(tools)s.", tools=", ".join(waiting.mapped("name"))
                )

    def _sme_adoption_stop_mails(self):
        """The customer wants no mail about any tool: keep it, and take back what waits in the queue."""
        customers = self.commercial_partner_id
        customers.sme_adoption_no_mail = True
        # sudo: of all companies
        rows = self.env["sme.adoption.customer"].sudo().with_context(active_test=False)
        rows.search([("partner_id", "in", customers.ids)])._stop_mails()

    def action_sme_adoption(self):
        """
        :return: dict, the action that shows how far this customer has come with each tool
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_adoption.action_sme_adoption_customer")
        action |= {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {},
            "views": [(False, "list"), (False, "form")],
            "view_mode": "list,form",
            "display_name": self.display_name,
        }
        return action

    def action_sme_adoption_invite(self):
        """Tell this customer about the first tool that is open to them."""
        self.ensure_one()
        waiting = self._sme_adoption_rows().filtered(lambda row: row.stage == funnel.REACHABLE)
        return waiting.sorted(lambda row: (row.tool_id.sequence, row.id)).action_invite()
