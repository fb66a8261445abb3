# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the exchange of documents needs without the ORM: plain Python, no Odoo import, no clock of its own."""

from . import archive
from . import states
from . import backoff
from . import envelope
from . import response
