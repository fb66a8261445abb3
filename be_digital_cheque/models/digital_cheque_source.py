# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date


class DigitalChequeSource(models.Model):
    _name = "digital.cheque.source"
    _inherit = ["digital.cheque.seeded"]
    _description = "Source of a Rule or a Figure"
    _order = "kind, date desc, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("official", "Authority or law"), ("secondary", "Third party (press, adviser, federation)")],
        required=True,
        default="official",
        help="What a third party writes about a programme may be older than the programme's current rules.",
    )
    date = fields.Date(help="Date that the source itself bears. Empty: it is undated.")
    url = fields.Char(string="Link")

    @api.depends("name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for source in self:
            date = format_date(self.env, source.date) if source.date else self.env._("undated")
            source.display_name = f"{source.name} ({date})"
