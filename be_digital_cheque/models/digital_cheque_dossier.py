# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STATES = [
    ("idea", "Idea"),
    ("prepared", "Prepared"),
    ("submitted", "Submitted"),
    ("info_asked", "Information asked"),
    ("granted", "Granted"),
    ("in_execution", "In execution"),
    ("claimed", "Claimed"),
    ("paid", "Paid"),
    ("closed", "Closed"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


class DigitalChequeDossier(models.Model):
    """One application for aid by one company, from the idea to the money.

    It keeps the version of the rules by which it was judged: later rules do not change it.
    """

    _name = "digital.cheque.dossier"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Subsidy Dossier"
    _order = "next_deadline nulls last, id desc"
    _check_company_auto = True

    name = fields.Char(string="Project", required=True, tracking=True)
    reference = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/", index=True)
    authority_reference = fields.Char(string="Number at the Authority", tracking=True, copy=False)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    programme_id = fields.Many2one(
        "digital.cheque.programme", required=True, ondelete="restrict", tracking=True, index=True
    )
    version_id = fields.Many2one(
        "digital.cheque.programme.version",
        string="Judged by the Rules",
        ondelete="restrict",
        tracking=True,
        index=True,
        domain="[('programme_id', '=', programme_id)]",
    )
    authority_id = fields.Many2one(related="programme_id.authority_id", store=True)
    aid_category = fields.Selection(related="version_id.aid_category")
    cost_kind_id = fields.Many2one(
        "digital.cheque.cost.kind", string="What It Is For", ondelete="restrict", tracking=True
    )
    provider_id = fields.Many2one("res.partner", tracking=True, index="btree_not_null")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    state = fields.Selection(
        STATES, string="Stage", required=True, default="idea", tracking=True, copy=False, index=True, group_expand=True
    )
    description = fields.Html(string="The Project")
    currency_id = fields.Many2one("res.currency", required=True, default=lambda self: self.env.ref("base.EUR"))

    planned_cost = fields.Monetary(string="Planned Cost (excl. VAT)", tracking=True)
    expected_aid = fields.Monetary(tracking=True, help="Estimated by the rules; the authority decides.")
    granted_amount = fields.Monetary(string="Aid Granted", tracking=True, copy=False)
    paid_amount = fields.Monetary(string="Aid Received", tracking=True, copy=False)

    planned_start = fields.Date(tracking=True)
    planned_end = fields.Date(tracking=True)
    report_on = fields.Date(string="Report Made On", copy=False)
    agreement_on = fields.Date(string="Agreement Signed On", tracking=True, copy=False)
    applied_on = fields.Date(string="Application Sent On", tracking=True, copy=False)
    share_paid_on = fields.Date(string="Own Share Paid On", tracking=True, copy=False)
    decided_on = fields.Date(string="Decision Of", tracking=True, copy=False)
    ordered_on = fields.Date(tracking=True, copy=False)
    started_on = fields.Date(tracking=True, copy=False)
    ended_on = fields.Date(string="Finished On", tracking=True, copy=False)
    claimed_on = fields.Date(tracking=True, copy=False)
    paid_on = fields.Date(string="Money Received On", tracking=True, copy=False)

    judgement = fields.Json(readonly=True, copy=False, help="What the rules said, criterion by criterion.")
    judged_on = fields.Date(readonly=True, copy=False)
    aid_id = fields.Many2one(
        "digital.cheque.aid", string="Line in the De Minimis Register", readonly=True, copy=False, ondelete="restrict"
    )
    step_ids = fields.One2many("digital.cheque.dossier.step", "dossier_id", string="Steps", copy=False)
    document_ids = fields.One2many("digital.cheque.dossier.document", "dossier_id", string="Documents", copy=False)
    cost_ids = fields.One2many("digital.cheque.dossier.cost", "dossier_id", string="Costs", copy=False)

    _amounts_positive = models.Constraint(
        "CHECK (planned_cost >= 0 AND expected_aid >= 0 AND granted_amount >= 0 AND paid_amount >= 0)",
        "The amounts of a dossier cannot be negative.",
    )
    _reference_unique = models.Constraint("UNIQUE (reference)", "Another dossier has this number already.")

    @api.depends("reference", "name")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = f"{dossier.reference} {dossier.name or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("reference", "/") == "/":
                # sudo: the numbering belongs to no user
                vals["reference"] = self.env["ir.sequence"].sudo().next_by_code("digital.cheque.dossier") or "/"
        return super().create(vals_list)
