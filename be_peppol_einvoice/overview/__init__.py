# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the overview reckons without the ORM: plain Python, no Odoo import, no clock of its own."""

from . import needs
from . import periods
