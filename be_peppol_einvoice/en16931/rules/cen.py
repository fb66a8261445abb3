# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: the business rules BR-…, the code lists BR-CL-…, decimals BR-DEC-… and the UBL syntax rules UBL-SR-…,
UBL-DT-…. The VAT categories have a module of their own (:mod:`.vat`).

Source: the rules of EN 16931-1:2017 and of its syntax binding CEN/TS 16931-3-2, as judged by the CEN validation
artefacts, version 1.3.16.
"""

from ..codes import pieces
from ..numbers import date_key, double, round2, space
from ..plan import charge_indicator, is_vat
from ..profile import Layer, code_check, unused_table
from .vat import line_sums

LAYER = Layer()
LINE_TAGS = ("cac:InvoiceLine", "cac:CreditNoteLine")
SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"


# Elements that are not used ---------------------------------------------------------------------------------------


def unused(nodes, plan, root):
    """The UBL-CR and most of the UBL-DT rules: elements and attributes without a term in EN 16931."""
    paths, anywhere = unused_table()
    out = plan.unused
    line = nodes[0].tag if nodes[0].tag in LINE_TAGS else None
    for node in nodes:
        path = node.path if line is None else "LINE" + node.path[len(line) :]
        number = paths.get(path)
        if number:
            out.append(("UBL-CR-" + number, node.index, node.tag))
        for tail in _tails(node):
            if tail in anywhere:
                out.append(("UBL-CR-" + anywhere[tail], node.index, node.tag))
        for key in node.keys:
            number = paths.get(f"{path}/@{key}") or anywhere.get(f"@{key}")
            for tail in _tails(node):
                number = number or anywhere.get(f"{tail}/@{key}")
            if number:
                out.append(("UBL-CR-" + number, node.index, "@" + key))
            number = ATTRIBUTES.get(key)
            if number and not (key == "name" and node.tag == "cbc:PaymentMeansCode"):
                out.append(("UBL-DT-" + number, node.index, "@" + key))
        if node.tag == "cac:AdditionalDocumentReference":
            _object_reference(node, out)
    if root == "Invoice":
        out.extend(("UBL-CR-412", index, "cbc:PaymentDueDate") for index in _indices(nodes, PAYMENT_DUE_DATE))


PAYMENT_DUE_DATE = "cac:PaymentMeans/cbc:PaymentDueDate"
ATTRIBUTES = {
    "schemeName": "08",
    "schemeAgencyName": "09",
    "schemeDataURI": "10",
    "schemeURI": "11",
    "format": "12",
    "unitCodeListIdentifier": "13",
    "unitCodeListAgencyIdentifier": "14",
    "unitCodeListAgencyName": "15",
    "listAgencyName": "16",
    "listName": "17",
    "name": "18",
    "languageID": "19",
    "listURI": "20",
    "listSchemeURI": "21",
    "languageLocaleID": "22",
    "uri": "23",
    "currencyCodeListVersionID": "24",
    "characterSetCode": "25",
    "encodingCode": "26",
    "schemeAgencyID": "27",
    "listAgencyID": "28",
}


def _tails(node):
    """The last one to three steps of the path to a node."""
    tail = node.tag
    yield tail
    for _step in range(2):
        node = node.parent
        if node is None:
            return
        tail = f"{node.tag}/{tail}"
        yield tail


def _indices(nodes, path):
    return [node.index for node in nodes if node.path == path]


def _object_reference(node, out):
    """UBL-CR-665, -666, -673: what a reference to an invoiced object (type 130) may hold."""
    types = [kid.text for kid in node.all("cbc:DocumentTypeCode")]
    identifier = node.first("cbc:ID")
    if identifier is not None and "schemeID" in identifier.keys and (not types or any(t != "130" for t in types)):
        out.append(("UBL-CR-665", identifier.index, "@schemeID"))
    if "130" in types:
        for path, number in (("cac:Attachment", "666"), ("cbc:DocumentDescription", "673")):
            if node.has(path):
                out.append(("UBL-CR-" + number, node.first(path).index, path))


LAYER.unused = unused


@LAYER.document
def version(document):
    """UBL-CR-002 and the attributes of the root element."""
    text = document.first("cbc:UBLVersionID")
    if text is not None and "2.1" not in document.texts("cbc:UBLVersionID"):
        document.report("UBL-CR-002", *document.find("cbc:UBLVersionID")[0], name="cbc:UBLVersionID")
    for key in document.root.attrib:
        if key in ATTRIBUTES:
            document.report_once("UBL-DT-" + ATTRIBUTES[key], name="@" + key)
        if key == "unitCodeListID":
            document.report_once("UBL-CR-663", name="@" + key)


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


# Lines --------------------------------------------------------------------------------------------------------------


@LAYER.node(*LINE_TAGS)
def line(node, plan, root):
    """BR-21 to BR-28, BR-CO-04 and how often a line's elements occur."""
    plan.text("BR-21", node, "cbc:ID")
    quantities = node.all("cbc:InvoicedQuantity") + node.all("cbc:CreditedQuantity")
    plan.want("BR-22", node, quantities)
    plan.want("BR-23", quantities[0] if quantities else node, any("unitCode" in n.keys for n in quantities))
    plan.want("BR-24", node, node.has("cbc:LineExtensionAmount"))
    plan.text("BR-25", node, "cac:Item/cbc:Name")
    price = node.first("cac:Price/cbc:PriceAmount")
    plan.want("BR-26", node, price)
    if price is None:
        plan.want("BR-27", node, False)
    else:
        plan.checks.append(_not_negative("BR-27", [n.index for n in node.all("cac:Price/cbc:PriceAmount")]))
    gross = [n.index for n in node.all("cac:Price/cac:AllowanceCharge/cbc:BaseAmount")]
    if gross:
        plan.checks.append(_not_negative("BR-28", gross))
    categories = node.all("cac:Item/cac:ClassifiedTaxCategory")
    plan.want("BR-CO-04", node, any(is_vat(n) and n.has("cbc:ID") for n in categories))
    plan.want("UBL-SR-34", node, node.count("cbc:Note") <= 1)
    plan.want("UBL-SR-35", node, node.count("cac:OrderLineReference/cbc:LineID") <= 1)
    plan.want("UBL-SR-36", node, node.count("cac:InvoicePeriod") <= 1)
    plan.want("UBL-SR-37", node, node.count("cac:Price/cac:AllowanceCharge/cbc:Amount") <= 1)
    plan.want("UBL-SR-48", node, len(categories) == 1, count=len(categories))
    plan.want("UBL-SR-50", node, node.count("cac:Item/cbc:Description") <= 1)
    plan.want("UBL-SR-52", node, node.count("cac:DocumentReference") <= 1)


