# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: Contacts previewed at once: a list that a person can still read, and a wizard that opens at once.
_AT_ONCE = 500


class BeQualityFix(models.TransientModel):
    """Preview of what can be put right in bulk; nothing changes before it is confirmed."""

    _name = "be.quality.fix"
    _description = "Put contacts right"

    issue = fields.Char(required=True, readonly=True)
    title = fields.Char(compute="_compute_title")
    summary = fields.Char(compute="_compute_summary")
    line_ids = fields.One2many("be.quality.fix.line", "fix_id", string="Proposals")
    found = fields.Integer(string="Contacts with this problem", readonly=True)
    looked_at = fields.Integer(string="Looked at now", readonly=True)
    without_answer = fields.Integer(string="Without an answer", readonly=True)
    more = fields.Boolean(string="There are more", readonly=True)
    state = fields.Selection([("preview", "Preview"), ("done", "Done")], default="preview", readonly=True)
    done_count = fields.Integer(readonly=True)

    @api.depends("issue")
    def _compute_title(self):
        titles = self.env["be.quality"]._titles()
        for record in self:
            record.title = titles.get(record.issue, [""])[0]

    @api.depends("found", "looked_at", "without_answer", "state", "done_count")
    def _compute_summary(self):
        for record in self:
            if record.state == "done":
                record.summary = self.env._("Contacts put right: %s", record.done_count)
            else:
                record.summary = self.env._(
                    "Contacts with this problem: %(found)s. Looked at now: %(looked_at)s. Without an answer:"
                    " %(without)s.",
                    found=record.found,
                    looked_at=record.looked_at,
                    without=record.without_answer,
                )

    @api.model
    def _open(self, issue, partner_ids=None):
        """Return the action of a preview for the issue, or for those of ``partner_ids`` that have it."""
        Quality = self.env["be.quality"]
        Quality._check_reader()
        self.env["res.partner"].check_access("write")
        if issue not in Quality._titles():
            raise UserError(self.env._("This problem is not known."))
        chosen = fields.Domain("id", "in", partner_ids) if partner_ids else fields.Domain.TRUE
        found = self.env["res.partner"].search_count(Quality._domain(issue) & chosen)
        answered = self.env["res.partner"].search(Quality._domain(issue, answered=True) & chosen)
        partners = answered[:_AT_ONCE]
        proposals = Quality._proposals(issue, partners)
        unanswered = len(partners) - len({proposal.partner_id for proposal in proposals})
        fix = self.create(
            {
                "issue": issue,
                "found": found,
                "looked_at": len(partners),
                "without_answer": found - len(answered) + unanswered,
                "more": len(answered) > len(partners) and not partner_ids,
                "line_ids": [
                    fields.Command.create(
                        {
                            "partner_id": proposal.partner_id,
                            "field_name": proposal.field,
                            "old_value": proposal.old,
                            "new_value": proposal.new,
                            "reason": proposal.reason,
                        }
                    )
                    for proposal in proposals
                ],
            }
        )
        return fix._action()

    def _action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Put right: %s", self.title),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_apply(self):
        """Apply the proposals that are ticked; one that is refused does not hold up the others."""
        self.ensure_one()
        for line in self.line_ids.filtered(lambda item: item.apply and not item.applied):
            try:
                with self.env.cr.savepoint():
                    line._apply()
            except (UserError, ValidationError) as error:
                line.error = str(error)
        self.done_count = len(self.line_ids.filtered("applied"))
        self.state = "done"
        return self._action()

    def action_next(self):
        """Preview the next contacts with the same problem."""
        self.ensure_one()
        return self._open(self.issue)

    def action_back(self):
        """Go back to the page, which counts again."""
        return self.env["ir.actions.client"]._for_xml_id("be_enterprise.action_quality")
