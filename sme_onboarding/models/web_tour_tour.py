# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

PREFIX = "sme_onboarding_show_"


class WebTourTour(models.Model):
    _inherit = "web_tour.tour"

    @api.model
    def consume(self, tourName):
        following = super().consume(tourName)
        if tourName.startswith(PREFIX):
            # Somebody asked to be shown one thing: core's own tours do not follow it unasked.
            self.env.user.sudo().tour_enabled = False  # sudo: a user's own preference
            return False
        return following
