# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sme_time_mailed = fields.Date(
        string="Time saved: last month mailed", readonly=True, help="The monthly mail of this month has gone out."
    )
