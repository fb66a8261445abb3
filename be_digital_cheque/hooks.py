# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .tools.settings import VERIFY_AFTER_DAYS_KEY


def uninstall_hook(env):
    """Remove what the settings page may have written: a parameter without an external id stays behind otherwise."""
    # sudo: whoever uninstalls may do so; parameters belong to the system.
    env["ir.config_parameter"].sudo().search([("key", "=", VERIFY_AFTER_DAYS_KEY)]).unlink()
    # Modules that extend mail.thread (portal, sms…) each gave an external id to the inheritance of our models. Core
    # removes the inheritance with the model, but not these ids of other modules.
    env["ir.model.data"].sudo().search(
        [("model", "=", "ir.model.inherit"), ("name", "=like", r"model\_inherit\_\_digital\_cheque\_%")]
    ).filtered(lambda data: data.module != "be_digital_cheque").unlink()
