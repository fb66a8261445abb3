# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequePool(models.Model):
    """A theme or a wallet: programmes that have a ceiling together, besides their own."""

    _name = "digital.cheque.pool"
    _inherit = ["digital.cheque.seeded"]
    _description = "Ceiling Shared by Programmes"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    limit_ids = fields.One2many("digital.cheque.programme.limit", "pool_id", string="Ceilings")
