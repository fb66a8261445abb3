# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peppol BIS Billing 3: the rules of countries, which apply by the country of the seller.

Denmark, Germany, Greece, Iceland, Italy, the Netherlands, Norway and Sweden have rules; Belgium has none.
Source: Peppol BIS Billing 3.0.21 (May 2026).
"""

import math

from .. import identifiers
from ..numbers import double, is_date, space
from ..plan import Node
from ..profile import Layer
from .paths import BUYER, LINE_TAGS, SELLER
from .peppol import country

LAYER = Layer()
ADDRESS = "cac:PostalAddress/cac:Country/cbc:IdentificationCode"
REPRESENTATIVE = "cac:TaxRepresentativeParty"


class Place:
    """An element of a document, to walk through it."""

    __slots__ = ("node", "part")

    def __init__(self, part, node: Node):
        self.part = part
        self.node = node

    def all(self, path: str) -> list["Place"]:
        return [Place(self.part, node) for node in self.node.all(path)]

    def first(self, path: str) -> "Place | None":
        node = self.node.first(path)
        return None if node is None else Place(self.part, node)

    def has(self, path: str) -> bool:
        return self.node.has(path)

    @property
    def text(self) -> str:
        return self.part.texts[self.node.index] or ""

    def value(self, path: str) -> str:
        """The first text at path, empty where there is none."""
        place = self.first(path)
        return "" if place is None else place.text

    def values(self, path: str) -> list[str]:
        return [place.text for place in self.all(path)]

    def attribute(self, name: str) -> str | None:
        return self.part.elements[self.node.index].get(name)


def places(document, path: str) -> list[Place]:
    """The elements at a path below the root."""
    return [Place(part, part.plan.nodes[index]) for part, index in document.find(path)]


def everywhere(document, tag: str) -> list[Place]:
    return [Place(part, part.plan.nodes[index]) for part, index in document.anywhere(tag)]


def want(document, rule: str, place: Place | None, good, **values) -> None:
    """Report rule at place unless good."""
    if good:
        return
    if place is None:
        document.report(rule, **values)
    else:
        document.report(rule, place.part, place.node.index, **values)


def scheme(registration: Place, trim: bool = False) -> list[str]:
    """The tax schemes of a party's tax registration."""
    texts = registration.values("cac:TaxScheme/cbc:ID")
    return [space(text) for text in texts] if trim else texts


def tax_country(document, path: str, representative: bool = False) -> str:
    """The country by the VAT identifier, else by the tax representative's (for the seller), else by the address.

    Empty where a party has several: then no country's rules apply.
    """
    for party in (path, REPRESENTATIVE) if representative else (path,):
        found = [
            text[:2]
            for registration in places(document, f"{party}/cac:PartyTaxScheme")
            if "VAT" in scheme(registration)
            for text in registration.values("cbc:CompanyID") or [""]
        ]
        if len(found) > 1:
            return ""
        if found and found[0]:
            return space(found[0]).upper()
    return country(document, path) if document.has(f"{path}/{ADDRESS}") else "XX"


@LAYER.document
def national(document):
    """Run the rules of the countries that the parties name."""
    seller_tax = tax_country(document, SELLER, representative=True)
    seller, buyer = country(document, SELLER), country(document, BUYER)
    if seller_tax == "NO":
        norway(document)
    if seller_tax == "IT":
        italy(document)
    if seller == "DK":
        denmark(document)
    if "SE" in document.texts(f"{SELLER}/{ADDRESS}"):
        sweden(document)
    if seller == "IS":
        iceland(document)
    if seller == "NL":
        netherlands(document, buyer == "NL")
    if seller == "DE" and buyer == "DE":
        germany(document)
    greek = ("GR", "EL")
    if seller_tax in greek:
        greece(document, tax_country(document, BUYER) in greek)
    if tax_country(document, SELLER) in greek:
        for endpoint in places(document, f"{SELLER}/cbc:EndpointID"):
            good = endpoint.attribute("schemeID") == "9933" and identifiers.greek(endpoint.text)
            want(document, "GR-R-009", endpoint, good, value=endpoint.text)


