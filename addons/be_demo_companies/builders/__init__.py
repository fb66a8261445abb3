# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Create the demo companies through the ORM, as their users would have done.

Everything that is created gets an external id, so that a second run finds it and creates nothing.
"""

import logging
import time

from . import (
    bank,
    companies,
    deals,
    facts,
    invoices,
    languages,
    offline,
    partners,
    products,
    purchases,
    stock,
    subsidies,
    takings,
    users,
    webshop,
)
from .demo import Demo

_logger = logging.getLogger(__name__)

STEPS = (
    ("network cut off", offline.apply),
    ("companies", companies.build),
    ("users", users.build),
    ("partners", partners.build),
    ("products", products.build),
    ("stock", stock.build),
    ("invoices", invoices.build),
    ("bills", purchases.build),
    ("web shop", webshop.build),
    ("takings", takings.build),
    ("trade between the four", deals.sell),
    ("sending", invoices.send),
    # Late, since core commits while it reads a bill from an e-invoice.
    ("e-invoices received", deals.buy),
    ("facts", facts.build),
    ("subsidies", subsidies.build),
    ("bank statements", bank.pay),
)


def build(env, today):
    """Create what is missing of the demo as seen from ``today`` (a date); return the new records by model name."""
    languages.activate(env)
    demo = Demo(env, today)
    for name, step in STEPS:
        start = time.monotonic()
        step(demo)
        env.flush_all()
        _logger.info("Demo companies: %s in %.1f s", name, time.monotonic() - start)
    return demo.new
