# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def uninstall_hook(env):
    """Without this add-on its connections go nowhere: the companies go Odoo's own way again."""
    env["peppol.connection"].search([("provider", "=", "gateway")]).write({"state": "draft"})
