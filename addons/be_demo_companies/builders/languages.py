# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..tables.companies import LANGUAGES


def activate(env):
    """Install the languages of the demo and English where that has not been done yet."""
    wanted = env["res.lang"].with_context(active_test=False).search([("code", "in", ["en_US", *LANGUAGES])])
    missing = wanted.filtered(lambda lang: not lang.active)
    if missing:
        env["base.language.install"].create({"lang_ids": missing.ids, "overwrite": False}).lang_install()
