# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.depends("account_peppol_proxy_state")
    def _compute_peppol_can_send(self):
        """A company with an access point of its own can send: core must not ask it to register at Odoo's."""
        result = super()._compute_peppol_can_send()
        for company in self:
            if not company.peppol_can_send and self.env["peppol.connection"]._of(company):
                company.peppol_can_send = True
        return result

    def _get_peppol_edi_mode(self, *args, **kwargs):
        """In the Send window, core's mode is of no account where another access point serves the company."""
        if self.env.context.get("einvoice_own_access_point") and self.env["peppol.connection"]._of(self):
            return "prod"
        return super()._get_peppol_edi_mode(*args, **kwargs)
