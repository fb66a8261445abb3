# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.be_enterprise.leftovers import forget_names_of_others

from .tools.settings import VERIFY_AFTER_DAYS_KEY


def uninstall_hook(env):
    """Remove what the settings page may have written: a parameter without an external id stays behind otherwise."""
    # sudo: whoever uninstalls may do so; parameters belong to the system.
    env["ir.config_parameter"].sudo().search([("key", "=", VERIFY_AFTER_DAYS_KEY)]).unlink()
    forget_names_of_others(env, "be_digital_cheque", "digital_cheque")
