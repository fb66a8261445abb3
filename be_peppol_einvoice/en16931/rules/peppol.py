# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peppol BIS Billing 3: PEPPOL-EN16931-… and PEPPOL-COMMON-….

Source: the rules of Peppol BIS Billing 3.0.21 (May 2026, in force from 17 August 2026).
"""

from typing import NamedTuple

from .. import identifiers
from ..codes import codes
from ..numbers import HUNDRED, ONE, ZERO, Decimal, date_key, double, is_date, round2, space
from ..plan import CURRENCY_TAGS, Node
from ..profile import Layer, code_check
from .paths import BUYER, LINE_TAGS, SELLER

SLACK = Decimal("0.02")
DATE_TAGS = (
    "cbc:IssueDate",
    "cbc:DueDate",
    "cbc:TaxPointDate",
    "cbc:StartDate",
    "cbc:EndDate",
    "cbc:ActualDeliveryDate",
)


class Variant(NamedTuple):
    """How self-billing differs from billing."""

    customization: str
    profiles: dict
    invoice_types: frozenset
    credit_types: frozenset
    typed_profiles: tuple
    subtotal_currency: bool
    german_types: bool


class AnyProcess:
    """Process identifiers of one family with any two digits: the digits are the process.

    >>> AnyProcess("urn:x:").get("urn:x:01:1.0", "Unknown"), AnyProcess("urn:x:").get("urn:y:01:1.0", "Unknown")
    ('01', 'Unknown')
    """

    def __init__(self, family):
        self._family = family

    def get(self, text, default):
        head, _family, tail = text.partition(self._family)
        return tail[:2] if not head and tail[:2].isdigit() and tail[2:6] == ":1.0" else default


def profile_of(document, variant):
    """The business process of a document: 01, 02 or Unknown."""
    return variant.profiles.get(space(document.first("cbc:ProfileID")), "Unknown")


def german(document) -> bool:
    """Whether seller and buyer have a German address."""
    return all(country(document, party) == "DE" for party in (SELLER, BUYER))


def country(document, party) -> str:
    """The country of a party's postal address; empty where there is none, or more than one."""

    def compute():
        texts = document.texts(f"{party}/cac:PostalAddress/cac:Country/cbc:IdentificationCode")
        return space(texts[0]).upper() if len(texts) == 1 else ""

    return document.known(("country", party), compute)


# Identifiers by their scheme: the rule, its check, and the elements that it is for (all, or endpoints only).
SCHEMES = {
    "0088": ("PEPPOL-COMMON-R040", identifiers.gln),
    "0192": ("PEPPOL-COMMON-R041", identifiers.norwegian),
    "0184": ("PEPPOL-COMMON-R042", identifiers.danish_cvr),
    "0096": ("PEPPOL-COMMON-R052", identifiers.danish_p),
    "0198": ("PEPPOL-COMMON-R053", identifiers.danish_se),
    "0208": ("PEPPOL-COMMON-R043", identifiers.belgian),
    "0201": ("PEPPOL-COMMON-R044", identifiers.ipa),
    "0210": ("PEPPOL-COMMON-R045", identifiers.codice_fiscale),
    "9907": ("PEPPOL-COMMON-R046", identifiers.codice_fiscale),
    "0211": ("PEPPOL-COMMON-R047", identifiers.partita_iva),
    "0007": ("PEPPOL-COMMON-R049", identifiers.swedish),
    "0151": ("PEPPOL-COMMON-R050", identifiers.abn),
    "0106": ("PEPPOL-COMMON-R054", identifiers.dutch("[0-9]{8}")),
    "0190": ("PEPPOL-COMMON-R055", identifiers.dutch("[0-9]{20}")),
    "9944": ("PEPPOL-COMMON-R056-1", identifiers.dutch("NL[0-9]{9}B[0-9]{2}")),
    "0217": ("PEPPOL-COMMON-R057", identifiers.dutch("[0-9]{12}")),
}
_UNTRIMMED = ("0184", "0096", "0198")
_NOT_ENDPOINT = ("9907",)
_DUTCH_VAT = identifiers.dutch("NL[0-9]{9}B[0-9]{2}")
_LATER_THAN_DUTCH_VAT = ("0217",)


