# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""EN 16931: the VAT categories, BR-S-… to BR-B-…, and the VAT breakdown, BR-45 to BR-48 and BR-CO-17.

The categories share their rules; :data:`FAMILIES` says how they differ.
"""

import math
from decimal import Decimal
from typing import NamedTuple

from ..numbers import HUNDRED, ZERO, double, round0, round2
from ..plan import category, charge_indicator, is_vat
from ..profile import Layer

LAYER = Layer()
LINE_TAGS = ("cac:InvoiceLine", "cac:CreditNoteLine")


class Family(NamedTuple):
    """How the rules of a VAT category differ from those of the others."""

    name: str  # in the rules' ids
    rate: str  # zero, positive, any, none
    exact: bool  # the taxable amount is compared exactly, over all rates (or per rate, within one unit)
    reason: bool  # an exemption reason is required (or forbidden)
    identifiers: str  # seller: an identifier of the seller's tax registration; vat: a VAT identifier; none


FAMILIES = {
    "AE": Family("AE", "zero", True, True, "seller"),
    "E": Family("E", "zero", True, True, "seller"),
    "G": Family("G", "zero", True, True, "vat"),
    "K": Family("IC", "zero", True, True, "vat"),
    "L": Family("AF", "any", False, False, "seller"),
    "M": Family("AG", "any", False, False, "seller"),
    "O": Family("O", "none", True, True, "none"),
    "S": Family("S", "positive", False, False, "seller"),
    "Z": Family("Z", "zero", True, False, "seller"),
}


# What the parts of a document tell -----------------------------------------------------------------------------------


@LAYER.node("cac:ClassifiedTaxCategory")
def classified(node, plan, root):
    code = category(node)
    plan.facts.add(("line", code))
    if is_vat(node):
        plan.facts.add(("line vat", code))
    for kid in node.all("cbc:ID"):
        plan.facts.add(("line raw", kid.text))


@LAYER.node("cac:TaxCategory")
def tax_category(node, plan, root):
    code = category(node)
    vat = is_vat(node)
    facts = plan.facts
    if vat:
        facts.add(("any vat", code))
    raws = [kid.text for kid in node.all("cbc:ID")]
    facts.update(("any raw", raw) for raw in raws)
    up = node.parent
    if up is None or up.tag != "cac:AllowanceCharge":
        return
    facts.add(("allowance", code))
    charge = charge_indicator(up)
    if vat:
        facts.add(("allowance vat", charge, code))
        facts.update(("allowance vat raw", charge, raw) for raw in raws)
    if up.parent is None:
        facts.update(("document allowance raw", raw) for raw in raws)
        if vat:
            facts.add(("document allowance vat", charge, code))


class Group(NamedTuple):
    """What a plan tells of a line or an allowance that the totals need."""

    codes: frozenset
    rates: tuple  # indices of the VAT rates
    amounts: tuple  # indices of the net amount (one, unless the structure is wrong)
    charge: bool | None


@LAYER.node(*LINE_TAGS)
def line(node, plan, root):
    if node.parent is None:
        categories = node.all("cac:Item/cac:ClassifiedTaxCategory")
        plan.row = _group(node, categories, "cbc:LineExtensionAmount", None)


@LAYER.node("cac:AllowanceCharge")
def allowance(node, plan, root):
    if node.parent is None:
        plan.row = _group(node, node.all("cac:TaxCategory"), "cbc:Amount", charge_indicator(node))


def _group(node, categories, amount, charge):
    codes = frozenset(category(kid) for kid in categories) & frozenset(FAMILIES)
    rates = tuple(rate.index for kid in categories for rate in kid.all("cbc:Percent"))
    return Group(codes, rates, tuple(kid.index for kid in node.all(amount)), charge)


class Breakdown(NamedTuple):
    """A VAT category within a VAT breakdown of the document."""

    code: str
    raw: str | None
    vat: bool
    node: object
    subtotal: object


@LAYER.node("cac:TaxTotal")
def tax_total(node, plan, root):
    if node.parent is None:
        plan.row = [
            Breakdown(category(kid), kid.value("cbc:ID"), is_vat(kid), kid, subtotal)
            for subtotal in node.all("cac:TaxSubtotal")
            for kid in subtotal.all("cac:TaxCategory")
        ]


class Sums:
    """The net amounts per VAT category, and per category and rate; ``rates`` tells which of the latter occur."""

    def __init__(self, document, parts, sign=None):
        groups = {}
        for part in parts:
            row = part.plan.row
            texts = part.texts
            if len(row.rates) == 1:
                key = (row.codes, row.charge, texts[row.rates[0]])
            else:
                key = (row.codes, row.charge, *[texts[index] for index in row.rates])
            values = groups.get(key)
            if values is None:
                values = groups[key] = []
            for index in row.amounts:
                values.append(texts[index])
        self.total = ZERO
        self.codes = {}
        self.rates = {}
        for (codes, charge, *rates), texts in groups.items():
            if sign is not None and charge is None:
                continue
            amount = document.total(texts)
            if amount is None:
                self.total = None
                amount = Decimal("NaN")
            elif self.total is not None:
                self.total += amount
            if sign is not None and not charge:
                amount = -amount
            values = {document.decimal(text) for text in rates}
            for code in codes:
                self.codes[code] = self.codes.get(code, ZERO) + amount
                for rate in values:
                    if rate is not None:
                        self.rates[code, rate] = self.rates.get((code, rate), ZERO) + amount


def line_sums(document, tag) -> Sums:
    """The sums over the lines with a tag, computed once per document."""
    sums = document.memory.get(tag)
    if sums is None:
        sums = document.memory[tag] = Sums(document, document.by_tag.get(tag, ()))
    return sums


# Document ------------------------------------------------------------------------------------------------------------


@LAYER.document
def categories(document):
    """BR-x-01 to BR-x-04: what the use of a category asks of the rest of the document."""
    facts = document.facts
    breakdowns = [row for part in document.by_tag.get("cac:TaxTotal", ()) for row in part.plan.row]
    used = {fact[1] for fact in facts if fact[0] in ("any vat", "line vat", "line", "allowance", "any raw", "line raw")}
    used.update(row.code for row in breakdowns)
    if used <= {"S"} and breakdowns and ("line vat", "S") in facts:
        # The common case: standard rated lines and breakdowns only.
        _identifiers(document, "S", FAMILIES["S"], facts)
        return
    for code, family in FAMILIES.items():
        if code in used or code == "S":
            _present(document, code, family, facts, breakdowns)
        if code in used:
            _identifiers(document, code, family, facts)
    _outside(document, facts, breakdowns)
    _intra_community(document, breakdowns)
    _split_payment(document, facts, breakdowns)


def _present(document, code, family, facts, breakdowns):
    """BR-x-01: a category that is used has one VAT breakdown, or for rated ones at least one; and no other."""
    own = [row for row in breakdowns if row.vat and row.code == code]
    if code == "S":
        lines = ("line", code) in facts or ("allowance", code) in facts
        good = lines == any(row.code == code for row in breakdowns)
    elif code in "LM":
        charges = any(("allowance vat", charge, code) in facts for charge in (False, True, None))
        if ("line vat", code) in facts or charges:
            good = any(row.raw == code and (row.vat or code == "L") for row in breakdowns)
        else:
            good = not own
    else:
        used = ("any vat", code) in facts or ("line vat", code) in facts
        good = not used or len(own) == 1
    document.want(f"BR-{family.name}-01", good, "cac:TaxTotal", code=code, count=len(own))


def _identifiers(document, code, family, facts):
    """BR-x-02 (lines), -03 (allowances) and -04 (charges): tax identifiers that must, or must not, be there."""
    name = family.name
    places = [
        ("02", ("line vat", code) in facts, "cac:InvoiceLine"),
        ("03", ("allowance vat", False, code) in facts, "cac:AllowanceCharge"),
        ("04", ("allowance vat", True, code) in facts, "cac:AllowanceCharge"),
    ]
    if code == "S":
        places[0] = ("02", ("line", code) in facts, "cac:InvoiceLine")
    elif code == "O":
        places[1] = ("03", ("document allowance vat", False, code) in facts, "cac:AllowanceCharge")
        places[2] = ("04", ("document allowance vat", True, code) in facts, "cac:AllowanceCharge")
    elif code == "L":
        places[2] = ("04", ("allowance vat raw", True, code) in facts, "cac:AllowanceCharge")
    if not any(place[1] for place in places):
        return
    seller = "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme"
    buyer = "cac:AccountingCustomerParty/cac:Party/cac:PartyTaxScheme"
    representative = _registered(document, "cac:TaxRepresentativeParty/cac:PartyTaxScheme")
    if family.identifiers == "none":
        good = not (_registered(document, seller) or representative or _registered(document, buyer))
    elif family.identifiers == "vat":
        good = _registered(document, seller) or representative
        if code == "K":
            good = good and _registered(document, buyer)
    else:
        good = document.has(f"{seller}/cbc:CompanyID") or representative
        if code == "AE":
            legal = "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:CompanyID"
            good = good and (_registered(document, buyer) or document.has(legal))
    for number, applies, _place in places:
        if applies:
            strict = not (code == "S" and number == "02") or ("line vat", code) in facts
            document.want(f"BR-{name}-{number}", good and strict, seller.rpartition("/")[0], code=code)


def _registered(document, path):
    """Whether a party has an identifier of VAT."""
    first, _slash, rest = path.partition("/")
    return any(
        is_vat(node) and node.has("cbc:CompanyID")
        for part in document.by_tag.get(first, ())
        for node in part.plan.nodes[0].all(rest)
    )


def _outside(document, facts, breakdowns):
    """BR-O-11 to BR-O-14: a document outside the scope of VAT has nothing else."""
    if not any(row.vat and row.code == "O" for row in breakdowns):
        return

    def others(kind, *rest):
        return any(fact[0] == kind and fact[1:-1] == rest and fact[-1] != "O" for fact in facts)

    document.want("BR-O-11", all(row.code == "O" for row in breakdowns if row.vat), "cac:TaxTotal")
    document.want("BR-O-12", not others("line vat"), "cac:TaxTotal")
    document.want("BR-O-13", not others("allowance vat", False), "cac:AllowanceCharge")
    document.want("BR-O-14", not others("allowance vat", True), "cac:AllowanceCharge")


def _intra_community(document, breakdowns):
    """BR-IC-11 and BR-IC-12: when and to which country goods were delivered."""
    if not any(row.vat and row.code == "K" for row in breakdowns):
        return
    delivered = len(document.first("cac:Delivery/cbc:ActualDeliveryDate") or "") > 1
    period = any(part.plan.nodes[0].kids for part in document.by_tag.get("cac:InvoicePeriod", ()))
    document.want("BR-IC-11", delivered or period, "cac:Delivery")
    country = "cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/cbc:IdentificationCode"
    document.want("BR-IC-12", len(document.first(country) or "") > 1, country)


def _split_payment(document, facts, breakdowns):
    """BR-B-01 and BR-B-02."""
    if ("any raw", "B") in facts or ("line raw", "B") in facts:
        for part, index in document.anywhere("cbc:IdentificationCode"):
            if (part.texts[index] or "") != "IT":
                document.report("BR-B-01", part, index, value=part.texts[index])
                break
    raws = {row.raw for row in breakdowns}

    def present(code):
        return code in raws or ("document allowance raw", code) in facts or ("line raw", code) in facts

    if present("B"):
        lines = ("document allowance raw", "S") in facts or ("line raw", "S") in facts
        document.want("BR-B-02", not present("S"), "cac:TaxTotal", breakdown_only=not lines)


# Rates ---------------------------------------------------------------------------------------------------------------


def _rate_check(rule, rate):
    """Good values already met, and the check of others."""
    good = set()

    def slow(document, part, index, value):
        if rate == "zero":
            fine = document.decimal(value) == 0
        else:
            number = double(value)
            fine = number > 0 if rate == "positive" else number >= 0
        if not fine:
            document.report(rule, part, index, value=value)
        elif len(value) < 20 and len(good) < 1000:
            good.add(value)

    return good, slow


_CHECKS = {
    f"BR-{family.name}-{number}": _rate_check(f"BR-{family.name}-{number}", family.rate)
    for family in FAMILIES.values()
    for number in ("05", "06", "07")
    if family.rate != "none"
}


def _rate(node, plan, number):
    if not is_vat(node):
        return
    family = FAMILIES.get(category(node))
    if family is None:
        return
    rule = f"BR-{family.name}-{number}"
    rate = node.first("cbc:Percent")
    if family.rate == "none":
        plan.want(rule, node, rate is None)
    elif rate is None:
        plan.want(rule, node, False)
    else:
        plan.codes.append((rate.index, None, *_CHECKS[rule]))


@LAYER.node("cac:ClassifiedTaxCategory")
def line_rate(node, plan, root):
    """BR-x-05."""
    item = node.parent
    if item is not None and item.tag == "cac:Item" and item.parent is not None and item.parent.tag in LINE_TAGS:
        _rate(node, plan, "05")


@LAYER.node("cac:TaxCategory")
def allowance_rate(node, plan, root):
    """BR-x-06 and BR-x-07."""
    if node.parent is not None and node.parent.tag == "cac:AllowanceCharge":
        charge = charge_indicator(node.parent)
        if charge is not None:
            _rate(node, plan, "07" if charge else "06")


# Breakdown -----------------------------------------------------------------------------------------------------------


@LAYER.node("cac:TaxSubtotal")
def subtotal(node, plan, root):
    """BR-45 to BR-48 and BR-CO-17."""
    if node.parent is None or node.parent.tag != "cac:TaxTotal":
        return
    categories = [kid for kid in node.all("cac:TaxCategory") if is_vat(kid)]
    rates = [rate.index for kid in categories for rate in kid.all("cbc:Percent")]
    plan.want("BR-45", node, node.has("cbc:TaxableAmount"))
    plan.want("BR-46", node, node.has("cbc:TaxAmount"))
    plan.want("BR-47", node, any(kid.has("cbc:ID") for kid in categories))
    plan.want("BR-48", node, rates or any(category(kid) == "O" for kid in categories))
    taxable = node.first("cbc:TaxableAmount")
    tax = node.first("cbc:TaxAmount")

    def check(document, part):
        base = None if taxable is None else document.decimal(part.texts[taxable.index])
        stated = None if tax is None else document.decimal(part.texts[tax.index])
        rate = document.decimal(part.texts[rates[0]]) if rates else None
        if stated is not None:
            if rates:
                if rate is not None and round0(rate) == 0:
                    good = round0(stated) == 0
                else:
                    good = _tax_fits(base, rate, stated)
            else:
                good = round0(stated) == 0
            if good:
                return
        expected = None if base is None or rate is None else round2(abs(base) * rate / HUNDRED)
        index = node.index if tax is None else tax.index
        document.report("BR-CO-17", part, index, stated=stated, expected=expected, base=base, rate=rate)

    plan.checks.append(check)


def _tax_fits(base, rate, stated):
    """Whether a VAT amount is within one unit of base times rate."""
    if base is None or rate is None or stated is None:
        return False
    expected = round2(abs(base) * (rate / HUNDRED))
    return abs(stated) - 1 < expected < abs(stated) + 1


@LAYER.document
def breakdown(document):
    """BR-x-08 to BR-x-10: taxable amount, VAT amount and exemption reason of each VAT breakdown."""
    lines = None
    for part in document.by_tag.get("cac:TaxTotal", ()):
        for row in part.plan.row:
            family = FAMILIES.get(row.code) if row.vat else None
            if family is None:
                continue
            if lines is None:
                allowances = Sums(document, document.by_tag.get("cac:AllowanceCharge", ()), sign=True)
                lines = [line_sums(document, tag) for tag in LINE_TAGS]
            _breakdown(document, part, row, family, lines, allowances)


def _first(document, part, node, tag):
    kid = node.first(tag)
    return None if kid is None else part.texts[kid.index] or ""


def _breakdown(document, part, row, family, lines, allowances):
    base_text = _first(document, part, row.subtotal, "cbc:TaxableAmount")
    base = document.decimal(base_text)
    tax = document.decimal(_first(document, part, row.subtotal, "cbc:TaxAmount"))
    rate = document.decimal(_first(document, part, row.node, "cbc:Percent"))
    index = row.node.index
    place = row.subtotal.first("cbc:TaxableAmount") or row.node
    if family.exact:
        sums = [sums.codes.get(row.code, ZERO) + allowances.codes.get(row.code, ZERO) for sums in lines]
        exists = [bool(document.by_tag.get(tag)) for tag in LINE_TAGS]
        good = any(there and base is not None and base == total for there, total in zip(exists, sums, strict=True))
        if not good:
            values = {"stated": base, "expected": sums[not exists[0]], "code": row.code}
            document.report(f"BR-{family.name}-08", part, place.index, **values)
        good = tax == 0 if tax is not None else False
    else:
        _rated(document, part, row, family, lines, allowances, base_text, rate, place)
        good = _tax_fits(base, rate, tax)
    if not good:
        tax_node = row.subtotal.first("cbc:TaxAmount") or row.node
        expected = ZERO if family.exact else None
        if expected is None and base is not None and rate is not None:
            expected = round2(abs(base) * rate / HUNDRED)
        values = {"stated": tax, "expected": expected, "base": base, "rate": rate, "code": row.code}
        document.report(f"BR-{family.name}-09", part, tax_node.index, **values)
    reason = row.node.has("cbc:TaxExemptionReason") or row.node.has("cbc:TaxExemptionReasonCode")
    if reason != family.reason:
        document.report(f"BR-{family.name}-10", part, index, code=row.code)


def _rated(document, part, row, family, lines, allowances, base_text, rate, place):
    """BR-S-08, BR-AF-08 and BR-AG-08: the taxable amount per rate, within one unit."""
    if not row.node.has("cbc:Percent"):
        return
    key = (row.code, rate)
    # The official rule computes "amount - 1" as a floating-point number: at a difference of exactly one unit the
    # binary fraction decides.
    number = double(base_text)
    good = False
    expected = ZERO
    for tag, sums in zip(LINE_TAGS, lines, strict=True):
        if row.code == "S":
            exists = key in sums.rates or key in allowances.rates
        else:
            exists = bool(document.by_tag.get(tag))
        total = sums.rates.get(key, ZERO) + allowances.rates.get(key, ZERO)
        if key in sums.rates or tag == LINE_TAGS[0]:
            expected = total
        if exists and math.isfinite(number) and not total.is_nan():
            good = good or Decimal(number - 1) < total < Decimal(number + 1)
    if not good:
        values = {"stated": document.decimal(base_text), "expected": expected, "code": row.code, "rate": rate}
        document.report(f"BR-{family.name}-08", part, place.index, **values)
