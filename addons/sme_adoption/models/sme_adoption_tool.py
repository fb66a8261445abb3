# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import funnel


class SmeAdoptionTool(models.Model):
    """A digital tool for customers. Another module adds one as a record with the methods ``_…_<code>`` that
    ``sme.adoption.measure`` describes."""

    _name = "sme.adoption.tool"
    _description = "Digital Tool for Customers"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    active = fields.Boolean(default=True, help="An archived tool is neither measured nor told about.")
    about = fields.Text(string="What counts as use", translate=True, readonly=True)
    pitch = fields.Text(
        string="Text of the mails",
        translate=True,
        required=True,
        help="What the customer gets from it, in two sentences.",
    )
    icon = fields.Char(readonly=True)
    absent = fields.Char(string="Not measured because", compute="_compute_absent")
    customers = fields.Integer(compute="_compute_figures")
    unreachable = fields.Integer(compute="_compute_figures", string="Not reachable")
    waiting = fields.Integer(compute="_compute_figures", string="Reachable, not invited")
    invited = fields.Integer(compute="_compute_figures", string="Invited or reminded")
    using = fields.Integer(compute="_compute_figures", string="Use it")
    regular = fields.Integer(compute="_compute_figures", string="Use it regularly")
    declined = fields.Integer(compute="_compute_figures")
    share = fields.Integer(compute="_compute_figures", string="Share (%)", help="Of the customers who could use it.")

    _code_unique = models.Constraint("unique(code)", "The code of a tool is unique.")

    @api.depends_context("company", "lang")
    def _compute_absent(self):
        measure = self.env["sme.adoption.measure"].sudo()  # whether an app is there is no secret
        for tool in self:
            tool.absent = measure._absent(tool) or False

    @api.depends_context("company")
    def _compute_figures(self):
        groups = self.env["sme.adoption.customer"]._read_group(
            [("company_id", "=", self.env.company.id), ("tool_id", "in", self.ids)], ["tool_id", "stage"], ["__count"]
        )
        counts = {(tool.id, stage): count for tool, stage, count in groups}
        for tool in self:
            of = {stage: counts.get((tool.id, stage), 0) for stage in (*funnel.LADDER, funnel.DECLINED)}
            tool.customers = sum(of.values())
            tool.unreachable = of[funnel.UNREACHABLE]
            tool.waiting = of[funnel.REACHABLE]
            tool.invited = of[funnel.INVITED] + of[funnel.REMINDED]
            tool.regular = of[funnel.REGULAR]
            tool.using = of[funnel.USED] + of[funnel.REGULAR]
            tool.declined = of[funnel.DECLINED]
            able = tool.customers - tool.unreachable
            tool.share = round(100 * tool.using / able) if able else 0

    def action_open_customers(self):
        """
        :return: dict, the action that shows the funnel of this tool
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sme_adoption.action_sme_adoption_customer")
        action["domain"] = [("tool_id", "=", self.id), ("company_id", "=", self.env.company.id)]
        action["display_name"] = self.name
        return action

    def action_new_campaign(self):
        """
        :return: dict, the action that opens a new campaign for this tool
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New campaign"),
            "res_model": "sme.adoption.campaign",
            "views": [(False, "form")],
            "context": {"default_tool_id": self.id, "default_name": self.name},
        }

    @api.model
    def _tile(self, company):
        """The tile for the first page of sme_onboarding: customers who use at least one tool.

        :return: dict, see sme.onboarding.tile
        """
        rows = self.env["sme.adoption.customer"].sudo()  # counts only, the same for every reader of the page
        mine = [("company_id", "=", company.id)]
        title = self.env._("Customers on board")
        ((customers,),) = rows._read_group(mine, aggregates=["partner_id:count_distinct"])
        domain = [*mine, ("stage", "in", (funnel.USED, funnel.REGULAR))]
        ((using,),) = rows._read_group(domain, aggregates=["partner_id:count_distinct"])
        if not using:
            return {
                "title": title,
                "value": "",
                "note": self.env._("Tell your customers what they can do online: start a campaign."),
            }
        waiting = rows.search_count([*mine, ("stage", "=", funnel.REACHABLE)])
        return {
            "title": title,
            "value": self.env._("%(using)s of %(customers)s customers", using=using, customers=customers),
            "note": self.env._("Use at least one digital tool. Invitations that could still go out: %s", waiting),
            "tone": "good",
        }
