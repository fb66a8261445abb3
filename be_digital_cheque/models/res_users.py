# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    digital_cheque_digest_on = fields.Date(
        string="Last Digest of Subsidies", readonly=True, copy=False, groups="base.group_system"
    )
