# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the checks of invoices and bills reckon without the ORM: plain Python, no Odoo import, no clock of its own."""

from . import memory
from . import remedies
from . import titles
from . import verdict
