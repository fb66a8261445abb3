# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .models.peppol_local_network import NETWORK, NETWORK_FILE


def uninstall_hook(env):
    """Participants are no longer looked up in the local network; the companies go Odoo's own way again."""
    parameters = env["ir.config_parameter"]
    if parameters.get_param(NETWORK) == "file":
        parameters.search([("key", "in", (NETWORK, NETWORK_FILE))]).unlink()
    env["peppol.connection"].search([("provider", "=", "gateway")]).write({"state": "draft"})