def _scheme_check(index, endpoint, dutch):
    """PEPPOL-COMMON-R040 to -R057 on one identifier; ``dutch``: it is a VAT registration."""

    def check(document, part):
        scheme = part.elements[index].get("schemeID")
        raw = part.texts[index] or ""
        found = None
        if scheme is not None and (endpoint or scheme not in _NOT_ENDPOINT):
            found = SCHEMES.get(scheme)
        if dutch and (found is None or scheme in _LATER_THAN_DUTCH_VAT) and space(raw).startswith("NL"):
            if not _DUTCH_VAT(space(raw)):
                document.report("PEPPOL-COMMON-R056-2", part, index, value=raw[:40])
        elif found is not None and not found[1](raw if scheme in _UNTRIMMED else space(raw)):
            document.report(found[0], part, index, value=raw[:40], scheme=scheme)

    return check


_CURRENCIES = code_check(("PEPPOL-EN16931-CL007",), "peppol_iso4217", trim=False)
_MIME = code_check(("PEPPOL-EN16931-CL001",), "mime", trim=False)
_ALLOWANCE = code_check(("PEPPOL-EN16931-CL002",), "untdid5189")
_CHARGE = code_check(("PEPPOL-EN16931-CL003",), "untdid7161")
_PERIOD = code_check(("PEPPOL-EN16931-CL006",), "untdid2005")
_ENDPOINT = code_check(("PEPPOL-EN16931-CL008",), "peppol_eas", trim=False)
_EXEMPTIONS = {
    "VATEX-EU-G": ("P0104", "G"),
    "VATEX-EU-O": ("P0105", "O"),
    "VATEX-EU-IC": ("P0106", "K"),
    "VATEX-EU-AE": ("P0107", "AE"),
    "VATEX-EU-D": ("P0108", "E"),
    "VATEX-EU-F": ("P0109", "E"),
    "VATEX-EU-I": ("P0110", "E"),
    "VATEX-EU-J": ("P0111", "E"),
}


def head_rules(layer: Layer, variant: Variant) -> None:
    """Rules on the document as a whole."""

    @layer.document
    def process(document):
        """R001 to R007: process, identifiers and references."""
        document.want("PEPPOL-EN16931-R001", document.has("cbc:ProfileID"))
        name = profile_of(document, variant)
        document.want("PEPPOL-EN16931-R007", name != "Unknown", "cbc:ProfileID", value=document.first("cbc:ProfileID"))
        notes = document.count("cbc:Note")
        document.want("PEPPOL-EN16931-R002", notes <= 1 or german(document), "cbc:Note", count=notes)
        reference = document.has("cbc:BuyerReference") or document.has("cac:OrderReference/cbc:ID")
        document.want("PEPPOL-EN16931-R003", reference)
        text = space(document.first("cbc:CustomizationID"))
        own = text.startswith(variant.customization)
        good = own and "::" not in text
        document.want("PEPPOL-EN16931-R004", good, "cbc:CustomizationID", value=text[:120], colons=own)
        currency = space(document.first("cbc:DocumentCurrencyCode"))
        for part, index in document.anywhere("cbc:TaxCurrencyCode"):
            if space(part.texts[index]) == currency:
                document.report("PEPPOL-EN16931-R005", part, index, currency=currency)
        if document.kind == "CreditNote":
            types = [
                "50" in part.at("cac:AdditionalDocumentReference/cbc:DocumentTypeCode")
                for part in document.by_tag.get("cac:AdditionalDocumentReference", ())
            ]
            document.want("PEPPOL-EN16931-R080", sum(types) <= 1, "cac:AdditionalDocumentReference")

    @layer.document
    def taxes(document):
        """R053 to R055: the totals of VAT, in one or two currencies."""
        parts = document.by_tag.get("cac:TaxTotal", ())
        detailed = sum("cac:TaxTotal/cac:TaxSubtotal" in part.plan.paths for part in parts)
        foreign = document.has("cbc:TaxCurrencyCode")
        document.want("PEPPOL-EN16931-R053", detailed == 1, "cac:TaxTotal", count=detailed)
        plain = len(parts) - detailed
        document.want("PEPPOL-EN16931-R054", plain == (1 if foreign else 0), "cac:TaxTotal", count=plain)
        if not foreign:
            return
        amounts = []
        for path in ("cbc:TaxCurrencyCode", "cbc:DocumentCurrencyCode"):
            code = space(document.first(path))
            amounts.append(
                [
                    double(part.texts[index])
                    for part, index in document.find("cac:TaxTotal/cbc:TaxAmount")
                    if part.elements[index].get("currencyID") == code
                ]
            )
        signs = [(any(value <= 0 for value in values), any(value >= 0 for value in values)) for values in amounts]
        good = (signs[0][0] and signs[1][0]) or (signs[0][1] and signs[1][1])
        document.want("PEPPOL-EN16931-R055", good, "cac:TaxTotal/cbc:TaxAmount")

    @layer.document
    def types(document):
        """P0100, P0101 and P0112: the type code fits the process."""
        name = profile_of(document, variant)
        for tag, rule, good in (
            ("cbc:InvoiceTypeCode", "PEPPOL-EN16931-P0100", variant.invoice_types),
            ("cbc:CreditNoteTypeCode", "PEPPOL-EN16931-P0101", variant.credit_types),
        ):
            for part, index in document.anywhere(tag):
                text = space(part.texts[index])
                if name in variant.typed_profiles and text not in good:
                    document.report(rule, part, index, value=text)
                if variant.german_types and text in ("326", "384") and tag != "cbc:CreditNoteTypeCode":
                    if german(document):
                        continue
                    document.report("PEPPOL-EN16931-P0112", part, index, value=text)


