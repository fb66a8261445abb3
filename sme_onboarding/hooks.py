# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.be_enterprise.leftovers import forget_names_of_others


def uninstall_hook(env):
    for models in ("sme_mail", "sme_maturity"):
        forget_names_of_others(env, "sme_onboarding", models)
