# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class PeppolExchange(models.Model):
    """What only the screens show of an exchange."""

    _inherit = "peppol.exchange"

    provider_name = fields.Char(compute="_compute_provider_name", string="Access point")

    @api.depends("provider")
    @api.depends_context("lang")
    def _compute_provider_name(self):
        names = dict(self.env["peppol.connection"]._selection_provider()) | {
            "odoo": self.env._("Odoo's own access point")
        }
        for exchange in self:
            exchange.provider_name = names.get(exchange.provider, exchange.provider)
