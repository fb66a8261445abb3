# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.be_enterprise.leftovers import forget_names_of_others


def uninstall_hook(env):
    forget_names_of_others(env, "sme_onboarding", "sme_maturity")
