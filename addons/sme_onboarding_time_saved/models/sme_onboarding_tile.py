# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeOnboardingTile(models.AbstractModel):
    _inherit = "sme.onboarding.tile"

    @api.model
    def _tile_names(self):
        return [*super()._tile_names(), "time_saved"]

    def _tile_time_saved(self, company):
        return {**self.env["sme.time.page"]._tile(company), "sequence": 20}

    def _open_time_saved(self):
        return self.env["ir.actions.actions"]._for_xml_id("sme_time_saved.action_page")
