# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo import api, fields, models

KINDS = ("backup", "restore")
# A job that reports more often than this is broken or not ours.
LEAST_SECONDS = 10


class SmeBackupJob(models.Model):
    """A backup that reports: the script that makes it calls the job's address when it has succeeded, and again when a
    restore was tested. Odoo itself cannot see whether a backup exists, so silence means that there is none."""

    _name = "sme.backup.job"
    _description = "Backup"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    # 256 random bits; whoever has it can only report
    token = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        groups="base.group_system",
        default=lambda self: secrets.token_urlsafe(32),
    )
    url = fields.Char(string="Address to call", compute="_compute_url", groups="base.group_system")
    backup_on = fields.Datetime(string="Last backup", readonly=True, copy=False)
    backup_size = fields.Float(string="Size (MB)", readonly=True, copy=False)
    restore_on = fields.Datetime(string="Last tested restore", readonly=True, copy=False)
    restore_by_id = fields.Many2one("res.users", string="Tested by", readonly=True, ondelete="set null", copy=False)

    _token_unique = models.UniqueIndex("(token)", "This address is in use.")

    @api.depends("token")
    def _compute_url(self):
        for job in self:
            job.url = f"{job.get_base_url()}/digital-start/backup/{job.token}"

    @api.model
    def _report(self, token, kind, size=None):
        """Note that a backup was made or that restoring it was tested.

        :param str token: of the job
        :param str kind: "backup" or "restore"
        :param size: bytes, or None
        :return: bool, whether the job is known
        """
        # sudo: a script has no account; the token is the right to report, no more
        job = self.sudo().search([("token", "=", token)], limit=1) if token else self.sudo()
        if not job or kind not in KINDS:
            return False
        now = fields.Datetime.now()
        before = job[f"{kind}_on"]
        if before and (now - before).total_seconds() < LEAST_SECONDS:
            return True
        values = {f"{kind}_on": now}
        if kind == "backup":
            values["backup_size"] = size / 1e6 if size else 0
        else:
            values["restore_by_id"] = False
        job.write(values)
        return True

    def action_restore_tested(self):
        """Somebody tested by hand that the backup can be restored."""
        self.check_access("write")
        self.write({"restore_on": fields.Datetime.now(), "restore_by_id": self.env.uid})
        return True

    def action_new_token(self):
        """Make a new address; the old one stops working."""
        self.check_access("write")
        for job in self:
            job.token = secrets.token_urlsafe(32)
        return True
