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
                "about": self.env._("A Belgian access point that is reached over its REST API."),
                "needs": (
                    self.env._("An account at e-invoice.be, registered for your company's Peppol number."),
                    self.env._(
                        "The account's API key. Leave the address empty, or fill in that of the test environment."
                    ),
                    self.env._("To receive: the account's registration in the network, which e-invoice.be makes."),
                    self.env._("Costs: those of e-invoice.be."),
                ),
                "make": lambda connection: EInvoiceBeProvider(connection.token, connection.url or PRODUCTION),
            }
        }

    @api.constrains("provider", "url")
    def _check_einvoice_be_url(self):
        for connection in self:
            if connection.provider == "einvoice_be" and connection.url and not connection.url.startswith("https://"):
                raise ValidationError(self.env._("The address of e-invoice.be begins with https://."))
