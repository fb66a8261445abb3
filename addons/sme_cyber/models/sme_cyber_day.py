# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SmeCyberDay(models.Model):
    """How it stood on a day: the trend."""

    _name = "sme.cyber.day"
    _description = "Security by Day"
    _order = "date DESC"
    _rec_name = "date"

    date = fields.Date(required=True, readonly=True)
    ok = fields.Integer(string="In order", readonly=True)
    weak = fields.Integer(readonly=True)
    unknown = fields.Integer(string="Not known", readonly=True)

    _date_unique = models.Constraint("unique(date)", "A day is noted once.")

    @api.model
    def _note(self):
        """Keep today's figures."""
        # sudo: nobody writes the trend by hand
        days = self.sudo()
        counts = dict(
            self.env["sme.cyber.finding"].sudo()._read_group([("check_id.active", "=", True)], ["status"], ["__count"])
        )
        today = fields.Date.today()
        values = {status: counts.get(status, 0) for status in ("ok", "weak", "unknown")}
        day = days.search([("date", "=", today)])
        if day:
            day.write(values)
        else:
            days.create({"date": today, **values})
