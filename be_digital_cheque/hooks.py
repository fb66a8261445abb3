# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .tools.settings import VERIFY_AFTER_DAYS_KEY


def uninstall_hook(env):
    """Remove what the settings page may have written: a parameter without an external id stays behind otherwise."""
    # sudo: whoever uninstalls may do so; parameters belong to the system.
    env["ir.config_parameter"].sudo().search([("key", "=", VERIFY_AFTER_DAYS_KEY)]).unlink()
    # Modules that extend mail.thread (portal, sms…) and the activities' own selections each gave an external id to what
    # they add to our models. Core removes it with the model, but not these ids of other modules.
    env["ir.model.data"].sudo().search(
        [
            ("module", "!=", "be_digital_cheque"),
            "|",
            "&",
            ("model", "=", "ir.model.inherit"),
            ("name", "=like", r"model\_inherit\_\_digital\_cheque\_%"),
            "&",
            ("model", "=", "ir.model.fields.selection"),
            ("name", "=like", r"selection\_\_digital\_cheque\_%"),
        ]
    ).unlink()
