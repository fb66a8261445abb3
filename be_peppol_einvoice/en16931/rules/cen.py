# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: the business rules BR-… of lines, allowances, parties and the other groups of a document, with those on
UBL's syntax (UBL-SR-…) that concern the same elements. The VAT categories are in :mod:`.vat`, the document as a whole
in :mod:`.cen_document`, amounts and codes in :mod:`.cen_values`.

Source: the rules of EN 16931-1:2017 and of its syntax binding CEN/TS 16931-3-2, as judged by the CEN validation
artefacts, version 1.3.16.
"""

from ..codes import pieces
from ..numbers import date_key, double, space
from ..plan import charge_indicator, is_vat
from ..profile import Layer
from .paths import LINE_TAGS, SELLER

LAYER = Layer()

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
