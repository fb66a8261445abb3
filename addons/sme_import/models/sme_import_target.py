# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

KINDS = [
    ("partners", "Customers and suppliers"),
    ("products", "Products"),
    ("items", "Open items"),
    ("balances", "Opening balances"),
]


class SmeImportTarget(models.Model):
    """What a column of a file can be. The codes are those of ``engine.targets``."""

    _name = "sme.import.target"
    _description = "What a Column Holds"
    _order = "kind, sequence, id"

    kind = fields.Selection(KINDS, required=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)

    _code_unique = models.Constraint("UNIQUE(kind, code)", "A column can hold each thing once.")
