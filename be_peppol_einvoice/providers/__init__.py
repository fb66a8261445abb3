# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Access points behind one contract: plain Python, no Odoo import.

A provider is a subclass of :class:`contract.Provider`; whatever goes wrong is one of the errors in :mod:`errors`. The
tests that every provider passes are in ``tests/provider_suite.py``.
"""

from . import errors
from . import contract
from . import http
