# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmeCyberSystem(models.Model):
    """An operating system and the end of its support: dated data, with its source."""

    _name = "sme.cyber.system"
    _description = "Operating System"
    _order = "name"

    name = fields.Char(required=True)
    end = fields.Date(string="End of support", help="Last day of security updates. Empty: its maker names none.")
    source = fields.Char(translate=True, help="Who says so.")
    source_date = fields.Date(string="Looked up on")
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint("unique(name)", "This operating system is there already.")
