# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..engine import funnel

LIMITS = funnel.Policy()


class ResCompany(models.Model):
    _inherit = "res.company"

    sme_adoption_pause = fields.Integer(
        string="Days between two mails to a customer", default=LIMITS.pause, help="Over all tools."
    )
    sme_adoption_per_year = fields.Integer(
        string="Mails to a customer in a year", default=LIMITS.per_year, help="Over all tools, at most."
    )
    sme_adoption_switch = fields.Boolean(
        string="Switch to e-invoices by itself",
        help="Business customers who can receive e-invoices, and for whom no way of sending is chosen, get them from "
        "then on. Each switch can be taken back.",
    )

    _sme_adoption_limits = models.Constraint(
        "CHECK (sme_adoption_pause >= 1 AND sme_adoption_per_year >= 0)",
        "At least one day between two mails, and no negative number of mails.",
    )

    def _sme_adoption_policy(self, campaign=None):
        """:return: engine.funnel.Policy"""
        self.ensure_one()
        return funnel.Policy(
            remind_after=campaign.remind_after if campaign else LIMITS.remind_after,
            pause=self.sme_adoption_pause or LIMITS.pause,
            per_year=self.sme_adoption_per_year,
        )
