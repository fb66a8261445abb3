# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def post_init_hook(env):
    """Fill the list of activity codes: the official ones with their titles, and what those of 2008 became."""
    env["be.nace.code"]._load_official()