def party_rules(layer: Layer) -> None:
    """Rules on parties and identifiers."""

    @layer.node("cac:Party")
    def endpoint(node, plan, root):
        role = None if node.parent is None else node.parent.tag
        if role == "cac:AccountingCustomerParty":
            plan.want("PEPPOL-EN16931-R010", node, node.has("cbc:EndpointID"))
        elif role == "cac:AccountingSupplierParty":
            plan.want("PEPPOL-EN16931-R020", node, node.has("cbc:EndpointID"))

    @layer.node("cbc:EndpointID", "cbc:CompanyID", "cbc:ID")
    def scheme(node, plan, root):
        up = node.parent
        if node.tag == "cbc:ID" and (up is None or up.tag != "cac:PartyIdentification"):
            return
        dutch = (
            node.tag == "cbc:CompanyID"
            and up is not None
            and up.tag == "cac:PartyTaxScheme"
            and [space(kid.text) for kid in up.all("cac:TaxScheme/cbc:ID")] == ["VAT"]
        )
        if "schemeID" in node.keys or dutch:
            plan.checks.append(_scheme_check(node.index, node.tag == "cbc:EndpointID", dutch))
        if node.tag == "cbc:EndpointID" and "schemeID" in node.keys:
            plan.codes.append((node.index, "schemeID", *_ENDPOINT))


def amount_rules(layer: Layer, variant: Variant) -> None:
    """Rules on amounts: currency, allowances and prices."""

    layer.currencies.append(_CURRENCIES)

    @layer.node(*CURRENCY_TAGS)
    def own_currency(node, plan, root):
        """R051: amounts are in the currency of the document, but for the VAT total in another one."""
        up = node.parent
        split = up is not None and up.tag == "cac:TaxTotal" and up.has("cac:TaxSubtotal")
        own = split or (variant.subtotal_currency and up is not None and up.tag == "cac:TaxSubtotal")
        if node.tag == "cbc:TaxAmount" and not own:
            return
        plan.own_currency.add(node.index)

    layer.own_currency = "PEPPOL-EN16931-R051"

    @layer.node("cac:AllowanceCharge")
    def allowance(node, plan, root):
        """R040 to R043 on the document and its lines, R044 and R046 on prices."""
        place = None if node.parent is None else node.parent.tag
        if place == "cac:Price":
            plan.want("PEPPOL-EN16931-R044", node, space(node.value("cbc:ChargeIndicator")) == "false")
            _gross_price(node, plan)
            return
        if place is not None and (place not in LINE_TAGS or node.parent.parent is not None):
            return
        factor, base = node.first("cbc:MultiplierFactorNumeric"), node.first("cbc:BaseAmount")
        if factor is not None and base is None:
            plan.want("PEPPOL-EN16931-R041", node, False)
            return
        if factor is None and base is not None:
            plan.want("PEPPOL-EN16931-R042", node, False)
            return
        indicator = space(node.value("cbc:ChargeIndicator"))
        plan.want("PEPPOL-EN16931-R043", node, indicator in ("true", "false"), value=indicator)
        if factor is not None:
            plan.checks.append(_percentage(node.first("cbc:Amount"), base, factor))

    @layer.node("cbc:AllowanceChargeReasonCode")
    def reason(node, plan, root):
        if node.parent is not None and node.parent.tag == "cac:AllowanceCharge":
            check = {"false": _ALLOWANCE, "true": _CHARGE}.get(node.parent.value("cbc:ChargeIndicator"))
            if check:
                plan.codes.append((node.index, None, *check))


