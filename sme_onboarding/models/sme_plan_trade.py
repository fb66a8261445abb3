# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

VERSIONS = ("2008", "2025")


class SmePlanTrade(models.Model):
    """A trade and what such a firm usually needs. A partner adds a trade with a record, without code."""

    _name = "sme.plan.trade"
    _description = "Plan: Trade"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Technical name, does not change.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    nace_2008 = fields.Char(
        string="NACE-BEL 2008", help="Beginnings of activity codes, digits only, separated by spaces."
    )
    nace_2025 = fields.Char(
        string="NACE-BEL 2025", help="Beginnings of activity codes, digits only, separated by spaces."
    )
    need_ids = fields.Many2many("sme.plan.need", string="Usual Needs")

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a trade with this code.")

    @api.constrains("nace_2008", "nace_2025")
    def _check_nace(self):
        for trade in self:
            for version, prefix in trade._prefixes():
                if not prefix.isdigit():
                    raise ValidationError(
                        self.env._(
                            "“%(prefix)s” is not the beginning of a code of %(year)s", prefix=prefix, year=version
                        )
                    )

    def _prefixes(self):
        """:return: list of (NACE version, prefix of digits)"""
        self.ensure_one()
        return [(version, prefix) for version in VERSIONS for prefix in (self[f"nace_{version}"] or "").split()]
