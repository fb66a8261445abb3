# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931 e-invoices: reading them, and judging them by the rules of EN 16931, Peppol BIS Billing, UBL.BE and PINT-EU.

Plain Python with lxml; nothing here knows Odoo.

>>> from en16931 import validate
>>> report = validate(open("invoice.xml", "rb").read())  # doctest: +SKIP
>>> report.valid, [finding.message("nl") for finding in report.fatal]  # doctest: +SKIP
"""


def __getattr__(name):
    # Loaded on first use: the command starts faster.
    if name in ("validate", "profile"):
        from . import engine

        return getattr(engine, name)
    if name == "RULE_SETS":
        from .rulesets import RULE_SETS

        return RULE_SETS
    if name in ("Report", "Finding"):
        from . import report

        return getattr(report, name)
    raise AttributeError(name)