def _percentage(amount, base, factor):
    def check(document, part):
        stated = ZERO if amount is None else document.decimal(part.texts[amount.index])
        of, percent = (document.decimal(part.texts[node.index]) for node in (base, factor))
        if stated is None or of is None or percent is None:
            expected = None
        else:
            expected = of * percent / HUNDRED
            if stated - SLACK <= expected <= stated + SLACK:
                return
        index = (amount or base).index
        document.report("PEPPOL-EN16931-R040", part, index, stated=stated, expected=expected, base=of, rate=percent)

    return check


def _gross_price(node, plan):
    base = node.first("cbc:BaseAmount")
    if base is None:
        return
    amount, net = node.first("cbc:Amount"), node.parent.first("cbc:PriceAmount")

    def check(document, part):
        values = [None if n is None else document.decimal(part.texts[n.index]) for n in (net, base, amount)]
        expected = None if None in values[1:] else values[1] - values[2]
        if values[0] is None or expected is None or values[0] != expected:
            document.report("PEPPOL-EN16931-R046", part, base.index, stated=values[0], expected=expected)

    plan.checks.append(check)


def line_rules(layer: Layer) -> None:
    """Rules on lines: R100 to R130."""

    @layer.node(*LINE_TAGS)
    def line(node, plan, root):
        plan.want("PEPPOL-EN16931-R100", node, node.count("cac:DocumentReference") <= 1)
        references = node.all("cac:DocumentReference")
        types = [kid.text for kid in node.all("cac:DocumentReference/cbc:DocumentTypeCode")]
        plan.want("PEPPOL-EN16931-R101", node, not references or "130" in types)
        quantity = node.first("cbc:InvoicedQuantity" if root == "Invoice" else "cbc:CreditedQuantity")
        price = node.first("cac:Price/cbc:PriceAmount")
        per = node.first("cac:Price/cbc:BaseQuantity")
        net = node.first("cbc:LineExtensionAmount")
        allowances = [[], []]
        present = [False, False]
        for kid in node.all("cac:AllowanceCharge"):
            indicator = space(kid.value("cbc:ChargeIndicator"))
            if indicator in ("true", "false"):
                present[indicator == "true"] = True
                allowances[indicator == "true"].extend(amount.index for amount in kid.all("cbc:Amount"))
        plan.checks.append(_net_amount(node, net, quantity, price, per, allowances))

    @layer.node("cbc:BaseQuantity")
    def base_unit(node, plan, root):
        price = node.parent
        if price is None or price.tag != "cac:Price" or "unitCode" not in node.keys or price.parent is None:
            return
        line_node = price.parent
        if not line_node.has("cbc:InvoicedQuantity") and not line_node.has("cbc:CreditedQuantity"):
            return
        quantity = line_node.first("cbc:InvoicedQuantity" if root == "Invoice" else "cbc:CreditedQuantity")
        if quantity is None or "unitCode" not in quantity.keys:
            plan.want("PEPPOL-EN16931-R130", node, False)
            return

        def check(document, part):
            unit, own = part.elements[quantity.index].get("unitCode"), part.elements[node.index].get("unitCode")
            if unit != own:
                document.report("PEPPOL-EN16931-R130", part, node.index, stated=own, expected=unit)

        plan.checks.append(check)

    @layer.node("cac:InvoicePeriod")
    def line_period(node, plan, root):
        up = node.parent
        if up is None or up.parent is not None or up.tag != f"cac:{root}Line":
            return
        for tag, rule, later in (
            ("cbc:StartDate", "PEPPOL-EN16931-R110", True),
            ("cbc:EndDate", "PEPPOL-EN16931-R111", False),
        ):
            for kid in node.all(tag):
                plan.checks.append(_in_period(kid.index, tag, rule, later))


def _in_period(index, tag, rule, later):
    def check(document, part):
        limit_text = document.first(f"cac:InvoicePeriod/{tag}")
        if limit_text is None:
            return
        limit, own = date_key(limit_text), date_key(part.texts[index])
        if limit is None or own is None or (own < limit if later else own > limit):
            document.report(rule, part, index, value=part.texts[index], limit=limit_text)

    return check


