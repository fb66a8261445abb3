# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: what holds of the document as a whole: what it must have, what may be there once, how its totals add up.

Source: the rules of EN 16931-1:2017 and of its syntax binding CEN/TS 16931-3-2, as judged by the CEN validation
artefacts, version 1.3.16.
"""

from ..numbers import round2
from ..plan import charge_indicator
from ..profile import Layer
from .paths import BUYER, LINE_TAGS, SELLER
from .vat import line_sums

LAYER = Layer()

_REQUIRED = {
    "BR-01": "cbc:CustomizationID",
    "BR-02": "cbc:ID",
    "BR-03": "cbc:IssueDate",
    "BR-05": "cbc:DocumentCurrencyCode",
    "BR-06": f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName",
    "BR-07": f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName",
}
_ONCE = {
    "UBL-SR-01": "cac:ContractDocumentReference/cbc:ID",
    "UBL-SR-02": "cac:ReceiptDocumentReference/cbc:ID",
    "UBL-SR-03": "cac:DespatchDocumentReference/cbc:ID",
    "UBL-SR-05": "cac:PaymentTerms/cbc:Note",
    "UBL-SR-08": "cac:InvoicePeriod",
    "UBL-SR-09": f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName",
    "UBL-SR-10": f"{SELLER}/cac:PartyName/cbc:Name",
    "UBL-SR-11": f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID",
    "UBL-SR-14": f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm",
    "UBL-SR-15": f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName",
    "UBL-SR-16": f"{BUYER}/cac:PartyIdentification/cbc:ID",
    "UBL-SR-17": f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID",
    "UBL-SR-24": "cac:Delivery",
    "UBL-SR-39": "cac:ProjectReference/cbc:ID",
    "UBL-SR-40": f"{BUYER}/cac:PartyName/cbc:Name",
    "UBL-SR-45": "cac:PaymentMeans/cbc:PaymentDueDate",
    "UBL-SR-49": "cac:InvoicePeriod/cbc:DescriptionCode",
    "UBL-SR-54": "cac:PaymentMeans/cac:CardAccount",
    "UBL-SR-55": "cac:PaymentMeans/cac:PaymentMandate",
    "UBL-SR-56": "cac:OriginatorDocumentReference/cbc:ID",
}


_ONCE_BY_TAG = {}
for _rule, _path in _ONCE.items():
    _ONCE_BY_TAG.setdefault(_path.partition("/")[0], []).append((_rule, _path))


@LAYER.document
def head(document):
    """BR-01 to BR-16, BR-53, BR-CO-03 and BR-CO-18."""
    for rule, path in _REQUIRED.items():
        document.want(rule, document.filled(path), path, blank=document.first(path))
    if not document.filled("cbc:InvoiceTypeCode") and not document.filled("cbc:CreditNoteTypeCode"):
        blank = document.first("cbc:InvoiceTypeCode") or document.first("cbc:CreditNoteTypeCode")
        document.want("BR-04", False, f"cbc:{document.kind}TypeCode", blank=blank)
    document.want("BR-08", document.has(f"{SELLER}/cac:PostalAddress"), SELLER)
    document.want("BR-10", document.has(f"{BUYER}/cac:PostalAddress"), BUYER)
    document.want("BR-16", document.lines)
    if document.has("cbc:TaxCurrencyCode"):
        stated = {
            part.elements[index].get("currencyID")
            for part, index in document.anywhere("cbc:TaxAmount")
            if part.plan.nodes[index].path.endswith("cac:TaxTotal/cbc:TaxAmount")
        }
        for currency in document.text_set("cbc:TaxCurrencyCode"):
            document.want("BR-53", currency in stated, "cbc:TaxCurrencyCode", currency=currency)
    if document.has("cbc:TaxPointDate"):
        document.want("BR-CO-03", not document.has("cac:InvoicePeriod/cbc:DescriptionCode"), "cbc:TaxPointDate")
    document.want("BR-CO-18", document.has("cac:TaxTotal/cac:TaxSubtotal"), "cac:TaxTotal")


@LAYER.document
def cardinality(document):
    """UBL-SR-01 to UBL-SR-56 that count on the level of the document."""
    parts = document.by_tag
    for tag, rules in _ONCE_BY_TAG.items():
        for rule, path in rules if tag in parts else ():
            count = 0
            for part in parts[tag]:
                count += len(part.plan.paths.get(path, ()))
            if count > 1:
                document.want(rule, False, path, count=count)
    if "cac:AdditionalDocumentReference" in parts:
        count = 0
        for part in parts["cac:AdditionalDocumentReference"]:
            if "130" in part.at("cac:AdditionalDocumentReference/cbc:DocumentTypeCode"):
                count += len(part.at("cac:AdditionalDocumentReference/cbc:ID"))
        document.want("UBL-SR-04", count <= 1, "cac:AdditionalDocumentReference", count=count)
    for rule, party_path, vat in (
        ("UBL-SR-12", SELLER, True),
        ("UBL-SR-13", SELLER, False),
        ("UBL-SR-18", BUYER, True),
    ):
        count = _registrations(document, party_path, vat)
        document.want(rule, count <= 1, f"{party_path}/cac:PartyTaxScheme", count=count)
    creditors = [
        1
        for part, index in document.anywhere("cac:PartyIdentification")
        for kid in part.plan.nodes[index].all("cbc:ID")
        if "schemeID" in kid.keys and part.elements[kid.index].get("schemeID").upper() == "SEPA"
    ]
    document.want("UBL-SR-29", len(creditors) <= 1, count=len(creditors))
    for rule, tag in (("UBL-SR-44", "cbc:PaymentID"), ("UBL-SR-47", "cbc:PaymentMeansCode")):
        values = {part.texts[index] or "" for part, index in document.anywhere(tag)}
        if len(values) > 1:
            shown = ", ".join(sorted(values)[:3])[:80]
            document.want(rule, False, f"cac:PaymentMeans/{tag}", value=shown)
    names = sum(("named means",) in part.plan.facts for part in parts.get("cac:PaymentMeans", ()))
    document.want("UBL-SR-46", names <= 1, "cac:PaymentMeans/cbc:PaymentMeansCode", count=names)


def _registrations(document, party_path, vat):
    count = 0
    for part in document.by_tag.get(party_path.partition("/")[0], ()):
        facts = part.plan.facts
        count += ("vat number", vat) in facts
        if ("vat numbers", vat) in facts:
            count += 1
    return count


@LAYER.node("cac:AccountingSupplierParty", "cac:AccountingCustomerParty")
def registrations(node, plan, root):
    """Note how many VAT and other tax numbers a party has: one, or several."""
    counts = {True: 0, False: 0}
    for scheme in node.all("cac:Party/cac:PartyTaxScheme"):
        names = [
            identifier.text.upper() if identifier is not None else ""
            for tax in scheme.all("cac:TaxScheme")
            for identifier in (tax.all("cbc:ID") or [None])
        ]
        for vat in counts:
            if any((name == "VAT") == vat for name in names):
                counts[vat] += scheme.count("cbc:CompanyID")
    for vat, count in counts.items():
        if count:
            plan.facts.add(("vat number", vat))
        if count > 1:
            plan.facts.add(("vat numbers", vat))


@LAYER.document
def totals(document):
    """BR-CO-10 to BR-CO-16: how the totals of the document follow from each other."""
    for part in document.by_tag.get("cac:LegalMonetaryTotal", ()):
        figures = {tag: _figure(document, part, tag) for tag in ("TaxExclusive", "TaxInclusive", "Payable")}
        _sums(document, part, figures)
        _payable(document, part, figures)
    for part in document.by_tag.get("cac:TaxTotal", ()):
        _tax_total(document, part)
    for currency in document.text_set("cbc:DocumentCurrencyCode"):
        _with_tax(document, currency)


def _figure(document, part, name):
    texts = part.at(f"cac:LegalMonetaryTotal/cbc:{name}Amount")
    return document.decimal(texts[0]) if texts else None


def _exists(part, name):
    return f"cac:LegalMonetaryTotal/cbc:{name}Amount" in part.plan.paths


def _sums(document, part, figures):
    for rule, name in (("BR-12", "LineExtension"), ("BR-13", "TaxExclusive"), ("BR-14", "TaxInclusive")):
        if not _exists(part, name):
            document.report(rule, part)
    if not _exists(part, "Payable"):
        document.report("BR-15", part)
    sums = [line_sums(document, tag).total for tag in LINE_TAGS]
    lines = None if None in sums else sums[0] + sums[1]
    stated = _figure(document, part, "LineExtension")
    _equal(document, "BR-CO-10", part, "LineExtension", stated, None if lines is None else round2(lines))
    allowances = _level(document, part, "AllowanceTotal", False, "BR-CO-11")
    charges = _level(document, part, "ChargeTotal", True, "BR-CO-12")
    if stated is None:
        expected = None
    elif allowances is None and charges is None:
        expected = stated
    else:
        expected = round2(stated + (charges or 0) - (allowances or 0))
    if (allowances is None and _exists(part, "AllowanceTotal")) or (charges is None and _exists(part, "ChargeTotal")):
        expected = None
    _equal(document, "BR-CO-13", part, "TaxExclusive", figures["TaxExclusive"], expected)


def _equal(document, rule, part, name, stated, expected):
    if stated is None or expected is None or stated != expected:
        indices = part.plan.paths.get(f"cac:LegalMonetaryTotal/cbc:{name}Amount", (0,))
        document.report(rule, part, indices[0], stated=stated, expected=expected)


def _level(document, part, name, charge, rule):
    """BR-CO-11 and BR-CO-12; returns the stated total."""
    stated = _figure(document, part, name)
    count, expected = document.known(("level", charge), lambda: _allowances(document, charge))
    if not _exists(part, name) and not count:
        return None
    _equal(document, rule, part, name, stated, None if expected is None else round2(expected))
    return stated


def _allowances(document, charge):
    """The number and the sum of the allowances, or charges, of the document."""
    texts = []
    count = 0
    for part in document.by_tag.get("cac:AllowanceCharge", ()):
        if charge_indicator(part.plan.nodes[0]) is charge:
            count += 1
            texts.extend(part.at("cac:AllowanceCharge/cbc:Amount"))
    return count, document.total(texts)


def _payable(document, part, figures):
    """BR-CO-16."""
    payable, inclusive = figures["Payable"], figures["TaxInclusive"]
    prepaid = _figure(document, part, "Prepaid") if _exists(part, "Prepaid") else 0
    rounding = _figure(document, part, "PayableRounding") if _exists(part, "PayableRounding") else 0
    if None in (payable, inclusive, prepaid, rounding):
        _equal(document, "BR-CO-16", part, "Payable", payable, None)
        return
    left = round2(payable - rounding) if _exists(part, "PayableRounding") else payable
    right = round2(inclusive - prepaid) if _exists(part, "Prepaid") else inclusive
    if left != right:
        _equal(document, "BR-CO-16", part, "Payable", payable, right + rounding)


def _tax_total(document, part):
    """BR-CO-14."""
    if "cac:TaxTotal/cac:TaxSubtotal" not in part.plan.paths:
        return
    expected = document.total(part.at("cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount"))
    texts = part.at("cac:TaxTotal/cbc:TaxAmount")
    stated = document.decimal(texts[0]) if texts else None
    if stated is None or expected is None or stated != round2(expected):
        index = part.plan.paths.get("cac:TaxTotal/cbc:TaxAmount", (0,))[0]
        document.report("BR-CO-14", part, index, stated=stated, expected=expected)


def _taxes(document):
    """The VAT totals by their currency."""
    taxes = {}
    for part, index in document.find("cac:TaxTotal/cbc:TaxAmount"):
        currency = part.elements[index].get("currencyID")
        taxes.setdefault(currency, []).append(document.decimal(part.texts[index]))
    return taxes


def _with_tax(document, currency):
    """BR-CO-15: the total with VAT, in the currency of the document."""
    taxes = document.known("taxes", lambda: _taxes(document)).get(currency, [])
    exclusive = document.number("cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount")
    inclusive = document.number("cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
    if len(taxes) != 1 or None in (exclusive, inclusive, taxes[0]):
        expected = None
    else:
        expected = round2(exclusive + taxes[0])
        if inclusive == expected:
            return
    path = "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"
    document.want("BR-CO-15", False, path, stated=inclusive, expected=expected)
