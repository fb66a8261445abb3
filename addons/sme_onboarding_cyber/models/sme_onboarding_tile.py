# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class SmeOnboardingTile(models.AbstractModel):
    _inherit = "sme.onboarding.tile"

    @api.model
    def _tile_names(self):
        return [*super()._tile_names(), "cyber"]

    def _tile_cyber(self, _company):
        # of the whole database, whichever company looks
        tile = self.env["sme.cyber.page"]._tile()
        return tile and {**tile, "sequence": 40}

    def _open_cyber(self):
        return self.env["ir.actions.actions"]._for_xml_id("sme_cyber.action_page")
