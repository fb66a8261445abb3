# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..controllers.backup import token
from ..engine import posture


class SmeCyberFinding(models.Model):
    """What the last measurement of a check found. Nobody writes it: a weakness that is mended closes by itself."""

    _name = "sme.cyber.finding"
    _description = "Security Finding"
    _order = "sequence, id"
    _rec_name = "check_id"

    check_id = fields.Many2one("sme.cyber.check", required=True, readonly=True, ondelete="cascade", index=True)
    sequence = fields.Integer(related="check_id.sequence", store=True)
    severity = fields.Selection(related="check_id.severity")
    controls = fields.Char(related="check_id.controls")
    status = fields.Selection(
        [(posture.WEAK, "Weak"), (posture.UNKNOWN, "Not known"), (posture.OK, "In order")], required=True, readonly=True
    )
    values = fields.Json(readonly=True)
    found = fields.Char(string="What was found", compute="_compute_found")
    instruction = fields.Text(compute="_compute_instruction", string="What to do")
    opened_on = fields.Date(string="Weak since", readonly=True)
    closed_on = fields.Date(string="Mended on", readonly=True)
    measured_on = fields.Datetime(readonly=True)

    _check_unique = models.Constraint("unique(check_id)", "A check has one finding.")

    @api.depends("status", "values")
    @api.depends_context("lang")
    def _compute_found(self):
        for finding in self:
            text = finding.check_id[f"{finding.status}_text"] or ""
            finding.found = text % (finding.values or {}) if "%(" in text else text

    @api.depends("check_id")
    @api.depends_context("lang", "uid")
    def _compute_instruction(self):
        for finding in self:
            text = finding.check_id.instruction or ""
            if finding.check_id.code == "backup" and self.env.user.has_group("base.group_system"):
                url = f"{finding.get_base_url()}/sme_cyber/backup"
                text += f"\ncurl -fsS -d token={token(self.env)} {url}"
            finding.instruction = text

    @api.model
    def _measure(self, codes=None):
        """Measure again and keep what was found.

        :param codes: collection of str, of checks; None: all
        """
        today, now = fields.Date.today(), fields.Datetime.now()
        # sudo: what is measured is the same whoever asks; nobody may write it by hand
        findings = self.sudo()
        for check in self.env["sme.cyber.check"].sudo().search([("code", "in", codes)] if codes else []):
            finding = findings.search([("check_id", "=", check.id)])
            before = posture.Standing(
                finding.status or posture.UNKNOWN, finding.opened_on or None, finding.closed_on or None
            )
            outcome = getattr(self.env["sme.cyber.sensor"].sudo(), f"_measure_{check.code}")()
            after = posture.follow(before, outcome, today)
            values = {
                "status": after.status,
                "values": dict(outcome.values),
                "opened_on": after.opened_on,
                "closed_on": after.closed_on,
                "measured_on": now,
            }
            if finding:
                finding.write(values)
            else:
                findings.create({"check_id": check.id, **values})
        self.env["sme.cyber.day"]._note()

    @api.model
    def _cron_measure(self):
        self._measure()
        self.env["sme.cyber.device"]._warn()

    def action_measure(self):
        """Measure again now, for those who may read what is found."""
        self.check_access("read")
        self._measure()

    def action_fix(self):
        """Mend this weakness, or open where it is mended; then measure it again.

        :return: dict, an action, or None where it is done
        """
        self.ensure_one()
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(self.env._("Only an administrator can mend this."))
        fixes, name = self.env["sme.cyber.fix"], f"_fix_{self.check_id.code}"
        if not hasattr(fixes, name):
            raise UserError(self.check_id.instruction)
        action = getattr(fixes, name)()
        self._measure([self.check_id.code])
        return action
