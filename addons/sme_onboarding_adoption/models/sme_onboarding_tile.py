# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeOnboardingTile(models.AbstractModel):
    _inherit = "sme.onboarding.tile"

    @api.model
    def _tile_names(self):
        return [*super()._tile_names(), "adoption"]

    def _tile_adoption(self, company):
        return {**self.env["sme.adoption.tool"]._tile(company), "sequence": 30}

    def _open_adoption(self):
        return self.env["ir.actions.act_window"]._for_xml_id("sme_adoption.action_sme_adoption_overview")
