# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    einvoice_hold_up = fields.Boolean(related="company_id.einvoice_hold_up", readonly=False)
    einvoice_answers = fields.Selection(related="company_id.einvoice_answers", readonly=False)
    einvoice_delete_expired = fields.Boolean(related="company_id.einvoice_delete_expired", readonly=False)