def _net_amount(node, net, quantity, price, per, allowances):
    """R120 and R121: the net amount of a line follows from quantity, price, allowances and charges."""
    indices = [None if n is None else n.index for n in (net, quantity, price, per)]
    defaults = (ZERO, ONE, ZERO, ONE)
    net_index, quantity_index, price_index, per_index = indices
    minus, plus = allowances

    def slow(document, part):
        texts = part.texts
        values = [
            default if index is None else document.decimal(texts[index])
            for index, default in zip(indices, defaults, strict=True)
        ]
        if per_index is not None and (values[3] is None or values[3] <= 0):
            document.report("PEPPOL-EN16931-R121", part, per_index, value=texts[per_index])
            if values[3] == 0:
                values[3] = ONE
        reductions = document.total(texts[index] for index in minus)
        additions = document.total(texts[index] for index in plus)
        expected = None
        if None not in values and reductions is not None and additions is not None:
            expected = values[1] * (values[2] / values[3]) + round2(additions) - round2(reductions)
            if abs(values[0] - expected) <= SLACK:
                return
        index = node.index if net_index is None else net_index
        shown = {"stated": values[0], "expected": expected, "quantity": values[1], "price": values[2]}
        document.report("PEPPOL-EN16931-R120", part, index, **shown)

    if minus or plus or None in (net_index, quantity_index, price_index):
        return slow

    def quick(document, part):
        texts = part.texts
        decimal = document.decimal
        amount, count, each = decimal(texts[net_index]), decimal(texts[quantity_index]), decimal(texts[price_index])
        if amount is not None and count is not None and each is not None:
            if per_index is not None:
                base = decimal(texts[per_index])
                if base is None or base <= 0:
                    slow(document, part)
                    return
                each = each / base
            if -SLACK <= amount - count * each <= SLACK:
                return
        slow(document, part)

    return quick


def other_rules(layer: Layer) -> None:
    """Empty elements, payment, dates, code lists and exemption reasons."""

    @layer.instance
    def empty(document, part):
        """R008: no empty elements."""
        texts = part.texts
        for index in part.plan.leaves:
            text = texts[index]
            if not text or text.isspace():
                if text and space(text):
                    continue
                document.report("PEPPOL-EN16931-R008", part, index, name=part.plan.nodes[index].tag)

    @layer.document
    def empty_root(document):
        if not document.parts and not space(document.root.text):
            document.report("PEPPOL-EN16931-R008", name=document.kind)

    @layer.node("cac:PaymentMeans")
    def mandate(node, plan, root):
        if space(node.value("cbc:PaymentMeansCode")) in ("49", "59"):
            plan.want("PEPPOL-EN16931-R061", node, node.has("cac:PaymentMandate/cbc:ID"))

    @layer.node(*DATE_TAGS)
    def dates(node, plan, root):
        plan.checks.append(_date(node.index))

    @layer.node("cbc:EmbeddedDocumentBinaryObject")
    def mime(node, plan, root):
        if "mimeCode" in node.keys:
            plan.codes.append((node.index, "mimeCode", *_MIME))

    @layer.node("cbc:DescriptionCode")
    def period_code(node, plan, root):
        if node.parent is not None and node.parent.tag == "cac:InvoicePeriod":
            plan.codes.append((node.index, None, *_PERIOD))

    @layer.node("cac:TaxCategory")
    def exemption(node: Node, plan, root):
        code = (node.value("cbc:TaxExemptionReasonCode") or "").upper()
        if code in _EXEMPTIONS and node.count("cbc:TaxExemptionReasonCode") == 1:
            rule, category = _EXEMPTIONS[code]
            own = space(node.value("cbc:ID"))
            plan.want("PEPPOL-EN16931-" + rule, node, own == category, stated=own, expected=category, value=code)


def _date(index):
    def check(document, part):
        text = part.texts[index] or ""
        if len(text) != 10 or not is_date(text):
            document.report("PEPPOL-EN16931-F001", part, index, value=text[:40])

    return check


def layer(variant: Variant) -> Layer:
    """The Peppol layer for billing or self-billing."""
    result = Layer()
    head_rules(result, variant)
    party_rules(result)
    amount_rules(result, variant)
    line_rules(result)
    other_rules(result)
    return result


_PROFILES = {
    "urn:peppol:france:billing:regulated": "01",
    "urn:peppol:france:billing:non-regulated": "01",
    "urn:peppol:bis:billing_with_response": "02",
}
BILLING = Variant(
    customization="urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
    profiles={"urn:fdc:peppol.eu:2017:poacc:billing:01:1.0": "01", **_PROFILES},
    invoice_types=codes("peppol_type_invoice"),
    credit_types=codes("peppol_type_creditnote"),
    typed_profiles=("01", "02"),
    subtotal_currency=True,
    german_types=True,
)
SELF_BILLING = Variant(
    customization="urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0",
    profiles={"urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0": "01", **_PROFILES},
    invoice_types=frozenset(("389", "527")),
    credit_types=frozenset(("261",)),
    typed_profiles=("01",),
    subtotal_currency=False,
    german_types=False,
)
LAYER = layer(BILLING)
