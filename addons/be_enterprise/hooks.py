# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .engine import nace


def post_init_hook(env):
    """Link the 2008 activity codes that come with the add-on to their successors of 2025."""
    codes = {(code.version, code.code): code for code in env["be.nace.code"].search([])}
    for old, successors in nace.correspondence().items():
        source = codes.get(("2008", old))
        targets = [codes[("2025", new)].id for new in successors if ("2025", new) in codes]
        if source and targets:
            source.successor_ids = targets
