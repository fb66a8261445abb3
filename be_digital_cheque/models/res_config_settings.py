# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.settings import VERIFY_AFTER_DAYS_DEFAULT, VERIFY_AFTER_DAYS_KEY


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    digital_cheque_verify_after_days = fields.Integer(
        string="Verify Again after (Days)",
        default=VERIFY_AFTER_DAYS_DEFAULT,
        config_parameter=VERIFY_AFTER_DAYS_KEY,
    )

    @api.constrains("digital_cheque_verify_after_days")
    def _check_digital_cheque_verify_after_days(self):
        for settings in self:
            if settings.digital_cheque_verify_after_days < 1:
                raise ValidationError(
                    self.env._("The figures of the subsidy catalogue must be verified again after at least 1 day.")
                )
