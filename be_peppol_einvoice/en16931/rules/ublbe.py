# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""UBL.BE 1.31: an older state of the EN 16931 and Peppol rules, and the Belgian rules ubl-BE-01 to ubl-BE-15.

UBL.BE left the Peppol network on 7 July 2026; this rule set judges the documents that are still around.
"""

from ..codes import words
from ..numbers import double, is_date, space
from ..plan import category, charge_indicator
from ..registry import table
from .paths import LINE_TAGS, SELLER
from .peppol import AnyProcess, Variant, layer
from .vat import FAMILIES

LAYER = layer(
    Variant(
        customization="urn:cen.eu:en16931:2017#conformant#urn:UBL.BE:1.0.0.20180214",
        profiles=AnyProcess("urn:fdc:peppol.eu:2017:poacc:billing:"),
        invoice_types=words("380 383 386 393 82 80 84 395 575 623 780"),
        credit_types=words("381 396 81 83 532"),
        typed_profiles=("01",),
        subtotal_currency=False,
        german_types=False,
    )
)
_LESS = words("CNH MRU SLE UYW VED VES XCG ZWG")
_MORE = words("ANG BGN CUC HRK MRO SLL VEF ZWL")
_NEW_ICD = frozenset(f"{number:04}" for number in range(214, 249))
LAYER.lists = {
    "BR-CL-01": (
        words("102 218 219 331 382 471 472 473 500 501 553 71 81 817 870 875 876 877") - {"81"},
        frozenset(),
    ),
    "BR-CL-03": (_LESS, _MORE),
    "BR-CL-04": (_LESS, _MORE),
    "BR-CL-05": (_LESS, _MORE),
    "PEPPOL-EN16931-CL007": (_LESS, _MORE),
    "BR-CL-07": (frozenset({"AXU"}), frozenset()),
    "BR-CL-10": (_NEW_ICD, frozenset()),
    "BR-CL-11": (_NEW_ICD, frozenset({"9925"})),
    "BR-CL-13": (frozenset({"EMD", "GMN", "PPI"}), frozenset()),
    "BR-CL-15": (frozenset({"XI"}), frozenset()),
    "BR-CL-16": (frozenset({"98"}), frozenset()),
    "BR-CL-19": (frozenset({"105"}), frozenset()),
    "BR-CL-20": (frozenset({"PRV"}), frozenset()),
    "PEPPOL-EN16931-CL003": (frozenset({"PRV"}), frozenset()),
    "BR-CL-21": (_NEW_ICD, frozenset()),
    "BR-CL-25": (
        words(
            "0147 0154 0158 0170 0177 0188 0205 0215 0216 0217 0218 0219 0220 0221 0225 0230 0235 0240 0242 0244 0245 "
            "0246 0248 9959"
        ),
        words("9901 9902 9904 9905 9906 9907 9955"),
    ),
    "PEPPOL-EN16931-CL008": (
        words("0188 0216 0218 0221 0225 0230 0235 0240 0242 0244 0245 0246 0248 9959"),
        words("0037 0193 0202 0212 0213 9901 9906 9907 9955"),
    ),
    "BR-CL-26": (_NEW_ICD, frozenset()),
}
# UBL-CR rules that UBL.BE lacks, or whose test names an element that UBL does not have.
_WITHOUT = words(
    "001 002 022 028 051 067 084 100 115 119 183 202 247 282 358 384 406 412 419 456 459 463 477 487 498 504 512 538 "
    "561 572 577 583 597 600 601 607 625 626 627 628 629 630 632 633 634 635 636 637 638 639 640 641 642 643 644 656 "
    "657 672 673 674 675 676 677 678 679 680 681 682"
)
# Rules that this module judges in its own way.
_OWN = words(
    "BR-51 BR-CO-26 BR-AE-08 BR-G-08 BR-IC-08 BR-O-08 BR-Z-08 UBL-SR-43 UBL-SR-27 UBL-SR-06 UBL-SR-22 UBL-SR-23 "
    "PEPPOL-EN16931-R002 PEPPOL-EN16931-R080 PEPPOL-COMMON-R042"
)
_RENAMED = {"BR-AF-": "BR-IG-", "BR-AG-": "BR-IP-"}


def adapt(rule, values):
    """The ids that UBL.BE reports for a finding of the shared rules."""
    if rule in _OWN and not values.get("own"):
        return ()
    if values.get("blank"):
        return ()  # UBL.BE takes white space for a text
    if rule.startswith("UBL-CR-"):
        return () if rule[7:] in _WITHOUT else ("ubl" + rule[3:],)
    if rule.startswith("UBL-DT-"):
        return ("ubl" + rule[3:],) if rule > "UBL-DT-07" else (rule,) if "b" in table()[rule][0] else ()
    for old, new in _RENAMED.items():
        if rule.startswith(old):
            rule = new + rule[len(old) :]
    known = table().get(rule)
    return (rule,) if known and "b" in known[0] else ()


LAYER.adapt = adapt
_TERMS = frozenset(f"BELM-00{number}" for number in range(1, 9))
_SPECIAL_TERMS = frozenset(
    (
        "Special ruling - travelagencies",
        "Bijzondere regeling - reisbureaus",
        "Special ruling - used goods",
        "Bijzondere regeling - gebruikte goederen",
        "\tSpecial ruling - art objects",
        "Special ruling - art objects",
        "Bijzondere regeling - kunstvoorwerpen",
        "Special ruling - antiques",
        "Bijzondere regeling - antiquiteiten",
        "Small company under exempt from taxes ruling",
        "Kleine onderneming onderworpen aan de vrijstellingsregeling van belasting",
        "Invoice issued by the receiver",
        "Factuur uitgereikt door de afnemer",
        "Copy issued at request from the customer",
        "Dubbel uitgereikt op vraag van de klant",
        "VAT to be refunded to the state to the extent that it was deducted",
        "BTW terug te storten aan de staat in de mate waarin ze oorspronkelijk in aftrek werd gebracht",
    )
)
_TAX_NAMES = words(
    "00 01 02 03 45 NA FD SC 00/44 03/SE MA 46/GO 47/TO 47/AS 47/DI 47/SE 44 46/TR 47/EX 47/EI 47/EE NS OSS-S OSS-G "
    "OSS-I"
)
_EXEMPTION_CODES = words(
    "BETE-45 BETE-EX BETE-FD BETE-SC BETE-00/44 BETE-03/SE BETE-MA BETE-46/GO BETE-47/TO BETE-47/AS BETE-47/DI "
    "BETE-47/SE BETE-44 BETE-46/TR BETE-47/EX BETE-47/EI BETE-47/EE BETE-NS"
)
_EXEMPTION_TEXTS = frozenset(
    (
        "Reverse charge - Contractor",
        "Exempt",
        "Financial discount",
        "Small company",
        "0% Clause 44",
        "Standard exchange",
        "Margin",
        "Intra-community supply - Goods",
        "Intra-community supply - Manufacturing cost",
        "Intra-community supply - Assembly",
        "Intra-community supply - Distance",
        "Intra-community supply - Services",
        "Intra-community supply - Services B2B",
        "Intra-community supply - Triangle a-B-c",
        "Export non E.U.",
        "Indirect export",
        "Export via E.U.",
        "Not subject to VAT",
    )
)


def _in(rule, node, tag, good, plan, needed=False):
    """Report rule at node unless the text of its child is one of ``good`` (and there, where it is needed)."""
    kid = node.first(tag)
    if kid is None:
        plan.want(rule, node, not needed)
        return

    def check(document, part):
        text = part.texts[kid.index] or ""
        if text not in good and space(text) not in good:
            document.report(rule, part, kid.index, value=text[:60])

    plan.checks.append(check)


@LAYER.node("cac:DeliveryTerms")
def delivery_terms(node, plan, root):
    if node.parent is not None and node.parent.tag == "cac:Delivery":
        _in("ubl-BE-05", node, "cbc:ID", _TERMS, plan, needed=True)
        _in("ubl-BE-06", node, "cbc:SpecialTerms", _SPECIAL_TERMS, plan, needed=True)


@LAYER.node("cac:PaymentTerms")
def payment_terms(node, plan, root):
    """ubl-BE-07 to -09: a discount has its percentage, amount and date."""
    percent = node.first("cbc:SettlementDiscountPercent")
    if percent is None:
        return
    due, amount = node.first("cbc:PaymentDueDate"), node.first("cbc:Amount")

    def check(document, part):
        rate = document.decimal(part.texts[percent.index])
        if rate is None or not (0 < rate < 100 or rate == -1):
            document.report("ubl-BE-07", part, percent.index, value=part.texts[percent.index])
        text = "" if due is None else part.texts[due.index] or ""
        if len(text) != 10 or not is_date(text):
            document.report("ubl-BE-09", part, node.index, value=text)
        if amount is None or not document.decimal(part.texts[amount.index]):
            document.report("ubl-BE-08", part, node.index)

    plan.checks.append(check)


@LAYER.node(*LINE_TAGS)
def line(node, plan, root):
    plan.want("ubl-BE-14", node, node.count("cac:TaxTotal") == 1)
    reasons = node.count("cac:Item/cac:ClassifiedTaxCategory/cbc:TaxExemptionReason")
    plan.want("UBL-SR-38", node, reasons <= 1)


@LAYER.node("cac:TaxCategory")
def tax_category(node, plan, root):
    up = node.parent
    if up is None or up.tag != "cac:TaxSubtotal" or up.parent is None or up.parent.tag != "cac:TaxTotal":
        return
    _in("ubl-BE-10", node, "cbc:Name", _TAX_NAMES, plan, needed=True)
    _in("ubl-BE-11", node, "cbc:TaxExemptionReasonCode", _EXEMPTION_CODES, plan)
    _in("ubl-BE-12", node, "cbc:TaxExemptionReason", _EXEMPTION_TEXTS, plan)


@LAYER.node("cac:ClassifiedTaxCategory")
def classified(node, plan, root):
    plan.want("ubl-BE-15", node, node.count("cbc:Name") == 1)


@LAYER.node("cac:AdditionalDocumentReference")
def reference(node, plan, root):
    for kid in node.all("cbc:ID"):
        plan.want("ubl-BE-04", kid, node.count("cbc:DocumentDescription") == 1)
    types = [kid.text for kid in node.all("cbc:DocumentTypeCode")]
    good = not types or "130" in types or (root == "CreditNote" and "50" in types)
    plan.want("UBL-SR-43", node, good, own=True)


@LAYER.node("cac:PaymentMeans")
def payment_means(node, plan, root):
    plan.want("UBL-SR-27", node, node.count("cbc:InstructionNote") <= 1, own=True)
    for card in node.all("cac:CardAccount"):
        number = card.first("cbc:PrimaryAccountNumberID")
        if number is None:
            plan.want("BR-51", card, False, own=True)
        else:
            plan.checks.append(_card(number.index))


def _card(index):
    def check(document, part):
        if not 4 <= len(part.texts[index] or "") <= 6:
            document.report("BR-51", part, index, own=True)

    return check


@LAYER.document
def head(document):
    """The rules on the document that differ from those of today."""
    references = document.by_tag.get("cac:AdditionalDocumentReference", ())
    document.want("ubl-BE-01", len(references) >= 2, "cac:AdditionalDocumentReference")
    if references:
        kinds = [part.texts[index] for part, index in document.anywhere("cbc:DocumentDescription")]
        names = [part.texts[index] for part, index in document.anywhere("cbc:ID")]
        types = sum(kind in ("CommercialInvoice", "CreditNote") for kind in kinds)
        document.want("ubl-BE-02", types == 1, "cac:AdditionalDocumentReference")
        document.want("ubl-BE-03", names.count("UBL.BE") == 1, "cac:AdditionalDocumentReference")
    document.want("PEPPOL-EN16931-R002", document.count("cbc:Note") <= 1, "cbc:Note", own=True)
    for rule, code in (("PEPPOL-EN16931-R006", "130"), ("PEPPOL-EN16931-R080", "50")):
        count = sum(code in part.at("cac:AdditionalDocumentReference/cbc:DocumentTypeCode") for part in references)
        document.want(rule, count <= 1, "cac:AdditionalDocumentReference", count=count, own=True)
    document.want("BR-66", document.count("cac:PaymentMeans/cac:CardAccount") <= 1, "cac:PaymentMeans")
    document.want("BR-67", document.count("cac:PaymentMeans/cac:PaymentMandate") <= 1, "cac:PaymentMeans")
    for part in document.by_tag.get("cac:AccountingSupplierParty", ()):
        party = part.plan.nodes[0]
        vat = any(
            kid.has("cbc:CompanyID") and space(kid.value("cac:TaxScheme/cbc:ID")).upper() == "VAT"
            for kid in party.all("cac:Party/cac:PartyTaxScheme")
        )
        other = party.has("cac:Party/cac:PartyIdentification/cbc:ID")
        document.want(
            "BR-CO-26", vat or other or party.has("cac:Party/cac:PartyLegalEntity/cbc:CompanyID"), SELLER, own=1
        )
    due(document)


def due(document):
    """BR-CO-25: an amount to pay has a due date or payment terms."""
    if document.kind != "Invoice":
        return
    terms = bool(document.anywhere("cbc:DueDate")) or any(
        part.plan.nodes[index].has("cbc:Note") for part, index in document.anywhere("cac:PaymentTerms")
    )
    for part, index in document.find("cac:LegalMonetaryTotal/cbc:PayableAmount"):
        amount = double(part.texts[index])
        if not (amount <= 0 or (amount > 0 and terms)):
            document.report("BR-CO-25", part, index)


@LAYER.document
def breakdowns(document):
    """BR-x-08 of UBL.BE: the taxable amount follows from the VAT that the lines state themselves."""
    invoice_lines = document.by_tag.get("cac:InvoiceLine", ())
    if not any("cac:InvoiceLine/cac:TaxTotal/cac:TaxSubtotal" in part.plan.paths for part in invoice_lines):
        return
    sums = {}
    for part in document.lines:
        for subtotal in part.plan.nodes[0].all("cac:TaxTotal/cac:TaxSubtotal"):
            amount = subtotal.first("cbc:TaxableAmount")
            for code in {category(kid) for kid in subtotal.all("cac:TaxCategory")}:
                value = None if amount is None else document.decimal(part.texts[amount.index])
                sums[code] = sums.get(code, 0) + (value or 0)
    for part in document.by_tag.get("cac:AllowanceCharge", ()):
        node = part.plan.nodes[0]
        charge = charge_indicator(node)
        for code in {category(kid) for kid in node.all("cac:TaxCategory")}:
            for text in part.at("cac:AllowanceCharge/cbc:Amount"):
                value = document.decimal(text) or 0
                sums[code] = sums.get(code, 0) + (value if charge else -value)
    for part in document.by_tag.get("cac:TaxTotal", ()):
        for row in part.plan.row:
            family = FAMILIES.get(row.code)
            if row.vat and family is not None and family.exact and row.code != "E":
                base = row.subtotal.first("cbc:TaxableAmount")
                stated = None if base is None else document.decimal(part.texts[base.index])
                expected = sums.get(row.code, 0)
                if stated is None or stated != expected:
                    values = {"stated": stated, "expected": expected, "own": True}
                    document.report(f"BR-{family.name}-08", part, row.node.index, **values)


@LAYER.node("cbc:EndpointID", "cbc:CompanyID", "cbc:ID")
def danish(node, plan, root):
    """PEPPOL-COMMON-R042 as it was: DK and eight digits."""
    up = node.parent
    if "schemeID" not in node.keys or (node.tag == "cbc:ID" and (up is None or up.tag != "cac:PartyIdentification")):
        return

    def check(document, part):
        text = part.texts[node.index] or ""
        good = len(text) == 10 and text[:2] == "DK" and text[2:].isdigit()
        if part.elements[node.index].get("schemeID") == "0184" and not good:
            document.report("PEPPOL-COMMON-R042", part, node.index, value=text[:40], own=True)

    plan.checks.append(check)
