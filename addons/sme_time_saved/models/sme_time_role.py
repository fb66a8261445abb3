# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeTimeRole(models.Model):
    """Whose work is saved. A role, never a person: the meter says nothing about anybody's speed."""

    _name = "sme.time.role"
    _description = "Role whose Time is Saved"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind_ids = fields.One2many("sme.time.kind", "role_id", string="Kinds of work")
    rate_ids = fields.One2many("sme.time.rate", "role_id", string="Cost of an hour")
