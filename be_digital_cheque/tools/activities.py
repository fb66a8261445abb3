# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What an activity code may be in the other version of NACE-BEL."""

from functools import cache

from odoo.addons.be_enterprise.engine import nace


@cache
def _predecessors():
    """Return {class of 2025: the classes of 2008 that may have become it}."""
    table = {}
    for old, successors in nace.correspondence().items():
        for new in successors:
            table.setdefault(new, []).append(old)
    return {new: tuple(old) for new, old in table.items()}


@cache
def equivalents(code, version):
    """Return {version: codes that an activity may be}; a code keeps its digits in its own version.

    An activity of 2025 that several classes of 2008 became may have been any of them.
    """
    if version == "2008":
        conversion = nace.convert(code) if len(code) >= 4 else None
        return {"2008": (code,), "2025": conversion.choices if conversion else ()}
    return {"2008": _predecessors().get(code[:4], ()), "2025": (code,)}