# Norway --------------------------------------------------------------------------------------------------------------


def norway(document):
    for party in places(document, SELLER):
        registrations = party.all("cac:PartyTaxScheme")
        tax = [r.value("cbc:CompanyID") for r in registrations if "TAX" in scheme(r, True)]
        want(document, "NO-R-002", party, space(tax[0] if tax else "") == "Foretaksregisteret")
        numbers = [r.value("cbc:CompanyID") for r in registrations if "VAT" in scheme(r, True)]
        if any(number[:2] == "NO" for number in numbers):
            body = numbers[0][2:]
            good = len(body) == 12 and body.endswith("MVA") and identifiers.norwegian(body[:9])
            want(document, "NO-R-001", party, good, value=numbers[0])


# Denmark -------------------------------------------------------------------------------------------------------------


def _danish_address(document, path):
    return "".join(document.texts(f"{path}/{ADDRESS}")) == "DK"


def denmark(document):
    """DK-R-002 to DK-R-017; most of them apply where the buyer is Danish as well."""
    if not _danish_address(document, SELLER):
        return
    company = f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID"
    both = _danish_address(document, BUYER)
    document.want("DK-R-002", document.filled(company), company)
    for place in places(document, company)[:1]:
        want(document, "DK-R-014", place, space(place.attribute("schemeID")) == "0184")
    if not both:
        return
    if document.kind == "CreditNote":
        path = "cac:LegalMonetaryTotal/cbc:PayableAmount"
        amount = document.first(path)
        document.want("DK-R-016", not (amount is not None and double(amount) < 0), path, value=amount)
    for party in (SELLER, BUYER):
        for place in places(document, f"{party}/cac:PartyIdentification/cbc:ID"):
            want(document, "DK-R-013", place, space(place.attribute("schemeID")))
    for place in places(document, f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID")[:1]:
        want(document, "DK-R-017", place, space(place.attribute("schemeID")) == "0184")
    if document.kind == "Invoice":
        for means in places(document, "cac:PaymentMeans"):
            _danish_payment(document, means)
    for tag in LINE_TAGS:
        if document.kind in tag:
            for line in places(document, tag):
                _danish_classes(document, line)
    for place in everywhere(document, "cac:AllowanceCharge"):
        _danish_tax(document, place)


def _danish_payment(document, means):
    code = means.value("cbc:PaymentMeansCode")
    allowed = ("1", "10", "31", "42", "48", "49", "50", "58", "59", "93", "97")
    # The official rule looks for the code as a piece of the list's text.
    want(document, "DK-R-005", means, f" {code} " in " " + " ".join(allowed) + " ", value=code)
    account = means.value("cac:PayeeFinancialAccount/cbc:ID")
    payment = means.value("cbc:PaymentID")
    if code in ("31", "42"):
        branch = means.value("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID")
        want(document, "DK-R-006", means, space(account) and space(branch))
    elif code == "49":
        debited = means.value("cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID")
        want(document, "DK-R-007", means, space(means.value("cac:PaymentMandate/cbc:ID")) and space(debited))
    elif code == "50":
        giro = account.isascii() and account.isdigit() and len(account) in (7, 8)
        want(document, "DK-R-008", means, payment[:3] in ("01#", "04#", "15#") and giro, value=payment)
        want(document, "DK-R-009", means, payment[:3] not in ("04#", "15#") or len(payment) == 19, value=payment)
    elif code == "93":
        want(document, "DK-R-010", means, payment[:3] in ("71#", "73#", "75#") and len(account) == 8, value=payment)
        good = payment[:3] not in ("71#", "75#") or len(payment) in (18, 19)
        want(document, "DK-R-011", means, good, value=payment)


def _danish_classes(document, line):
    classes = line.all("cac:Item/cac:CommodityClassification/cbc:ItemClassificationCode")
    if any(place.attribute("listID") == "TST" for place in classes):
        versions = {place.attribute("listVersionID") for place in classes}
        want(document, "DK-R-003", line, versions & {"19.05.01", "19.0501", "26.08.01", "26.0801"})


def _danish_tax(document, place):
    if "ZZZ" not in place.values("cbc:AllowanceChargeReasonCode"):
        return
    reason = place.value("cbc:AllowanceChargeReason")
    number = double(reason)
    category = len(space(reason)) == 4 and 0 <= number <= 9999
    named = "#" in reason and not reason.startswith("#") and not reason.endswith("#")
    want(document, "DK-R-004", place, category or named, value=reason[:40])


# Italy ---------------------------------------------------------------------------------------------------------------


def italy(document):
    for party in places(document, SELLER):
        for registration in party.all("cac:PartyTaxScheme"):
            names = scheme(registration, True) or [""]
            if any(name != "VAT" for name in names):
                number = space(registration.value("cbc:CompanyID"))
                good = 11 <= len(number) <= 16 and number.isascii() and number.isalnum() and number.upper() == number
                want(document, "IT-R-001", registration, good, value=number)
        for rule, tag in (("IT-R-002", "StreetName"), ("IT-R-003", "CityName"), ("IT-R-004", "PostalZone")):
            want(document, rule, party, party.has(f"cac:PostalAddress/cbc:{tag}"))


# Sweden --------------------------------------------------------------------------------------------------------------


def _number(text: str) -> bool:
    number = double(text)
    return not math.isnan(number)


def sweden(document):
    """SE-R-001 to SE-R-013."""
    swedish = swedish_vat = False
    for party in places(document, SELLER):
        if "SE" not in party.values(ADDRESS):
            continue
        swedish = True
        numbers = [r.value("cbc:CompanyID") for r in party.all("cac:PartyTaxScheme") if "VAT" in scheme(r)]
        if any(number[:2] == "SE" for number in numbers):
            swedish_vat = True
            want(document, "SE-R-001", party, len(space(numbers[0])) == 14, value=numbers[0])
            want(document, "SE-R-002", party, _number(numbers[0][2:14]), value=numbers[0])
        for company in party.all("cac:PartyLegalEntity/cbc:CompanyID"):
            want(document, "SE-R-003", company, _number(company.text), value=company.text)
            want(document, "SE-R-004", company, len(space(company.text)) == 10, value=company.text)
            want(document, "SE-R-013", company, identifiers.luhn(space(company.text)), value=company.text)
        if party.has("cac:PartyLegalEntity/cbc:CompanyID"):
            for registration in party.all("cac:PartyTaxScheme"):
                names = scheme(registration, True) or [""]
                if len(names) == 1 and names[0].upper() != "VAT":
                    for company in registration.all("cbc:CompanyID"):
                        good = space(company.text.upper()) == "GODKÄND FÖR F-SKATT"
                        want(document, "SE-R-005", company, good, value=company.text)
    if swedish_vat:
        _swedish_rates(document)
    if swedish:
        _swedish_payment(document)


def _swedish_rates(document):
    for tag in ("cac:TaxCategory", "cac:ClassifiedTaxCategory"):
        for place in everywhere(document, tag):
            if "S" in place.values("cbc:ID"):
                rate = place.value("cbc:Percent")
                want(document, "SE-R-006", place, double(rate) in (25.0, 12.0, 6.0), value=rate)


def _swedish_payment(document):
    buyer = "SE" in document.texts(f"{BUYER}/{ADDRESS}")
    for means in everywhere(document, "cac:PaymentMeans"):
        code = means.value("cbc:PaymentMeansCode")
        branch = space(means.value("cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID"))
        if space(code) == "30" and branch in ("SE:PLUSGIRO", "SE:BANKGIRO"):
            plus = branch == "SE:PLUSGIRO"
            for account in means.all("cac:PayeeFinancialAccount/cbc:ID"):
                text = space(account.text)
                want(document, "SE-R-007" if plus else "SE-R-008", account, _number(text), value=text)
                length = 2 <= len(text) <= 8 if plus else len(text) in (7, 8)
                want(document, "SE-R-010" if plus else "SE-R-009", account, length, value=text)
        elif code in ("50", "56"):
            want(document, "SE-R-011", means, False, value=code)
        elif code == "31" and buyer:
            want(document, "SE-R-012", means, False, value=code)


# Greece --------------------------------------------------------------------------------------------------------------

_MARK = "##M.AR.K##"
_URL = "##INVOICE|URL##"


def greece(document, greek_buyer):
    _greek_number(document)
    seller_address = "GR" in document.texts(f"{SELLER}/{ADDRESS}")
    for party in places(document, SELLER):
        want(document, "GR-R-002", party, party.value("cac:PartyName/cbc:Name"))
        want(document, "GR-S-011", party, _greek_vat(party))
        for registration in party.all("cac:PartyTaxScheme"):
            if "VAT" in scheme(registration, True):
                for number in registration.all("cbc:CompanyID"):
                    good = number.text[:2] == "EL" and identifiers.greek(number.text[2:])
                    want(document, "GR-R-003", number, good, value=number.text)
    references = places(document, "cac:AdditionalDocumentReference")
    marks = [place for place in references if _MARK in place.values("cbc:DocumentDescription")]
    urls = [place for place in references if _URL in place.values("cbc:DocumentDescription")]
    if seller_address:
        want(document, "GR-R-004-1", None, len(marks) == 1, count=len(marks))
        want(document, "GR-S-008-1", None, len(urls) == 1, count=len(urls))
        want(document, "GR-R-008-2", None, len(urls) <= 1, count=len(urls))
        for mark in marks:
            for number in mark.all("cbc:ID"):
                want(document, "GR-R-004-2", number, number.text[:1] in tuple("123456789"), value=number.text)
    for url in urls:
        want(document, "GR-R-008-3", url, space(url.value("cac:Attachment/cac:ExternalReference/cbc:URI")))
    for party in places(document, BUYER):
        want(document, "GR-R-005", party, party.value("cac:PartyName/cbc:Name"))
        if greek_buyer:
            want(document, "GR-R-006", party, _greek_vat(party))
            for endpoint in party.all("cbc:EndpointID"):
                good = endpoint.attribute("schemeID") == "9933" and identifiers.greek(endpoint.text)
                want(document, "GR-R-010", endpoint, good, value=endpoint.text)


def _greek_vat(party):
    numbers = [
        number
        for registration in party.all("cac:PartyTaxScheme")
        if "VAT" in scheme(registration, True)
        for number in registration.values("cbc:CompanyID")
    ]
    return len(numbers) == 1 and numbers[0][:2] == "EL" and identifiers.greek(numbers[0][2:])


def _greek_number(document):
    """GR-R-001: the six segments of a Greek invoice number."""
    issued = (document.first("cbc:IssueDate") or "").split("-")
    numbers = {
        registration.value("cbc:CompanyID")[2:11]
        for path in (SELLER, REPRESENTATIVE)
        for registration in places(document, f"{path}/cac:PartyTaxScheme")
        if "VAT" in scheme(registration)
    }
    for place in places(document, "cbc:ID"):
        segments = place.text.split("|")
        want(document, "GR-R-001-1", place, len(segments) == 6, count=len(segments))
        segments += [""] * (6 - len(segments))
        tin = segments[0]
        good = len(space(tin)) == 9 and identifiers.greek(tin) and tin in numbers
        want(document, "GR-R-001-2", place, good, value=tin)
        written = segments[1].split("/")
        same = len(written) >= 3 and len(issued) >= 3 and written[:3] == [issued[2], issued[1], issued[0]]
        want(document, "GR-R-001-3", place, _greek_date(segments[1]) and same, value=segments[1])
        good = space(segments[2]) and identifiers.is_integer(segments[2]) and int(segments[2]) >= 0
        want(document, "GR-R-001-4", place, good, value=segments[2])
        good = segments[3] in ("1.1", "1.6", "2.1", "2.4", "5.1", "5.2")
        want(document, "GR-R-001-5", place, good, value=segments[3])
        want(document, "GR-R-001-6", place, segments[4])
        want(document, "GR-R-001-7", place, segments[5])


def _greek_date(text):
    return bool(_GREEK_DATE.match(text))


_GREEK_DATE = identifiers.re.compile(r"(0?[1-9]|[12][0-9]|3[01])[-\\/ ]?(0?[1-9]|1[0-2])[-\\/ ]?(19|20)[0-9]{2}")


# Iceland -------------------------------------------------------------------------------------------------------------


def iceland(document):
    if "".join(document.texts(f"{SELLER}/{ADDRESS}")) != "IS":
        return
    code = space(document.first("cbc:InvoiceTypeCode")) or space(document.first("cbc:CreditNoteTypeCode"))
    document.want("IS-R-001", code in ("380", "381"), f"cbc:{document.kind}TypeCode", value=code)
    _icelandic_party(document, SELLER, "IS-R-002", "IS-R-003")
    if "".join(document.texts(f"{BUYER}/{ADDRESS}")) == "IS":
        _icelandic_party(document, BUYER, "IS-R-004", "IS-R-005")
    means = places(document, "cac:PaymentMeans")
    for rule, payment in (("IS-R-006", "9"), ("IS-R-007", "42")):
        own = [place for place in means if payment in place.values("cbc:PaymentMeansCode")]
        accounts = [text for place in own for text in place.values("cac:PayeeFinancialAccount/cbc:ID")]
        good = not own or (accounts and len(space(accounts[0])) == 12)
        want(document, rule, own[0] if own else None, good, value=", ".join(accounts)[:40])
    final = [
        place
        for place in places(document, "cac:AdditionalDocumentReference")
        if "EINDAGI" in place.values("cbc:DocumentDescription")
    ]
    if final:
        text = final[0].value("cbc:ID")
        want(document, "IS-R-008", final[0], len(text) == 10 and is_date(text), value=text)
        due = document.first("cbc:DueDate")
        want(document, "IS-R-009", final[0], due is not None)
        later = due is not None and any(due <= value for place in final for value in place.values("cbc:ID"))
        want(document, "IS-R-010", final[0], later, value=text, limit=due)


def _icelandic_party(document, path, identifier, address):
    companies = places(document, f"{path}/cac:PartyLegalEntity/cbc:CompanyID")
    good = any(place.attribute("schemeID") == "0196" for place in companies)
    document.want(identifier, good, path)
    parts = [document.has(f"{path}/cac:PostalAddress/cbc:{tag}") for tag in ("StreetName", "PostalZone")]
    document.want(address, all(parts), path)


# Netherlands ---------------------------------------------------------------------------------------------------------


def _dutch_address(document, rule, path):
    for place in places(document, f"{path}/cac:PostalAddress"):
        want(document, rule, place, all(place.has(f"cbc:{tag}") for tag in ("StreetName", "CityName", "PostalZone")))


def _dutch_company(document, rule, path):
    for place in places(document, f"{path}/cac:PartyLegalEntity/cbc:CompanyID"):
        schemes = (place.attribute("schemeID") or "").split(" ")
        want(document, rule, place, ("0106" in schemes or "0190" in schemes) and space(place.text), value=place.text)


def netherlands(document, dutch_buyer):
    if document.kind == "CreditNote" or document.anywhere("cbc:CreditNoteTypeCode"):
        reference = document.has("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")
        for place in everywhere(document, "cbc:CreditNoteTypeCode"):
            want(document, "NL-R-001", place, reference)
    _dutch_address(document, "NL-R-002", SELLER)
    _dutch_company(document, "NL-R-003", SELLER)
    if dutch_buyer:
        _dutch_address(document, "NL-R-004", BUYER)
        _dutch_company(document, "NL-R-005", BUYER)
        for means in everywhere(document, "cac:PaymentMeans"):
            code = space(means.value("cbc:PaymentMeansCode"))
            want(document, "NL-R-008", means, code in ("30", "48", "49", "57", "58", "59"), value=code)
    if country(document, REPRESENTATIVE) == "NL":
        _dutch_address(document, "NL-R-006", REPRESENTATIVE)
    means_given = bool(document.anywhere("cac:PaymentMeans"))
    ordered = document.has("cac:OrderReference/cbc:ID")
    for total in everywhere(document, "cac:LegalMonetaryTotal"):
        amount = document.decimal(total.value("cbc:PayableAmount"))
        sign = 1 if document.kind == "Invoice" else -1
        paid = amount is not None and amount * sign <= 0
        want(document, "NL-R-007", total, paid or means_given, value=amount)
    for place in everywhere(document, "cac:OrderLineReference"):
        for line in place.all("cbc:LineID"):
            want(document, "NL-R-009", line, ordered)


# Germany -------------------------------------------------------------------------------------------------------------

_DISCOUNT = identifiers.re.compile(
    r"(?:^|\r?\n)#(?:SKONTO)#TAGE=[0-9]+#PROZENT=[0-9]+\.[0-9]{2}(?:#BASISBETRAG=-?[0-9]+\.[0-9]{2})?#\Z"
)
_MAIL = identifiers.re.compile(r"[^@\s]+@(?:[^@.\s]+\.)+[^@.\s]+\Z")
_URI = identifiers.re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:")


def germany(document):
    """DE-R-001 to DE-R-031 and DE-R-T02: both parties are in Germany."""
    _german_head(document)
    _german_texts(document)
    for party in places(document, "cac:AccountingSupplierParty"):
        want(document, "DE-R-002", party, party.has("cac:Party/cac:Contact"))
    _german_address(document, f"{SELLER}/cac:PostalAddress", "DE-R-003", "DE-R-004")
    _german_address(document, f"{BUYER}/cac:PostalAddress", "DE-R-008", "DE-R-009")
    _german_address(document, "cac:Delivery/cac:DeliveryLocation/cac:Address", "DE-R-010", "DE-R-011")
    for contact in places(document, f"{SELLER}/cac:Contact"):
        _german_contact(document, contact)
    for means in places(document, "cac:PaymentMeans"):
        _german_payment(document, means)
    for subtotal in places(document, "cac:TaxTotal/cac:TaxSubtotal"):
        filled = any(space(text) for text in subtotal.values("cac:TaxCategory/cbc:Percent"))
        want(document, "DE-R-014", subtotal, filled)


def _german_head(document):
    document.want("DE-R-001", document.by_tag.get("cac:PaymentMeans"))
    document.want("DE-R-015", any(space(text) for text in document.texts("cbc:BuyerReference")), "cbc:BuyerReference")
    supported = {"S", "Z", "E", "AE", "K", "G", "L", "M"}
    used = set()
    for allowance in places(document, "cac:AllowanceCharge"):
        if {"true", "false"} & set(allowance.values("cbc:ChargeIndicator")):
            used.update(allowance.values("cac:TaxCategory/cbc:ID"))
    for tag in LINE_TAGS:
        for part in document.by_tag.get(tag, ()):
            used.update(part.at(f"{tag}/cac:Item/cac:ClassifiedTaxCategory/cbc:ID"))
    if used & supported:
        registered = any(space(text) for text in document.texts(f"{SELLER}/cac:PartyTaxScheme/cbc:CompanyID"))
        document.want("DE-R-016", registered or document.by_tag.get(REPRESENTATIVE), SELLER)
    types = {space(document.first("cbc:InvoiceTypeCode")), space(document.first("cbc:CreditNoteTypeCode"))}
    known = {"326", "380", "384", "389", "381", "875", "876", "877"}
    document.want("DE-R-017", types & known, f"cbc:{document.kind}TypeCode", value=", ".join(sorted(types - {""})))
    if "384" in types:
        document.want("DE-R-026", document.has("cac:BillingReference/cac:InvoiceDocumentReference"))
    if document.has("cac:PaymentMeans/cac:PaymentMandate"):
        creditors = [
            place
            for path in (SELLER, "cac:PayeeParty")
            for place in places(document, f"{path}/cac:PartyIdentification/cbc:ID")
            if place.attribute("schemeID") == "SEPA"
        ]
        mandate = "cac:PaymentMeans/cac:PaymentMandate"
        document.want("DE-R-030", creditors, mandate)
        document.want("DE-R-031", document.has(f"{mandate}/cac:PayerFinancialAccount/cbc:ID"), mandate)


def _german_texts(document):
    """DE-R-018 (cash discount), DE-R-022 (names of attachments), DE-R-T02 (addresses of documents)."""
    good = True
    # One note per payment terms counts; a discount statement ends with a line break.
    notes = [place.value("cbc:Note") for place in places(document, "cac:PaymentTerms") if place.has("cbc:Note")]
    for note in notes:
        for line in identifiers.re.split(r"\r?\n", note):
            text = space(line)
            if text.startswith("#") and not _DISCOUNT.search(text):
                good = False
            elif text.startswith("#"):
                rest = identifiers.re.split(r"#.+#", note)[-1]
                good = good and bool(identifiers.re.match(r"\s*\n", rest))
    document.want("DE-R-018", good, "cac:PaymentTerms/cbc:Note")
    seen = set()
    for reference in places(document, "cac:AdditionalDocumentReference"):
        names = {place.attribute("filename") for place in reference.all(_ATTACHED)} - {None}
        if names & seen:
            want(document, "DE-R-022", reference, False, value=", ".join(sorted(names & seen))[:60])
            break
        seen |= names
    for place in places(document, "cac:AdditionalDocumentReference/cac:Attachment/cac:ExternalReference"):
        uri = place.value("cbc:URI")
        want(document, "DE-R-T02", place, _URI.match(uri), value=uri[:60])


_ATTACHED = "cac:Attachment/cbc:EmbeddedDocumentBinaryObject"


def _german_address(document, path, city, zone):
    for place in places(document, path):
        want(document, city, place, any(space(text) for text in place.values("cbc:CityName")))
        want(document, zone, place, any(space(text) for text in place.values("cbc:PostalZone")))


def _german_contact(document, contact):
    for rule, tag in (("DE-R-005", "Name"), ("DE-R-006", "Telephone"), ("DE-R-007", "ElectronicMail")):
        want(document, rule, contact, any(space(text) for text in contact.values(f"cbc:{tag}")))
    phone, mail = space(contact.value("cbc:Telephone")), space(contact.value("cbc:ElectronicMail"))
    want(document, "DE-R-027", contact, sum(char in "0123456789" for char in phone) >= 3, value=phone)
    want(document, "DE-R-028", contact, _MAIL.match(mail), value=mail)


def _german_payment(document, means):
    code = space(means.value("cbc:PaymentMeansCode"))
    transfer, card, debit = (
        means.has(f"cac:{tag}") for tag in ("PayeeFinancialAccount", "CardAccount", "PaymentMandate")
    )
    if code in ("30", "58"):
        account = means.value("cac:PayeeFinancialAccount/cbc:ID")
        want(document, "DE-R-019", means, code == "30" or identifiers.iban(account), value=account)
        want(document, "DE-R-023-1", means, transfer)
        want(document, "DE-R-023-2", means, not card and not debit)
    elif code in ("48", "54", "55"):
        want(document, "DE-R-024-1", means, card)
        want(document, "DE-R-024-2", means, not transfer and not debit)
    elif code == "59":
        account = means.value("cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID")
        want(document, "DE-R-020", means, identifiers.iban(account), value=account)
        want(document, "DE-R-025-1", means, debit)
        want(document, "DE-R-025-2", means, not transfer and not card)
