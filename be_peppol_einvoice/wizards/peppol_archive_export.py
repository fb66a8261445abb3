# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PeppolArchiveExport(models.TransientModel):
    _name = "peppol.archive.export"
    _description = "Export of exchanged e-invoices for an audit"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    date_from = fields.Date(
        string="From", required=True, default=lambda self: fields.Date.context_today(self).replace(month=1, day=1)
    )
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    count = fields.Integer(compute="_compute_count", string="Documents")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for export in self:
            if export.date_from > export.date_to:
                raise ValidationError(self.env._("The first day is after the last one."))

    @api.depends("company_id", "date_from", "date_to")
    def _compute_count(self):
        for export in self:
            export.count = export.env["peppol.exchange"].search_count(export._domain()) if export.date_to else 0

    def _domain(self):
        """Exchanged within the period, both days included; the days are those of UTC, as the history's."""
        return [
            ("company_id", "=", self.company_id.id),
            ("create_date", ">=", self.date_from),
            ("create_date", "<", fields.Date.add(self.date_to, days=1)),
        ]

    def action_export(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/be_peppol/archive/{self.id}",
            "target": "download",
        }
