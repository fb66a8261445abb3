# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..engine import funnel

STAGES = [
    ("unreachable", "Not reachable"),
    ("reachable", "Reachable"),
    ("invited", "Invited"),
    ("reminded", "Reminded"),
    ("used", "Used"),
    ("regular", "Uses regularly"),
    ("declined", "Declined"),
]
OBSTACLES = [
    ("no_email", "No e-mail address"),
    ("private", "Private person: no e-invoice without agreement"),
    ("no_number", "No VAT or enterprise number"),
    ("not_looked_up", "Not looked up in the Peppol network yet"),
    ("not_on_network", "Not in the Peppol network"),
    ("other_format", "In the Peppol network, but not for invoices"),
]
BACKWARDS = [
    ("lapsed", "Not used for 90 days"),
    ("corrected", "The record that proved it is gone"),
    ("withdrawn", "No longer declined"),
]
DECLINES = [
    ("paper", "Paper, or as it was until now"),
    ("no_need", "No need for it"),
    ("difficult", "Too difficult"),
    ("privacy", "Worries about privacy"),
    ("unsubscribed", "No such mails"),
    ("other", "Another reason"),
]
#: What a person writes; everything else follows from records.
BY_HAND = {"declined_reason", "declined_text"}


class SmeAdoptionCustomer(models.Model):
    """How far one customer has come with one tool, in one company. Only what the customer said is written by hand."""

    _name = "sme.adoption.customer"
    _description = "Customer on Board"
    _order = "id"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="cascade", index=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, ondelete="cascade", index=True
    )
    tool_id = fields.Many2one("sme.adoption.tool", required=True, readonly=True, ondelete="cascade", index=True)
    active = fields.Boolean(default=True, readonly=True)
    stage = fields.Selection(
        STAGES, required=True, default="reachable", readonly=True, group_expand="_group_expand_stage", index=True
    )
    since = fields.Date(string="In this stage since", readonly=True)
    reason = fields.Selection(BACKWARDS + OBSTACLES, string="Why it went back", readonly=True)
    obstacle = fields.Selection(OBSTACLES, string="Why not reachable", readonly=True)
    uses = fields.Integer(string="Times used", readonly=True)
    first_use = fields.Date(string="First use", readonly=True)
    last_use = fields.Date(string="Last use", readonly=True)
    campaign_id = fields.Many2one(
        "sme.adoption.campaign", string="Invited by", readonly=True, ondelete="set null", index="btree_not_null"
    )
    invited_on = fields.Date(string="Invited on", readonly=True)
    reminded_on = fields.Date(string="Reminded on", readonly=True)
    declined_on = fields.Date(string="Declined on", readonly=True)
    declined_reason = fields.Selection(DECLINES, string="Why declined")
    declined_text = fields.Char(string="In the customer's words")
    mail_ids = fields.One2many("sme.adoption.mail", "row_id", string="Mails", readonly=True)
    mail_partner_id = fields.Many2one("res.partner", string="Mails go to", compute="_compute_mail_partner_id")
    # the links act for whoever holds them: for the mail only
    tool_link = fields.Char(compute="_compute_links", groups="base.group_system")
    decline_link = fields.Char(compute="_compute_links", groups="base.group_system")

    _one_each = models.UniqueIndex(
        "(partner_id, tool_id, company_id)", "A customer has one place in the funnel of a tool."
    )
    _to_mail = models.Index("(tool_id, company_id, stage, id)")
    # whoever wrote it, the database keeps a no
    _no_is_no = models.Constraint(
        "CHECK (declined_on IS NULL OR stage = 'declined')",
        "What was declined stays declined until a person undoes it.",
    )

    @api.model
    def _group_expand_stage(self, stages, _domain):
        return [stage for stage, _label in STAGES]

    @api.depends("partner_id", "tool_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.partner_id.display_name}: {row.tool_id.name}"

    @api.depends("partner_id.email", "partner_id.child_ids.email")
    def _compute_mail_partner_id(self):
        """The customer, else the first contact with an address: that of invoices before others."""
        for row in self:
            partner = row.partner_id
            contacts = partner.child_ids.filtered("email").sorted(lambda one: (one.type != "invoice", one.id))
            row.mail_partner_id = partner if partner.email else contacts[:1]

    def _compute_links(self):
        measure = self.env["sme.adoption.measure"]
        for row in self:
            row.tool_link = measure._link(row)
            row.decline_link = self.env["sme.adoption.decline"]._link(row)

    # ------------------------------------------------------------------------------------------------- the funnel

    def _known(self):
        """:return: engine.funnel.Known"""
        self.ensure_one()
        return funnel.Known(
            obstacle=self.obstacle or "",
            uses=self.uses,
            first_use=self.first_use or None,
            last_use=self.last_use or None,
            invited_on=self.invited_on or None,
            reminded_on=self.reminded_on or None,
            declined_on=self.declined_on or None,
        )

    def _change(self, **values):
        """Write what happened, and the stage that follows from it."""
        today = fields.Date.context_today(self)
        for row in self.sudo():  # nobody writes a stage by hand
            known = {**{name: row[name] for name in ("declined_on", "invited_on", "reminded_on")}, **values}
            current = row._known()
            after = funnel.Known(
                obstacle=current.obstacle,
                uses=current.uses,
                first_use=current.first_use,
                last_use=current.last_use,
                **{name: known[name] or None for name in ("declined_on", "invited_on", "reminded_on")},
            )
            stage, reason = funnel.move(row.stage, after, today)
            moved = {} if stage == row.stage else {"stage": stage, "since": today, "reason": reason or False}
            row.write({**values, **moved})

    def write(self, values):
        # what happened and the stage that follows from it, see _change
        if self.env.su and ("declined_on" in values or not BY_HAND & set(values)):
            return super().write(values)
        if set(values) - BY_HAND:
            raise AccessError(self.env._("The stage follows from your records; only a refusal is written by hand."))
        self.check_access("write")
        if "declined_reason" not in values:
            return super().write(values)
        if values["declined_reason"]:
            self._decline(values["declined_reason"], values.get("declined_text"))
        else:
            self._change(declined_on=False, declined_reason=False, declined_text=False)
        return True

    def _decline(self, reason, text=None):
        """Keep that the customer does not want the tool, and stop mails about it that wait to be sent."""
        for row in self:
            row._change(
                declined_on=row.sudo().declined_on or fields.Date.context_today(row),
                declined_reason=reason,
                declined_text=(text or "").strip()[:500] or False,
            )
        self._stop_mails()

    def _stop_mails(self):
        # sudo: whoever refuses must not get what waits in the queue
        self.sudo().mail_ids.mail_id.filtered(lambda mail: mail.state == "outgoing").cancel()

    # --------------------------------------------------------------------------------------------------- the acts

    def action_invite(self):
        """Tell these customers about the tool now, within the limits."""
        self.check_access("write")
        sent = self.env["sme.adoption.mail"]
        for row in self:
            sent |= self.env["sme.adoption.mail"]._send(row)
        if not sent:
            raise UserError(
                self.env._(
                    "No mail was sent: these customers use it, declined it, have no e-mail address, or had a mail a "
                    "short while ago."
                )
            )
        return self._tell(
            self.env._(
                "Mails on their way: %(count)s (%(tools)s)",
                count=len(sent),
                tools=", ".join(sent.tool_id.sorted().mapped("name")),
            )
        )

    @api.model
    def _tell(self, message):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_plan_call(self):
        """An activity for the user on each customer: to ask what is missing or what stands in the way."""
        self.check_access("write")
        kind = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        for row in self:
            row.partner_id.activity_schedule(
                activity_type_id=kind.id if kind else False,
                summary=self.env._("%(tool)s: %(stage)s", tool=row.tool_id.name, stage=row._stage_words()),
                user_id=self.env.uid,
            )
        return self._tell(self.env._("Calls planned for you: %s", len(self)))

    def _stage_words(self):
        def label(name):
            return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")

        return label("obstacle") if self.stage == funnel.UNREACHABLE else label("stage")

    def action_open_customer(self):
        """
        :return: dict, the action that opens the customer
        """
        self.ensure_one()
        return self.partner_id.get_formview_action()
