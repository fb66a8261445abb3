# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from ..provider import GatewayProvider


class PeppolConnection(models.Model):
    _inherit = "peppol.connection"

    @api.model
    def _providers(self):
        return super()._providers() | {
            "gateway": {
                "name": self.env._("Self-hosted access point"),
                "about": self.env._(
                    "Your own access point: the gateway of this project, on a server that you run. Your documents pass "
                    "through nobody else's service."
                ),
                "needs": (
                    self.env._(
                        "The gateway, running on a server of yours: its address and a token of its configuration."
                    ),
                    self.env._(
                        "For the live network, a certificate of OpenPeppol, for which your organisation has to be a "
                        "member, and a publisher (SMP) that names the gateway."
                    ),
                    self.env._("Costs: the server, and what OpenPeppol and the publisher charge."),
                ),
                "make": lambda connection: GatewayProvider(
                    connection.url, connection.token, receiver=connection._participant()
                ),
            }
        }

    @api.constrains("provider", "url")
    def _check_gateway_url(self):
        for connection in self:
            if connection.provider == "gateway" and not (connection.url or "").startswith(("http://", "https://")):
                raise ValidationError(
                    self.env._("Fill in the address of your access point; it begins with https:// or http://.")
                )
