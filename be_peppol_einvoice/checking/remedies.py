# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a finding is mended: from a rule and its business terms to the place in the accounts that holds the value."""

from itertools import chain

# Business terms and groups of EN 16931 by the place that holds their value
_PLACES = {
    "customer_endpoint": "BT-49",
    "customer_number": "BT-46 BT-47",
    "customer_vat": "BT-48",
    "customer_name": "BG-7 BT-44 BT-45",
    "customer_address": "BG-8 BT-50 BT-51 BT-52 BT-53 BT-54 BT-55 BT-163",
    "customer_contact": "BG-9 BT-56 BT-57 BT-58",
    "company_endpoint": "BT-34",
    "company_number": "BT-29 BT-30",
    "company_vat": "BT-31 BT-32",
    "company_name": "BG-4 BT-27 BT-28 BT-33",
    "company_address": "BG-5 BT-35 BT-36 BT-37 BT-38 BT-39 BT-40 BT-162",
    "company_contact": "BG-6 BT-41 BT-42 BT-43",
    "bank_account": "BG-16 BG-17 BT-81 BT-82 BT-84 BT-85 BT-86",
    "payment_reference": "BT-83",
    "buyer_reference": "BT-10 BT-13 BT-14",
    "due_date": "BT-9 BT-20",
    "preceding_invoice": "BG-3 BT-25 BT-26",
    "delivery": "BG-13 BG-15 BT-70 BT-71 BT-72 BT-75 BT-76 BT-77 BT-78 BT-79 BT-80 BT-165",
    "tax": "BG-23 BT-116 BT-117 BT-118 BT-119 BT-120 BT-121 BT-95 BT-96 BT-102 BT-103 BG-30 BT-151 BT-152",
    "product": "BG-31 BG-32 BT-153 BT-154 BT-155 BT-156 BT-157 BT-158 BT-159 BT-160 BT-161",
    "line": "BG-25 BG-26 BG-27 BG-28 BG-29 BT-126 BT-127 BT-128 BT-129 BT-130 BT-131 BT-132 BT-133 BT-134 BT-135 "
    "BT-136 BT-137 BT-138 BT-139 BT-140 BT-141 BT-142 BT-143 BT-144 BT-145 BT-146 BT-147 BT-148 BT-149 BT-150",
}
_PLACE_OF_TERM = dict(
    chain.from_iterable(((term, place) for term in words.split()) for place, words in _PLACES.items())
)

# Parts of a party by the place that holds them: a finding deep in a party is about that party, whatever else its rule
# may speak of
_PLACE_IN_PARTY = (
    ("cac:AccountingCustomerParty/cac:Party/cbc:EndpointID", "customer_endpoint"),
    ("cac:AccountingCustomerParty/cac:Party/cac:PostalAddress", "customer_address"),
    ("cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme", "customer_vat"),
    ("cac:AccountingCustomerParty/cac:Party/cac:PartyIdentification", "customer_number"),
    ("cac:AccountingCustomerParty/cac:Party/cac:Contact", "customer_contact"),
    ("cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID", "customer_number"),
    ("cac:AccountingSupplierParty/cac:Party/cbc:EndpointID", "company_endpoint"),
    ("cac:AccountingSupplierParty/cac:Party/cac:PostalAddress", "company_address"),
    ("cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme", "company_vat"),
    ("cac:AccountingSupplierParty/cac:Party/cac:PartyIdentification", "company_number"),
    ("cac:AccountingSupplierParty/cac:Party/cac:Contact", "company_contact"),
    ("cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID", "company_number"),
)
# Parts of a document, where the rule's terms lead nowhere; the first that stands in a finding's path decides
_PLACE_IN_DOCUMENT = (
    ("cac:AccountingCustomerParty", "customer_name"),
    ("cac:AccountingSupplierParty", "company_name"),
    ("cac:Delivery", "delivery"),
    ("cac:PaymentMeans", "bank_account"),
    ("cac:PaymentTerms", "due_date"),
    ("cac:BillingReference", "preceding_invoice"),
    ("cac:OrderReference", "buyer_reference"),
    ("cac:TaxTotal", "tax"),
    ("cac:ClassifiedTaxCategory", "tax"),
    ("cac:Item", "product"),
)

