# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .be_register_view import look_up_in


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            look_up_in(arch, ("name", "vat", "company_registry", "be_enterprise_number"))
        return arch, view
