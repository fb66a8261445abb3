# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine import nace


class BeNaceCode(models.Model):
    """An activity code of NACE-BEL with its version: the same digits mean something else in 2008 and in 2025."""

    _name = "be.nace.code"
    _inherit = "be.normalised"
    _description = "NACE-BEL activity code"
    _order = "version desc, code"
    _rec_names_search = ["code", "name"]

    code = fields.Char(required=True, index=True, help="Digits only; points are left out when it is saved.")
    version = fields.Selection(
        [("2008", "NACE-BEL 2008"), ("2025", "NACE-BEL 2025")], required=True, default="2025", index=True
    )
    name = fields.Char(string="Activity", required=True, translate=True)
    successor_ids = fields.Many2many(
        "be.nace.code",
        "be_nace_code_successor_rel",
        "old_id",
        "new_id",
        string="Codes of 2025",
        domain=[("version", "=", "2025")],
        help="What a code of 2008 became in 2025. Where there are several, the user chooses for each company.",
    )
    active = fields.Boolean(default=True)

    _code_version_unique = models.Constraint(
        "unique (code, version)", "This activity code already exists in this version."
    )

    @api.depends("code", "version", "name")
    def _compute_display_name(self):
        for record in self:
            code = nace.write(record.code) if record.code and record.code.isdigit() else record.code or ""
            record.display_name = f"{code} {record.name or ''} ({record.version})"

    @api.model
    def _search_display_name(self, operator, value):
        if isinstance(value, str) and any(character.isdigit() for character in value):
            value = value.replace(".", "")
        return super()._search_display_name(operator, value)

    @api.model
    def _normalised(self, vals):
        if not vals.get("code"):
            return vals
        try:
            return {**vals, "code": nace.normalise(vals["code"])}
        except nace.NaceError as error:
            raise ValidationError(
                self.env._("“%s” is not a NACE-BEL code: it has two to seven digits.", vals["code"])
            ) from error

    @api.constrains("version", "successor_ids")
    def _check_successors(self):
        for record in self:
            if record.successor_ids and (
                record.version != "2008" or set(record.successor_ids.mapped("version")) != {"2025"}
            ):
                raise ValidationError(self.env._("Only a code of 2008 has successors, and they are codes of 2025."))