# Rules whose terms do not lead to the place
_PLACE_OF_RULE = {
    "BR-CO-26": "company_number",
    "PEPPOL-EN16931-R010": "customer_endpoint",
    "PEPPOL-EN16931-R020": "company_endpoint",
    "PEPPOL-EN16931-R003": "buyer_reference",
    "BR-IC-11": "delivery",
    "BR-IC-12": "delivery",
    # outside the scope of VAT, with VAT numbers: it is the tax that does not fit
    "BR-O-02": "tax",
    "BR-O-03": "tax",
    "BR-O-04": "tax",
    # a rate that is none, VAT that should not be charged: another tax on the lines
    "BE-VAT-08": "line",
    "BE-VAT-11": "line",
    "BE-TXT-04": "customer_language",
}
#: Belgian rules about what a tax says of itself in e-invoices: its category, and why no VAT is charged.
CATEGORY_RULES = frozenset(f"BE-VAT-{number:02}" for number in (1, 2, 3, 4, 5, 6, 7, 12)) | {"BE-TXT-01"}
_VAT_NUMBERS = {
    f"BR-{category}-{number}" for category in ("S", "Z", "E", "AE", "IC", "G") for number in ("02", "03", "04")
}


def place_of(rule, terms=(), path=""):
    """The place where a finding is mended.

    :param rule: the rule's id
    :param terms: its business terms, the one explained last
    :param path: the XPath of the finding, with the prefixes cac and cbc
    :return: one of the keys of ``_PLACES``, ``customer_language``, ``vat_numbers`` (those of both parties) or
        ``invoice``

    >>> place_of("BR-07", ["BG-7", "BT-44"])
    'customer_name'
    >>> place_of("PEPPOL-EN16931-R010", ["BT-49"])
    'customer_endpoint'
    >>> place_of("BR-AE-02", ["BT-31", "BT-48"])
    'vat_numbers'
    >>> place_of("UBL-VALUE", [], "/Invoice/cac:PaymentMeans[1]/cbc:PaymentDueDate")
    'bank_account'
    >>> place_of("BR-CO-09", ["BT-31"], "/Invoice/cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme[1]")
    'customer_vat'
    >>> place_of("PEPPOL-COMMON-R043", ["BT-49"], "/Invoice/cac:AccountingSupplierParty/cac:Party/cbc:EndpointID")
    'company_endpoint'
    >>> place_of("BR-CO-15", ["BT-112"])
    'invoice'
    """
    if rule in _VAT_NUMBERS:
        return "vat_numbers"
    if rule in _PLACE_OF_RULE:
        return _PLACE_OF_RULE[rule]
    steps = _without_positions(path or "")
    places = chain(
        (place for part, place in _PLACE_IN_PARTY if part in steps),
        (_PLACE_OF_TERM[term] for term in reversed(terms) if term in _PLACE_OF_TERM),
        (place for part, place in _PLACE_IN_DOCUMENT if part in steps),
    )
    return next(places, "invoice")


def line_number(path):
    """The position of the invoice line that a path lies in, from 1; None outside lines.

    >>> line_number("/Invoice/cac:InvoiceLine[12]/cac:Item/cbc:Name")
    12
    >>> line_number("/Invoice/cac:InvoiceLine/cac:Item"), line_number("/Invoice/cbc:ID")
    (1, None)
    """
    for step in (path or "").split("/"):
        name, _bracket, position = step.partition("[")
        if name in ("cac:InvoiceLine", "cac:CreditNoteLine"):
            return int(position.rstrip("]") or 1)
    return None


def mirrored(place):
    """The same place in a self-billed document, where the company is the buyer.

    >>> mirrored("customer_vat"), mirrored("company_vat"), mirrored("tax")
    ('company_vat', 'customer_vat', 'tax')
    """
    for side, other in (("customer_", "company_"), ("company_", "customer_")):
        if place.startswith(side):
            return other + place.removeprefix(side)
    return place


def _without_positions(path):
    return "/".join(step.partition("[")[0] for step in path.split("/"))
