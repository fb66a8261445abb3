# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BeNormalised(models.AbstractModel):
    """Records whose numbers or codes are kept in one writing, however they were typed or imported."""

    _name = "be.normalised"
    _description = "Values kept in one writing"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalised(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalised(vals))

    @api.model
    def _normalised(self, vals):
        """Return ``vals`` in the one writing, or raise a ValidationError in the user's words. For overriding."""
        return vals
