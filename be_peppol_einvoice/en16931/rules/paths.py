# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of elements that the rules of several families speak of."""

LINE_TAGS = ("cac:InvoiceLine", "cac:CreditNoteLine")
SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
