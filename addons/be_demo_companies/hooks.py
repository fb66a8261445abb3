# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

from . import builders
from .builders import offline


def post_init_hook(env):
    """Create the demo companies and their trade up to today; what is already there is left alone."""
    builders.build(env, fields.Date.today())


def uninstall_hook(env):
    """Let the database use the network again; the demo records stay, as they are ordinary records."""
    offline.undo(env)
