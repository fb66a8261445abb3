# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class SmeMaturityPeer(models.Model):
    """A published share of firms at a level: what the result is set beside. Each keeps its year and source."""

    _name = "sme.maturity.peer"
    _description = "Maturity Assessment: Published Figure"
    _order = "instrument_id, year desc, size_class, region, id"

    instrument_id = fields.Many2one("sme.maturity.instrument", required=True, ondelete="cascade", index=True)
    year = fields.Integer(required=True)
    region = fields.Selection([("be", "Belgium"), ("eu", "European Union")], required=True)
    size_class = fields.Selection(
        [
            ("10_49", "10 to 49 people"),
            ("50_249", "50 to 249 people"),
            ("250", "250 people and more"),
            ("sme", "10 to 249 people"),
            ("all", "10 people and more"),
        ],
        required=True,
    )
    figure = fields.Selection(
        [
            ("basic", "At least the basic level (4 points)"),
            ("very_low", "Very low (0 to 3 points)"),
            ("low", "Low (4 to 6 points)"),
            ("high", "High (7 to 9 points)"),
            ("very_high", "Very high (10 to 12 points)"),
        ],
        required=True,
    )
    percent = fields.Float(required=True, digits=(5, 2))
    source = fields.Char(required=True)
    confidence = fields.Selection(
        [("checked", "Read in the source"), ("third_party", "Transcribed by others")], required=True, default="checked"
    )

    _percent_range = models.Constraint("CHECK (percent BETWEEN 0 AND 100)", "A share lies between 0 and 100 percent.")
    _unique_figure = models.Constraint(
        "UNIQUE (instrument_id, year, region, size_class, figure)", "This figure is there already."
    )

    @api.depends("year", "region", "size_class", "figure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("region", "size_class", "figure")
        }
        for peer in self:
            peer.display_name = ", ".join(
                [
                    labels["region"].get(peer.region, ""),
                    str(peer.year),
                    labels["size_class"].get(peer.size_class, ""),
                    labels["figure"].get(peer.figure, ""),
                ]
            )
