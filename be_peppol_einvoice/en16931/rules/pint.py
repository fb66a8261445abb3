# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PINT-EU 1.1.1: the EN 16931 and Peppol rules under the specification urn:peppol:pint:billing-1@eu-1, and the shared
rules of PINT, ibr-…, most of which say the same under another number.
"""

import math

from ..codes import codes, words
from ..numbers import double, is_time, round2, space
from ..plan import CURRENCY_TAGS
from ..profile import code_check
from ..registry import table
from .paths import BUYER, LINE_TAGS, SELLER
from .peppol import DATE_TAGS, AnyProcess, Variant, layer
from .ublbe import due

LAYER = layer(
    Variant(
        customization="urn:peppol:pint:billing-1@eu-1",
        profiles=AnyProcess("urn:peppol:bis:billing:"),
        invoice_types=frozenset(),
        credit_types=codes("peppol_type_creditnote"),
        typed_profiles=("01",),
        subtotal_currency=True,
        german_types=True,
    )
)
_OLD = frozenset({"CUC", "MRO"})
_ENDPOINTS = words("0037 0147 0154 0158 0170 0177 0193 0194 0202 0203 0205 0212 0213 0215 0217")
LAYER.lists = {
    "BR-CL-03": (frozenset({"MRU", "UYW"}), _OLD),
    "BR-CL-04": (frozenset({"CNH", "MRU", "UYW"}), _OLD),
    "BR-CL-05": (frozenset({"CNH", "MRU", "UYW"}), _OLD),
    "PEPPOL-EN16931-CL007": (frozenset({"STN"}), frozenset({"STD"})),
    "PEPPOL-EN16931-CL008": (frozenset(), _ENDPOINTS),
    "ibr-cl-03": (frozenset({"STD"}), frozenset({"STN"})),
    "ibr-cl-04": (frozenset({"STD"}), frozenset({"STN"})),
    "ibr-cl-05": (frozenset({"STD"}), frozenset({"STN"})),
    "ibr-cl-16": (frozenset({"69"}), frozenset(f"Z0{number}" for number in range(1, 9))),
    "ibr-cl-25": (
        words("0147 0170 0194 0203 0205 0217 0219 0220 0225 AN AQ AS AU EM"),
        frozenset(),
    ),
}

# Rules of PINT that a shared rule decides, as "shared rule: numbers of the ibr rules".
_SAME = """
BR-01 001|BR-02 002|BR-03 003|BR-04 004|BR-05 005|BR-06 006|BR-07 007|BR-08 008|BR-09 009|BR-10 010|BR-11 011|BR-12 012
BR-13 013|BR-14 014|BR-15 015|BR-16 016|BR-17 017|BR-18 018|BR-19 019|BR-20 020|BR-21 021|BR-22 022|BR-23 023|BR-24 024
BR-25 025|BR-26 026|BR-27 027|BR-28 028|BR-29 029|BR-30 030|BR-31 031|BR-33 033|BR-36 036|BR-38 038|BR-49 049|BR-52 052
BR-53 053|BR-54 054|BR-55 055|BR-57 057|BR-62 062|BR-63 063|BR-64 064|BR-65 065|BR-CO-10 co-10|BR-CO-11 co-11
BR-CO-12 co-12|BR-CO-16 co-16|BR-CO-19 co-19|BR-CO-20 co-20|BR-DEC-10 121|BR-DEC-11 122|BR-DEC-12 123|BR-DEC-14 125
BR-DEC-18 091|UBL-CR-666 071|UBL-CR-673 072|UBL-DT-06 074|UBL-DT-07 075|UBL-SR-01 094|UBL-SR-02 095|UBL-SR-03 096
UBL-SR-06 sr-06|UBL-SR-07 sr-07|UBL-SR-08 097|UBL-SR-09 098|UBL-SR-10 099|UBL-SR-11 100|UBL-SR-14 101|UBL-SR-15 102
UBL-SR-16 sr-16|UBL-SR-17 103|UBL-SR-22 sr-22|UBL-SR-24 107|UBL-SR-25 108|UBL-SR-27 sr-27|UBL-SR-28 sr-28
UBL-SR-30 sr-30|UBL-SR-31 sr-31|UBL-SR-32 sr-32|UBL-SR-33 sr-33|UBL-SR-34 sr-34|UBL-SR-35 109|UBL-SR-36 110
UBL-SR-37 111|UBL-SR-39 sr-39|UBL-SR-40 112|UBL-SR-42 sr-42|UBL-SR-49 sr-49|UBL-SR-50 sr-50|UBL-SR-54 066|UBL-SR-55 067
UBL-SR-56 sr-52|BR-CL-07 cl-07|BR-CL-10 cl-10|BR-CL-11 cl-11|BR-CL-14 cl-14|BR-CL-15 cl-15|BR-CL-19 cl-19
BR-CL-20 cl-20|BR-CL-21 cl-21|BR-CL-26 cl-26|PEPPOL-COMMON-R040 068|PEPPOL-COMMON-R041 069|PEPPOL-COMMON-R043 113
PEPPOL-COMMON-R044 114|PEPPOL-COMMON-R045 115|PEPPOL-COMMON-R047 116|PEPPOL-COMMON-R050 120|PEPPOL-EN16931-R001 076
PEPPOL-EN16931-R005 077|PEPPOL-EN16931-R010 080|PEPPOL-EN16931-R020 081
PEPPOL-EN16931-R044 083|PEPPOL-EN16931-R055 084|PEPPOL-EN16931-R110 085|PEPPOL-EN16931-R111 086
PEPPOL-EN16931-R121 087|PEPPOL-EN16931-R130 088|PEPPOL-EN16931-F001 073|PEPPOL-EN16931-R004 ALIGNED-IBRP-004-EU
"""
_MIRROR = {}
for _pair in _SAME.replace("\n", "|").split("|"):
    if _pair:
        _rule, _number = _pair.split()
        _MIRROR[_rule] = _number if _number[0] == "A" else "ibr-" + _number


def adapt(rule, values):
    """The ids that PINT-EU reports for a finding of the shared rules."""
    if rule.startswith("UBL-CR-") or (rule.startswith("UBL-DT-") and rule > "UBL-DT-07"):
        names = (rule,)
    else:
        names = (rule,) if "p" in table()[rule][0] else ()
    mirror = _MIRROR.get(rule)
    return (*names, mirror) if mirror else names


LAYER.adapt = adapt
_LISTS = {
    ("cbc:DocumentCurrencyCode", None): code_check(("ibr-cl-04",), "iso4217"),
    ("cbc:TaxCurrencyCode", None): code_check(("ibr-cl-05",), "iso4217"),
    ("cbc:InvoicedQuantity", "unitCode"): code_check(("ibr-cl-23",), "rec20"),
    ("cbc:CreditedQuantity", "unitCode"): code_check(("ibr-cl-23",), "rec20"),
    ("cbc:BaseQuantity", "unitCode"): code_check(("ibr-cl-23",), "rec20"),
    ("cbc:EndpointID", "schemeID"): code_check(("ibr-cl-25",), "eas"),
    ("cbc:EmbeddedDocumentBinaryObject", "mimeCode"): code_check(
        ("ibr-cl-24",), "mime", trim=False, extra=("application/xml",)
    ),
}
LAYER.currencies.append(code_check(("ibr-cl-03",), "iso4217"))
_CLASS = code_check(("ibr-cl-13",), "untdid7143")
_MEANS = code_check(("ibr-cl-16",), "untdid4461")
_TYPES = {
    "cbc:InvoiceTypeCode": words(
        "80 82 84 380 383 386 388 393 395 575 623 780 71 102 218 219 331 382 480 553 817 870 875 876 877"
    ),
    "cbc:CreditNoteTypeCode": words("81 83 381 396 532"),
}


@LAYER.every
def code_lists(node, plan, root):
    for attribute in (None, "unitCode", "schemeID", "mimeCode"):
        check = _LISTS.get((node.tag, attribute))
        if check and (attribute is None or attribute in node.keys):
            plan.codes.append((node.index, attribute, *check))
    up = None if node.parent is None else node.parent.tag
    if (up, node.tag) == ("cac:CommodityClassification", "cbc:ItemClassificationCode") and "listID" in node.keys:
        plan.codes.append((node.index, "listID", *_CLASS))
    elif (up, node.tag) == ("cac:PaymentMeans", "cbc:PaymentMeansCode"):
        plan.codes.append((node.index, None, *_MEANS))


@LAYER.node(*_TYPES)
def type_code(node, plan, root):
    def check(document, part):
        text = space(part.texts[node.index])
        if text not in _TYPES[node.tag]:
            document.report("ibr-cl-01", part, node.index, value=text)

    plan.checks.append(check)


@LAYER.every
def times(node, plan, root):
    """ibr-119: times are times."""
    if node.tag.startswith("cbc:") and node.tag.endswith("Time"):

        def check(document, part):
            if not is_time(part.texts[node.index] or ""):
                document.report("ibr-119", part, node.index, value=part.texts[node.index])

        plan.checks.append(check)


@LAYER.node("cac:AllowanceCharge")
def allowance(node, plan, root):
    """ibr-041 to -044 and -082: allowances and charges anywhere on a line, prices included."""
    on_line = any(node.within(tag) for tag in LINE_TAGS)
    indicator = space(node.value("cbc:ChargeIndicator"))
    reason = node.has("cbc:AllowanceChargeReason") or node.has("cbc:AllowanceChargeReasonCode")
    plan.want("ibr-sr-61", node, node.count("cac:TaxCategory/cbc:TaxExemptionReason") <= 1)
    if indicator in ("false", "0"):
        plan.want("ibr-041", node, not on_line or node.has("cbc:Amount"))
        plan.want("ibr-042", node, not on_line or reason)
    elif indicator in ("true", "1"):
        plan.want("ibr-043", node, not on_line or node.has("cbc:Amount"))
        plan.want("ibr-044", node, reason)
    else:
        plan.want("ibr-082", node, False, value=indicator)


_ADDRESSES = {
    f"{SELLER}/cac:PostalAddress": "ibr-sr-53",
    f"{BUYER}/cac:PostalAddress": "ibr-sr-54",
    "cac:TaxRepresentativeParty/cac:PostalAddress": "ibr-sr-55",
    "cac:Delivery/cac:DeliveryLocation/cac:Address": "ibr-sr-56",
    "cac:PaymentMeans/cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cac:Address": "ibr-sr-59",
}


@LAYER.node("cac:PostalAddress", "cac:Address")
def address(node, plan, root):
    rule = _ADDRESSES.get(node.path)
    if rule:
        plan.want(rule, node, node.count("cac:AddressLine/cbc:Line") <= 1)


@LAYER.node(*LINE_TAGS)
def line(node, plan, root):
    types = [kid for kid in node.all("cac:DocumentReference") if double(kid.value("cbc:DocumentTypeCode")) == 130]
    plan.want("ibr-089", node, len(types) <= 1)
    plan.want("ibr-sr-38", node, node.count("cac:Item/cac:ClassifiedTaxCategory/cbc:TaxExemptionReason") <= 1)
    for kid in node.all("cac:Item/cac:ClassifiedTaxCategory"):
        plan.want("ibr-sr-58", kid, kid.has("cbc:ID"))
    for kid in node.all("cac:DespatchLineReference"):
        plan.want("ibr-sr-62", kid, kid.count("cac:DocumentReference") <= 1)


@LAYER.node("cac:Party")
def seller(node, plan, root):
    if node.parent is not None and node.parent.tag == "cac:AccountingSupplierParty":
        paths = (
            "cac:PartyTaxScheme/cbc:CompanyID",
            "cac:PartyIdentification/cbc:ID",
            "cac:PartyLegalEntity/cbc:CompanyID",
        )
        plan.want("ibr-co-26", node, any(node.has(path) for path in paths))


@LAYER.node("cac:PartyTaxScheme")
def registration(node, plan, root):
    plan.want("ibr-sr-57", node, node.has("cbc:CompanyID"))


@LAYER.node("cac:TaxRepresentativeParty")
def representative(node, plan, root):
    plan.want("ibr-056", node, node.has("cac:PartyTaxScheme/cbc:CompanyID"))


@LAYER.node("cac:PaymentTerms")
def terms(node, plan, root):
    plan.want("ibr-sr-05", node, node.count("cbc:Note") <= 1)
    plan.want("ibr-sr-60", node, node.count("cbc:PaymentMeansID") <= 1)


@LAYER.node("cac:PaymentMeans")
def means(node, plan, root):
    named = sum("name" in kid.keys for kid in node.all("cbc:PaymentMeansCode"))
    plan.want("ibr-sr-46", node, named <= 1)


@LAYER.node("cac:PayeeParty")
def payee(node, plan, root):
    """ibr-sr-19, -105 and -106: what occurs once unless the payee is the seller."""

    def check(document, part):
        names = part.at(f"{node.path}/cac:PartyName/cbc:Name")
        if set(names) & set(document.texts(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")):
            return
        own = [
            index
            for index in part.plan.paths.get(f"{node.path}/cac:PartyIdentification/cbc:ID", ())
            if (part.elements[index].get("schemeID") or "").upper() != "SEPA"
        ]
        companies = node.count("cac:PartyLegalEntity/cbc:CompanyID")
        for rule, count in (("ibr-sr-19", len(names)), ("ibr-105", len(own)), ("ibr-106", companies)):
            if count > 1:
                document.report(rule, part, node.index, count=count)

    plan.checks.append(check)


@LAYER.node("cbc:EndpointID", "cbc:CompanyID", "cbc:ID")
def identifiers(node, plan, root):
    """ibr-070 and ibr-127: Danish and Swedish numbers, by their form."""
    up = node.parent
    if "schemeID" not in node.keys or (node.tag == "cbc:ID" and (up is None or up.tag != "cac:PartyIdentification")):
        return

    def check(document, part):
        scheme, text = part.elements[node.index].get("schemeID"), part.texts[node.index] or ""
        if scheme == "0184":
            if not (len(text) == 10 and text[:2] == "DK" and text[2:].isdigit()):
                document.report("ibr-070", part, node.index, value=text[:40])
        elif scheme == "0007":
            number = double(space(text))
            if len(space(text)) != 10 or math.isnan(number):
                document.report("ibr-127", part, node.index, value=text[:40])

    plan.checks.append(check)


@LAYER.document
def head(document):
    """The rules of PINT on the document that differ from those of EN 16931."""
    document.want("ibr-sr-63", "*" not in space(document.first("cbc:CustomizationID")), "cbc:CustomizationID")
    document.want("ibr-sr-51", document.count("cbc:Note") <= 1, "cbc:Note")
    references = document.by_tag.get("cac:AdditionalDocumentReference", ())
    types = [part.at("cac:AdditionalDocumentReference/cbc:DocumentTypeCode") for part in references]
    document.want("ibr-078", sum("130" in codes_ for codes_ in types) <= 1, "cac:AdditionalDocumentReference")
    projects = document.count("cac:ProjectReference") <= 1 and sum("50" in codes_ for codes_ in types) <= 1
    document.want("ibr-090", projects, "cac:ProjectReference")
    document.want("ibr-104", document.count(f"{BUYER}/cac:PartyTaxScheme/cbc:CompanyID") <= 1, BUYER)
    document.want("BR-66", document.count("cac:PaymentMeans/cac:CardAccount") <= 1, "cac:PaymentMeans")
    document.want("BR-67", document.count("cac:PaymentMeans/cac:PaymentMandate") <= 1, "cac:PaymentMeans")
    if document.by_tag.get("cac:PrepaidPayment"):
        document.want("ibr-093", document.has("cac:LegalMonetaryTotal/cbc:PrepaidAmount"), "cac:PrepaidPayment")
    if document.by_tag.get("cac:DespatchDocumentReference"):
        for tag in LINE_TAGS:
            for part, index in document.find(f"{tag}/cac:DespatchLineReference/cac:DocumentReference/cbc:ID"):
                document.report("ibr-092", part, index)
    due(document)


# Elements that the artefact of PINT hands to another rule before it looks for empty ones.
_JUDGED_BEFORE = frozenset(CURRENCY_TAGS) - {"cbc:TaxAmount", "cbc:TaxableAmount"} | words(
    "cbc:TaxCurrencyCode cac:AllowanceCharge cac:AdditionalDocumentReference cac:LegalMonetaryTotal cac:InvoiceLine "
    "cac:CreditNoteLine cac:InvoicePeriod cac:PayeeParty cac:AdditionalItemProperty cac:PaymentMeans cac:PaymentTerms "
    "cac:BillingReference cac:TaxRepresentativeParty cac:TaxSubtotal cac:PartyTaxScheme cac:Delivery"
).union(DATE_TAGS)
_PATHS_BEFORE = (
    "Line/cac:Item/cac:StandardItemIdentification/cbc:ID",
    "Line/cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode",
    f"{SELLER}/cbc:EndpointID",
    f"{BUYER}/cbc:EndpointID",
)


@LAYER.document
def empty(document):
    """ibr-079: no empty elements."""
    for rule, part, index, values in list(document.findings):
        if rule == "PEPPOL-EN16931-R008":
            tag = values["name"]
            path = "" if part is None else part.plan.nodes[index].path
            before = tag in _JUDGED_BEFORE or path.endswith(_PATHS_BEFORE)
            if not before and not (tag.startswith("cbc:") and tag.endswith("Time")):
                document.report("ibr-079", part, index, **values)


@LAYER.document
def totals(document):
    """ibr-co-13, -14 and -15 and ibr-124: totals, unless prices include VAT."""
    included = any(space(text) in ("true", "1") for text in document.texts("cac:TaxTotal/cbc:TaxIncludedIndicator"))
    for rule, part, index, values in list(document.findings):
        if rule == "BR-CO-13" and not included:
            document.report("ibr-co-13", part, index, **values)
        elif rule == "BR-CO-14" and document.kind == "Invoice":
            document.report("ibr-co-14", part, index, **values)
    if document.kind == "Invoice":
        for part, index in document.find("cac:TaxTotal/cbc:TaxAmount"):
            text = part.texts[index] or ""
            if len(text.partition(".")[2]) > 2:
                document.report("ibr-124", part, index, value=text)
    if included:
        return
    own = document.first("cbc:DocumentCurrencyCode")
    tax = None
    for part in document.by_tag.get("cac:TaxTotal", ())[:1]:
        for index in part.plan.paths.get("cac:TaxTotal/cbc:TaxAmount", ()):
            if part.elements[index].get("currencyID") == own:
                tax = document.decimal(part.texts[index])
    exclusive = document.number("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount")
    inclusive = document.number("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
    expected = None if tax is None or exclusive is None else round2(exclusive + tax)
    if expected is None or inclusive is None or inclusive != expected:
        path = "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"
        document.want("ibr-co-15", False, path, stated=inclusive, expected=expected)


@LAYER.document
def currencies(document):
    """ibr-126: amounts are in the currency of the document, but for VAT in another one."""
    own = document.first("cbc:DocumentCurrencyCode")
    for part in document.parts:
        for index in part.plan.currencies:
            if part.elements[index].get("currencyID") == own and own is not None:
                continue
            node = part.plan.nodes[index]
            up = None if node.parent is None else node.parent.tag
            if node.tag in ("cbc:TaxAmount", "cbc:TaxableAmount"):
                total = node.parent if up == "cac:TaxTotal" else node.parent.parent if node.parent is not None else None
                amounts = [] if total is None else total.all("cbc:TaxAmount")
                if not any(part.elements[kid.index].get("currencyID") == own for kid in amounts):
                    continue
            if not node.within("cac:ItemPriceExtension") and node.tag in CURRENCY_TAGS:
                document.report("ibr-126", part, index, value=part.elements[index].get("currencyID"))
