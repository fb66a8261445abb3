# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

VERIFY_AFTER_DAYS_KEY = "be_digital_cheque.verify_after_days"
VERIFY_AFTER_DAYS_DEFAULT = 180


def verify_after_days(env):
    """Return after how many days a verified figure asks to be verified again (an integer of at least 1)."""
    # sudo: every user sees the result of this setting, only administrators read parameters.
    value = env["ir.config_parameter"].sudo().get_param(VERIFY_AFTER_DAYS_KEY)
    try:
        days = int(value)
    except (TypeError, ValueError):
        return VERIFY_AFTER_DAYS_DEFAULT
    return days if days > 0 else VERIFY_AFTER_DAYS_DEFAULT


def reference_date(model):
    """Return the day on which rules are looked at: the context's ``digital_cheque_date`` or the user's today."""
    return fields.Date.to_date(model.env.context.get("digital_cheque_date")) or fields.Date.context_today(model)


def euro(env):
    """Return the euro. Unlike ``env.ref`` it asks the database nothing: texts about amounts come by the hundred."""
    return env["res.currency"].browse(env["ir.model.data"]._xmlid_to_res_id("base.EUR", raise_if_not_found=True))
