# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

from ..engine.outcome import LazyText, failed, passed

_lt = LazyText(__name__)

# A daily backup that took an hour longer than yesterday is still a daily one.
BACKUP_AGE = timedelta(hours=26)
RESTORE_AGE = timedelta(days=180)


class SmeOnboardingCheck(models.AbstractModel):
    _inherit = "sme.onboarding.check"

    def _check_backup(self, company):
        # One database, one backup, whatever the company.
        jobs = self.env["sme.backup.job"].search(fields.Domain.TRUE, order="backup_on DESC NULLS LAST")
        behind = {"model": "sme.backup.job", "domain": [["id", "in", jobs.ids]]}
        reporting = jobs.filtered("backup_on")
        if not reporting:
            return failed(_lt("No backup has ever reported here"), started=bool(jobs), **behind)
        latest, now = reporting[0], fields.Datetime.now()
        if now - latest.backup_on > BACKUP_AGE:
            hours = int((now - latest.backup_on).total_seconds() // 3600)
            return failed(
                _lt("The last backup (%(name)s) is %(hours)s hours old", name=latest.name, hours=hours),
                started=True,
                **behind,
            )
        tested = [job.restore_on for job in jobs if job.restore_on]
        if not tested:
            return failed(
                _lt("Backups come in, but nobody has tested that one can be restored"), started=True, **behind
            )
        days = (now - max(tested)).days
        if days > RESTORE_AGE.days:
            return failed(_lt("The last tested restore is %(days)s days ago", days=days), started=True, **behind)
        return passed(
            _lt("%(name)s: backup of today; a restore was tested %(days)s days ago", name=latest.name, days=days),
            **behind,
        )
