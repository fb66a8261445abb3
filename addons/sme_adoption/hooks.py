# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Measure in the background at once: the first page shall not stay empty."""
    env.ref("sme_adoption.ir_cron_count")._trigger()
