# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class DigitalChequeAuthority(models.Model):
    _name = "digital.cheque.authority"
    _inherit = ["digital.cheque.seeded"]
    _description = "Authority that Grants Aid"
    _order = "name"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    website = fields.Char(string="Official Site")
    programme_ids = fields.One2many("digital.cheque.programme", "authority_id", string="Programmes")
