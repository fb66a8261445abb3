# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The day of delivery of supplies to another Member State.

Core writes the invoice date as the actual delivery date (BT-72) wherever buyer and seller are in different countries of
the economic area, also where the user entered another day. The day of the supply is a mandatory mention where it is
known and differs from the invoice date (article 226, 7° of Directive 2006/112/EC; Royal Decree nr. 1, article 5): the
ledger's date is written. A document without a delivery date gets none.
"""

from .document import NAMESPACES

RULES = frozenset()


def concerns(facts):
    return facts.delivery_date is not None


def apply(document):
    day = document.facts.delivery_date
    written = document.root.find("cac:Delivery/cbc:ActualDeliveryDate", NAMESPACES)
    if day is None or written is None or written.text == day.isoformat():
        return False
    written.text = day.isoformat()
    return True
