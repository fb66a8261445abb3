# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # Core asks a service on the internet while a name or VAT number is typed. The demo works without any network, so
    # these two answer "nothing found" at once instead of calling super and waiting for it.
    @api.model
    def autocomplete_by_name(self, query, query_country_id, timeout=15):
        return []

    @api.model
    def autocomplete_by_vat(self, vat, query_country_id, timeout=15):
        return []
