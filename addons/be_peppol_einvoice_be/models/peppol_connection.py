# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from ..provider import PRODUCTION, EInvoiceBeProvider


class PeppolConnection(models.Model):
    _inherit = "peppol.connection"

    @api.model
    def _providers(self):
        return super()._providers() | {
            "einvoice_be": {
                "name": "e-invoice.be",
                "about": self.env._(
                    "A Belgian access point with a REST API. You need an account at e-invoice.be, registered for your "
                    "company's Peppol number, and its API key; the costs are those of e-invoice.be. Leave the address "
                    "empty, or fill in that of its test environment."
                ),
                "make": lambda connection: EInvoiceBeProvider(connection.token, connection.url or PRODUCTION),
            }
        }

    @api.constrains("provider", "url")
    def _check_einvoice_be_url(self):
        for connection in self:
            if connection.provider == "einvoice_be" and connection.url and not connection.url.startswith("https://"):
                raise ValidationError(self.env._("The address of e-invoice.be begins with https://."))
