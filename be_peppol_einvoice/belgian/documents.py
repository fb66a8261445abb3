# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BE-DOC: kinds of documents, customers out of scope, references and dates."""

from .identity import is_belgian


def debit_note(root: str) -> bool:
    """Whether the document is a UBL debit note, which no Peppol receiver takes.

    >>> debit_note("DebitNote"), debit_note("Invoice")
    (True, False)
    """
    return root == "DebitNote"


def private_customer(invoice, context):
    """Only where the customer has no electronic address: one who has one can receive."""
    if context.buyer_private and invoice.buyer and not invoice.buyer.endpoint:
        yield {"value": invoice.buyer.name or ""}, invoice.buyer, "name"


def credit_without_invoice(invoice, context):
    """A period (a bonus at the end of the year) will do in place of an invoice."""
    if invoice.credit and not invoice.preceding and not invoice.period and is_belgian(invoice.seller):
        yield {}, invoice, "number"


def delivery_date(invoice, context):
    stated = invoice.delivery.date if invoice.delivery else None
    if context.delivery_date is None or context.delivery_date == invoice.date or invoice.tax_point or invoice.period:
        return
    if stated != context.delivery_date:
        values = {"value": stated or "–", "expected": context.delivery_date}
        yield values, invoice.delivery or invoice, "date"


RULES = {
    "BE-DOC-02": private_customer,
    "BE-DOC-03": credit_without_invoice,
    "BE-DOC-04": delivery_date,
}
