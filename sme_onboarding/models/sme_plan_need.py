# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class SmePlanNeed(models.Model):
    """Something that a firm does or does not do, asked as a question, for which there are apps."""

    _name = "sme.plan.need"
    _description = "Plan: Need"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    code = fields.Char(required=True, help="Technical name, does not change.")
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=100)
    why = fields.Char(string="What it brings", required=True, translate=True)
    from_staff = fields.Integer(
        string="Usual from staff of", help="Persons from which a firm of any trade usually has this need. 0: never."
    )
    app_ids = fields.Many2many("sme.plan.app", string="Apps")

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a need with this code.")
