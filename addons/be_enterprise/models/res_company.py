# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    be_is_belgian = fields.Boolean(related="partner_id.be_is_belgian")
    be_enterprise_number = fields.Char(related="partner_id.be_enterprise_number", readonly=False)
    be_number_disagrees = fields.Boolean(related="partner_id.be_number_disagrees")
    be_establishment_ids = fields.One2many(related="partner_id.be_establishment_ids", readonly=False)
    be_principal_seat_id = fields.Many2one(related="partner_id.be_principal_seat_id", readonly=False)
    be_seat_region = fields.Selection(related="partner_id.be_seat_region")
    be_seat_language_area = fields.Selection(related="partner_id.be_seat_language_area")
    be_operating_region = fields.Selection(related="partner_id.be_operating_region")
    be_size_year_ids = fields.One2many(related="partner_id.be_size_year_ids", readonly=False)
    be_size = fields.Selection(related="partner_id.be_size")
    be_code_size = fields.Selection(related="partner_id.be_code_size")

    def action_be_facts(self):
        """Open the company's own contact, where all its facts are."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.partner_id.id,
            "views": [(False, "form")],
        }