def _not_negative(rule, indices):
    def check(document, part):
        if not any(double(part.texts[index]) >= 0 for index in indices):
            document.report(rule, part, indices[0], value=part.texts[indices[0]])

    def quick(document, part):
        text = part.texts[indices[0]]
        if text is None or not text[:1].isdecimal() or not text.isascii() or not text.replace(".", "", 1).isdecimal():
            check(document, part)

    return quick


@LAYER.node("cac:AllowanceCharge")
def allowance(node, plan, root):
    """BR-31 to -33, -36 to -38, -41 to -44, BR-CO-21 to -24 and UBL-SR-30, -31."""
    charge = charge_indicator(node)
    if charge is None:
        return
    plan.want("UBL-SR-31" if charge else "UBL-SR-30", node, node.count("cbc:AllowanceChargeReason") <= 1)
    place = None if node.parent is None else node.parent.tag
    reason = node.has("cbc:AllowanceChargeReason") or node.has("cbc:AllowanceChargeReasonCode")
    if place is None:
        plan.want("BR-36" if charge else "BR-31", node, node.has("cbc:Amount"))
        coded = any(is_vat(kid) and kid.has("cbc:ID") for kid in node.all("cac:TaxCategory"))
        plan.want("BR-37" if charge else "BR-32", node, coded)
        plan.want("BR-38" if charge else "BR-33", node, reason)
        plan.want("BR-CO-22" if charge else "BR-CO-21", node, reason)
    elif place in LINE_TAGS:
        plan.want("BR-43" if charge else "BR-41", node, node.has("cbc:Amount"))
        plan.want("BR-44" if charge else "BR-42", node, reason)
        plan.want("BR-CO-24" if charge else "BR-CO-23", node, reason)


@LAYER.node("cac:InvoicePeriod")
def period(node, plan, root):
    """BR-29, BR-30, BR-CO-19 and BR-CO-20."""
    on_line = node.parent is not None and node.parent.tag in LINE_TAGS
    start = node.first("cbc:StartDate")
    end = node.first("cbc:EndDate")
    given = start is not None or end is not None
    if on_line:
        plan.want("BR-CO-20", node, given)
    else:
        plan.want("BR-CO-19", node, given or node.has("cbc:DescriptionCode"))
    if start is not None and end is not None:
        plan.checks.append(_ends_after("BR-30" if on_line else "BR-29", start.index, end.index))


