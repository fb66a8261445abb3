# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class DigitalChequeKnowingly(models.TransientModel):
    _inherit = "digital.cheque.knowingly"

    @api.model
    def _methods(self):
        return super()._methods() | {("purchase.order", "button_confirm")}
