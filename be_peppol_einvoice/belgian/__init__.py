# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Belgian checks beyond the official rules, on the semantic model of an invoice. Plain Python, without Odoo.

See docs/belgian-checks.md for the table of rules and their legal sources.
"""

from .checks import check
from .context import Context
from .finding import Finding
from .registry import RULES, Rule