def _ends_after(rule, start, end):
    def check(document, part):
        first, last = date_key(part.texts[start]), date_key(part.texts[end])
        if first is None or last is None or last < first:
            document.report(rule, part, end, start=part.texts[start], end=part.texts[end])

    return check


@LAYER.node("cac:AdditionalItemProperty")
def item_property(node, plan, root):
    plan.want("BR-54", node, node.has("cbc:Name") and node.has("cbc:Value"))


@LAYER.node("cac:Item")
def item(node, plan, root):
    """BR-64 and BR-65: identifiers of an item carry their scheme."""
    if node.parent is None or node.parent.tag not in LINE_TAGS:
        return
    for kid in node.all("cac:StandardItemIdentification/cbc:ID"):
        plan.want("BR-64", kid, "schemeID" in kid.keys)
    for kid in node.all("cac:CommodityClassification/cbc:ItemClassificationCode"):
        plan.want("BR-65", kid, "listID" in kid.keys)


# Head ---------------------------------------------------------------------------------------------------------------


@LAYER.node("cac:AdditionalDocumentReference")
def supporting_document(node, plan, root):
    plan.text("BR-52", node, "cbc:ID")
    plan.want("UBL-SR-33", node, node.count("cbc:DocumentDescription") <= 1)
    types = [kid.text for kid in node.all("cbc:DocumentTypeCode")]
    scheme = any("schemeID" in kid.keys for kid in node.all("cbc:ID"))
    good = "130" in types or (root == "CreditNote" and "50" in types) or (not scheme and not types)
    plan.want("UBL-SR-43", node, good)


@LAYER.node("cac:Party")
def party(node, plan, root):
    """BR-09, BR-11, BR-62, BR-63 and UBL-SR-42 on the seller and the buyer."""
    role = None if node.parent is None else node.parent.tag
    if role == "cac:AccountingSupplierParty":
        address, endpoint = "BR-09", "BR-62"
        plan.want("UBL-SR-42", node, node.count("cac:PartyTaxScheme") <= 2)
    elif role == "cac:AccountingCustomerParty":
        address, endpoint = "BR-11", "BR-63"
    else:
        return
    for kid in node.all("cac:PostalAddress"):
        plan.text(address, kid, "cac:Country/cbc:IdentificationCode")
    for kid in node.all("cbc:EndpointID"):
        plan.want(endpoint, kid, "schemeID" in kid.keys)


@LAYER.node("cac:AccountingSupplierParty")
def seller(node, plan, root):
    """BR-CO-26: the seller can be identified."""
    if any(is_vat(kid) and kid.has("cbc:CompanyID") for kid in node.all("cac:Party/cac:PartyTaxScheme")):
        return
    if node.has("cac:Party/cac:PartyLegalEntity/cbc:CompanyID"):
        return
    identifiers = [kid.index for kid in node.all("cac:Party/cac:PartyIdentification/cbc:ID")]

    def check(document, part):
        if all(part.elements[index].get("schemeID") == "SEPA" for index in identifiers):
            document.report("BR-CO-26", part, node.index, creditor_only=bool(identifiers))

    plan.checks.append(check)


@LAYER.node("cac:PartyTaxScheme")
def tax_registration(node, plan, root):
    """BR-CO-09 and UBL-SR-53."""
    plan.want("UBL-SR-53", node, node.has("cac:TaxScheme/cbc:ID") and node.has("cbc:CompanyID"))
    company = node.first("cbc:CompanyID")
    if company is not None and is_vat(node):

        def check(document, part):
            text = part.texts[company.index] or ""
            if text[:2] not in pieces("vat_prefix", 2):
                document.report("BR-CO-09", part, company.index, value=text[:40])

        plan.checks.append(check)


@LAYER.node("cac:TaxRepresentativeParty")
def tax_representative(node, plan, root):
    plan.text("BR-18", node, "cac:PartyName/cbc:Name")
    plan.want("BR-19", node, node.has("cac:PostalAddress"))
    plan.want("BR-56", node, any(is_vat(n) and n.has("cbc:CompanyID") for n in node.all("cac:PartyTaxScheme")))
    plan.want("UBL-SR-22", node, node.count("cac:PartyName/cbc:Name") <= 1)
    plan.want("UBL-SR-23", node, node.count("cac:PartyTaxScheme/cbc:CompanyID") <= 1)
    for kid in node.all("cac:PostalAddress"):
        plan.text("BR-20", kid, "cac:Country/cbc:IdentificationCode")


