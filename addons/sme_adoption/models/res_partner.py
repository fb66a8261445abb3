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
        """What to say at this moment: to a customer who may ask about a payment, or to a new one."""
        self.sme_adoption_prompt = False
        if not self.env["sme.adoption.customer"].has_access("read"):
            return
        begun = fields.Datetime.now() - timedelta(days=NEW_DAYS)
        for partner in self.filtered(lambda one: one.ids and one.commercial_partner_id.customer_rank):
            prompt = partner._sme_adoption_is_late() and partner._sme_adoption_late_prompt()
            if not prompt and partner.create_date >= begun:
                prompt = partner._sme_adoption_new_prompt()
            partner.sme_adoption_prompt = prompt

    def _sme_adoption_is_late(self):
        """:return: bool, whether an invoice of the current company that the user may see is not paid in time"""
        moves = self.env["account.move"]
        late = [
            ("partner_id", "child_of", self.commercial_partner_id.id),
            ("company_id", "=", self.env.company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "in", ("not_paid", "partial")),
            ("invoice_date_due", "<", fields.Date.context_today(self)),
        ]
        return moves.has_access("read") and bool(moves.search_count(late, limit=1))

    def _sme_adoption_late_prompt(self):
        """:return: str, what to say to a customer who is late, or False"""
        if self.commercial_partner_id.sme_adoption_no_mail:
            return False
        open_to = self._sme_adoption_rows().filtered(
            lambda row: row.stage in (funnel.REACHABLE, funnel.INVITED, funnel.REMINDED)
        )
        codes = open_to.tool_id.mapped("code")
        if "online_payment" in codes:
            return self.env._(
                "A payment is late, and this customer has never paid online: the link in the portal makes it one click."
            )
        if "portal" in codes:
            return self.env._(
                "A payment is late, and this customer has never looked into the portal: all open invoices stand there."
            )
        return False

    def _sme_adoption_new_prompt(self):
        """:return: str, what to tell a new customer about, or False"""
        waiting = self._sme_adoption_rows().filtered(lambda row: row.stage == funnel.REACHABLE).tool_id.sorted()
        if not waiting or self.commercial_partner_id.sme_adoption_no_mail:
            return False
        return self.env._(
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
