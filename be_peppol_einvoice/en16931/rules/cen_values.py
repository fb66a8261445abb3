# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: the decimals of amounts, BR-DEC-… and UBL-DT-01, and the code lists, BR-CL-….

Source: the rules of EN 16931-1:2017 and of its syntax binding CEN/TS 16931-3-2, as judged by the CEN validation
artefacts, version 1.3.16.
"""

from ..codes import pieces
from ..plan import charge_indicator
from ..profile import Layer, code_check
from .paths import LINE_TAGS

LAYER = Layer()

# Amounts ------------------------------------------------------------------------------------------------------------

_TOTALS = {
    "cbc:LineExtensionAmount": "09",
    "cbc:AllowanceTotalAmount": "10",
    "cbc:ChargeTotalAmount": "11",
    "cbc:TaxExclusiveAmount": "12",
    "cbc:TaxInclusiveAmount": "14",
    "cbc:PrepaidAmount": "16",
    "cbc:PayableRoundingAmount": "17",
    "cbc:PayableAmount": "18",
}
_ALLOWANCES = {
    # (on a line, charge): (amount, base amount)
    (False, False): ("01", "02"),
    (False, True): ("05", "06"),
    (True, False): ("24", "25"),
    (True, True): ("27", "28"),
}


@LAYER.every
def decimals(node, plan, root):
    """UBL-DT-01 and BR-DEC-01 to -28: amounts have at most two decimals."""
    if not node.tag.endswith("Amount"):
        return
    rules = []
    if not node.tag.endswith("PriceAmount") and not _in_price(node):
        rules.append("UBL-DT-01")
    number = _decimals_rule(node)
    if number:
        rules.append("BR-DEC-" + number)
    if rules:
        plan.amounts.append((node.index, tuple(rules)))


def _in_price(node):
    node = node.parent
    while node is not None:
        if node.tag == "cac:AllowanceCharge" and node.parent is not None and node.parent.tag == "cac:Price":
            return True
        node = node.parent
    return False


def _decimals_rule(node):
    up = node.parent
    if up is None:
        return None
    if up.tag == "cac:LegalMonetaryTotal":
        return _TOTALS.get(node.tag)
    if up.tag in LINE_TAGS:
        return "23" if node.tag == "cbc:LineExtensionAmount" else None
    if up.tag == "cac:TaxSubtotal" and up.parent is not None and up.parent.tag == "cac:TaxTotal":
        return {"cbc:TaxableAmount": "19", "cbc:TaxAmount": "20"}.get(node.tag)
    if up.tag == "cac:AllowanceCharge":
        place = None if up.parent is None else up.parent.tag
        if place is None or place in LINE_TAGS:
            pair = _ALLOWANCES.get((place is not None, charge_indicator(up)))
            if pair and node.tag in ("cbc:Amount", "cbc:BaseAmount"):
                return pair[node.tag == "cbc:BaseAmount"]
    return None


# Code lists ---------------------------------------------------------------------------------------------------------

_CURRENCY = code_check(("BR-CL-03",), "iso4217")
_DOCUMENT_CURRENCY = code_check(("BR-CL-04",), "iso4217")
_TAX_CURRENCY = code_check(("BR-CL-05",), "iso4217")
_TYPES = {
    "cbc:InvoiceTypeCode": code_check(("BR-CL-01",), "untdid1001_invoice"),
    "cbc:CreditNoteTypeCode": code_check(("BR-CL-01",), "untdid1001_creditnote"),
}
_PERIOD = code_check(("BR-CL-06",), "untdid2005")
_OBJECT = code_check(("BR-CL-07",), "untdid1153")
_PARTY = code_check(("BR-CL-10",), "icd")
_PARTY_SEPA = code_check(("BR-CL-10",), "icd", extra=("SEPA",))
_COMPANY = code_check(("BR-CL-11",), "icd")
_CLASS = code_check(("BR-CL-13",), "untdid7143")
_COUNTRY = code_check(("BR-CL-14",), "iso3166")
_ORIGIN = code_check(("BR-CL-15",), "iso3166")
_MEANS = code_check(("BR-CL-16",), "untdid4461")
_CATEGORY = code_check(("BR-CL-17",), "untdid5305")
_LINE_CATEGORY = code_check(("BR-CL-18",), "untdid5305")
_ALLOWANCE = code_check(("BR-CL-19",), "untdid5189")
_CHARGE = code_check(("BR-CL-20",), "untdid7161")
_STANDARD = code_check(("BR-CL-21",), "icd")
_EXEMPTION = code_check(("BR-CL-22",), "vatex", fold=True)
_UNIT = code_check(("BR-CL-23",), "rec20")
_MIME = code_check(("BR-CL-24",), "mime", trim=False)
_ENDPOINT = code_check(("BR-CL-25",), "eas")
_LOCATION = code_check(("BR-CL-26",), "icd")
_SUBJECT = code_check(("BR-CL-08",), "untdid4451", trim=False)


LAYER.currencies.append(_CURRENCY)


@LAYER.node("cbc:DocumentCurrencyCode", "cbc:TaxCurrencyCode", "cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode")
def head_code(node, plan, root):
    check = {"cbc:DocumentCurrencyCode": _DOCUMENT_CURRENCY, "cbc:TaxCurrencyCode": _TAX_CURRENCY, **_TYPES}[node.tag]
    plan.codes.append((node.index, None, *check))


def _code(check, attribute=None):
    def register(node, plan):
        if attribute is None or attribute in node.keys:
            plan.codes.append((node.index, attribute, *check))

    return register


_BY_PARENT = {
    ("cac:InvoicePeriod", "cbc:DescriptionCode"): _code(_PERIOD),
    ("cac:PartyLegalEntity", "cbc:CompanyID"): _code(_COMPANY, "schemeID"),
    ("cac:CommodityClassification", "cbc:ItemClassificationCode"): _code(_CLASS, "listID"),
    ("cac:Country", "cbc:IdentificationCode"): _code(_COUNTRY),
    ("cac:OriginCountry", "cbc:IdentificationCode"): _code(_ORIGIN),
    ("cac:PaymentMeans", "cbc:PaymentMeansCode"): _code(_MEANS),
    ("cac:TaxCategory", "cbc:ID"): _code(_CATEGORY),
    ("cac:ClassifiedTaxCategory", "cbc:ID"): _code(_LINE_CATEGORY),
    ("cac:StandardItemIdentification", "cbc:ID"): _code(_STANDARD, "schemeID"),
    ("cac:DeliveryLocation", "cbc:ID"): _code(_LOCATION, "schemeID"),
}
_BY_TAG = {
    "cbc:TaxExemptionReasonCode": _code(_EXEMPTION),
    "cbc:InvoicedQuantity": _code(_UNIT, "unitCode"),
    "cbc:BaseQuantity": _code(_UNIT, "unitCode"),
    "cbc:CreditedQuantity": _code(_UNIT, "unitCode"),
    "cbc:EmbeddedDocumentBinaryObject": _code(_MIME, "mimeCode"),
    "cbc:EndpointID": _code(_ENDPOINT, "schemeID"),
}


@LAYER.every
def code_lists(node, plan, root):
    """BR-CL-06 to BR-CL-26, by the element and its parent."""
    register = _BY_TAG.get(node.tag)
    if register:
        register(node, plan)
    up = node.parent
    if up is None:
        return
    register = _BY_PARENT.get((up.tag, node.tag))
    if register:
        register(node, plan)
    if node.tag == "cbc:ID" and "schemeID" in node.keys:
        if up.tag == "cac:PartyIdentification":
            own = node.within("cac:AccountingSupplierParty") or node.within("cac:PayeeParty")
            plan.codes.append((node.index, "schemeID", *(_PARTY_SEPA if own else _PARTY)))
        elif up.tag in ("cac:AdditionalDocumentReference", "cac:DocumentReference") and "130" in [
            kid.text for kid in up.all("cbc:DocumentTypeCode")
        ]:
            plan.codes.append((node.index, "schemeID", *_OBJECT))
    elif node.tag == "cbc:AllowanceChargeReasonCode" and up.tag == "cac:AllowanceCharge":
        check = {False: _ALLOWANCE, True: _CHARGE}.get(charge_indicator(up))
        if check:
            plan.codes.append((node.index, None, *check))


@LAYER.node("cbc:Note")
def note_subject(node, plan, root):
    """BR-CL-08: a subject code of three characters between two number signs at the start of a note."""
    if node.parent is None:
        plan.checks.append(_note_subject)


def _note_subject(document, part):
    text = part.texts[0] or ""
    if "#" in text:
        code = text.split("#", 2)[1] if text.count("#") > 1 else ""
        # The official rule looks the code up as a piece of the list's text.
        if len(code) == 3 and code not in pieces("untdid4451", 3):
            document.report("BR-CL-08", part, 0, value=code)