@LAYER.node("cac:PayeeParty")
def payee(node, plan, root):
    """BR-17 and UBL-SR-19 to -21 compare the payee with the seller."""

    def check(document, part):
        names = part.at(f"{node.path}/cac:PartyName/cbc:Name")
        identifiers = part.at(f"{node.path}/cac:PartyIdentification/cbc:ID")
        same = document.text_set(f"{SELLER}/cac:PartyName/cbc:Name").intersection(names)
        same |= document.text_set(f"{SELLER}/cac:PartyIdentification/cbc:ID").intersection(identifiers)
        if not names or same:
            document.report("BR-17", part, node.index, value=", ".join(sorted(same))[:60])
        sellers = document.text_set(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")
        other = bool(names) and bool(sellers) and len(sellers.union(names)) > 1
        own = [
            index
            for index in part.plan.paths.get(f"{node.path}/cac:PartyIdentification/cbc:ID", ())
            if (part.elements[index].get("schemeID") or "").upper() != "SEPA"
        ]
        for rule, count in (
            ("UBL-SR-19", len(names)),
            ("UBL-SR-20", len(own)),
            ("UBL-SR-21", node.count("cac:PartyLegalEntity/cbc:CompanyID")),
        ):
            if count > 1 or not other:
                document.report(rule, part, node.index, count=count)

    plan.checks.append(check)


@LAYER.node("cac:PostalAddress", "cac:Address")
def address(node, plan, root):
    plan.want("UBL-SR-51", node, node.count("cac:AddressLine") <= 1)


@LAYER.node("cac:Delivery")
def delivery(node, plan, root):
    plan.want("UBL-SR-25", node, node.count("cac:DeliveryParty/cac:PartyName/cbc:Name") <= 1)
    for kid in node.all("cac:DeliveryLocation/cac:Address"):
        plan.want("BR-57", kid, kid.has("cac:Country/cbc:IdentificationCode"))


@LAYER.node("cac:PaymentMeans")
def payment_means(node, plan, root):
    """BR-49, BR-50, BR-51, BR-61 and UBL-SR-26 to -28."""
    codes = [kid.text for kid in node.all("cbc:PaymentMeansCode")]
    plan.want("BR-49", node, codes)
    transfer = space(codes[0]) in ("30", "58") if codes else False
    plan.want("BR-61", node, not transfer or node.has("cac:PayeeFinancialAccount/cbc:ID"))
    if "30" in codes or "58" in codes:
        for kid in node.all("cac:PayeeFinancialAccount"):
            plan.text("BR-50", kid, "cbc:ID")
    for kid in node.all("cac:CardAccount/cbc:PrimaryAccountNumberID"):
        plan.checks.append(_card_number(kid.index))
    if any("name" in kid.keys for kid in node.all("cbc:PaymentMeansCode")):
        plan.facts.add(("named means",))
    plan.want("UBL-SR-26", node, node.count("cbc:PaymentID") <= 1)
    plan.want("UBL-SR-27", node, len(codes) <= 1)
    plan.want("UBL-SR-28", node, node.count("cac:PaymentMandate/cbc:ID") <= 1)


def _card_number(index):
    def check(document, part):
        if len(space(part.texts[index])) > 10:
            document.report("BR-51", part, index)

    return check


@LAYER.node("cac:BillingReference")
def billing_reference(node, plan, root):
    plan.want("BR-55", node, node.has("cac:InvoiceDocumentReference/cbc:ID"))
    plan.want("UBL-SR-06", node, node.count("cac:InvoiceDocumentReference") <= 1)
    plan.want("UBL-SR-07", node, node.has("cac:InvoiceDocumentReference/cbc:ID"))


@LAYER.every
def binary_object(node, plan, root):
    if node.tag.endswith("BinaryObject"):
        plan.want("UBL-DT-06", node, "mimeCode" in node.keys)
        plan.want("UBL-DT-07", node, "filename" in node.keys)


@LAYER.node("cac:TaxSubtotal")
def tax_subtotal(node, plan, root):
    plan.want("UBL-SR-32", node, node.count("cac:TaxCategory/cbc:TaxExemptionReason") <= 1)


# The document as a whole --------------------------------------------------------------------------------------------

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
