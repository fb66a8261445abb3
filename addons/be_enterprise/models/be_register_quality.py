# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..register.store import check_schema


class BeQuality(models.AbstractModel):
    _inherit = "be.quality"

    @api.model
    def _ceased_numbers(self):
        if not self.env["be.register"].is_filled():
            return super()._ceased_numbers()
        schema = check_schema(self.env["be.register"]._schema())
        return SQL(
            "SELECT lpad(number::text, 10, '0') FROM %s WHERE ended IS NOT NULL", SQL.identifier(schema, "enterprise")
        )

    @api.model
    def _known_numbers(self, numbers):
        if not self.env["be.register"].is_filled():
            return super()._known_numbers(numbers)
        facts = self.env["be.register"]._facts_of(numbers)
        return {number for number, values in facts.items() if values["active"]}
