# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Mends of the e-invoices that Odoo writes, where the official rules refuse them though the invoice is lawful.

``mend(xml, facts)`` takes and gives the bytes of a UBL document. Plain Python and lxml, no Odoo. Each mend is a module
of its own with two names: ``RULES``, the ids of the findings that it answers (empty: it answers the facts instead), and
``apply(document)``, which changes the tree and tells whether it did. docs/mends.md lists them with examples.
"""

from .facts import Facts
from .run import mend
from .unmendable import explain
