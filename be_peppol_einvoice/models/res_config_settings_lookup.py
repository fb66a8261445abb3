# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..transport.network import InvalidNetwork, Network
from .res_company_lookup import HOURS, NETWORK, NETWORK_FILE, TIME_TO_LIVE


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    peppol_lookup_network = fields.Selection(
        [
            ("automatic", "That of the company's connection"),
            ("production", "Production"),
            ("test", "Test"),
            ("file", "Described by a file"),
            ("off", "Ask Odoo's server instead"),
        ],
        string="Look up customers in the Peppol network",
        config_parameter=NETWORK,
        default="automatic",
        help="Odoo asks the network itself who can receive what. Where that is impossible, Odoo's own server is asked, "
        "as without this app.",
    )
    peppol_lookup_network_file = fields.Char(
        string="File of the network",
        config_parameter=NETWORK_FILE,
        help="The path, on the server, of the JSON file that describes a network, such as the local one of the "
        "demonstration.",
    )
    peppol_lookup_hours = fields.Integer(
        string="An answer holds for (hours)",
        config_parameter=TIME_TO_LIVE,
        default=HOURS,
        help="When an invoice is sent after that time, its customer is looked up again.",
    )

    @api.constrains("peppol_lookup_network", "peppol_lookup_network_file")
    def _check_peppol_lookup_network_file(self):
        for settings in self.filtered(lambda one: one.peppol_lookup_network == "file"):
            try:
                Network.from_file(settings.peppol_lookup_network_file or "")
            except InvalidNetwork:
                raise ValidationError(
                    self.env._(
                        "“%s” is not a file that describes a Peppol network. Give its full path on the server.",
                        settings.peppol_lookup_network_file or "",
                    )
                ) from None

    @api.constrains("peppol_lookup_hours")
    def _check_peppol_lookup_hours(self):
        if any(settings.peppol_lookup_hours < 1 for settings in self):
            raise ValidationError(self.env._("An answer cannot hold for less than an hour."))
