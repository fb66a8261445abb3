# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading UN/CEFACT Cross Industry Invoices (Factur-X, ZUGFeRD, XRechnung CII).

A CII document is written out as the UBL document with the same business terms, and each element remembers the one it
came from: so one set of rules and one model serve both syntaxes, and findings name places in the CII document.

Source: the syntax bindings CEN/TS 16931-3-2 (UBL) and 16931-3-3 (CII).
"""

from lxml import etree

from .document import CREDIT_NOTE, INVOICE
from .plan import CAC, CBC

RSM = "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100}"
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
UDT = "{urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100}"
QDT = "{urn:un:unece:uncefact:data:standard:QualifiedDataType:100}"
CII_ROOT = RSM + "CrossIndustryInvoice"
CREDIT_TYPES = frozenset(["81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"])


def _find(element, path):
    """The descendants at a path of names, all of ram unless they begin with udt: or qdt:."""
    found = [element]
    for step in path.split("/"):
        if step.startswith("udt:"):
            name = UDT + step[4:]
        elif step.startswith("qdt:"):
            name = QDT + step[4:]
        else:
            name = RAM + step
        found = [kid for item in found for kid in item.iterchildren(name)]
    return found


def _first(element, path):
    found = [] if element is None else _find(element, path)
    return found[0] if found else None


def _text(element, path):
    found = _first(element, path)
    return None if found is None else (found.text or "")


class _Writer:
    """Builds the UBL document and remembers where its elements came from."""

    def __init__(self, tag, source):
        self.root = etree.Element(tag)
        self.origin = {self.root: source}

    def group(self, parent, tag, source):
        """A new aggregate element below parent."""
        element = etree.SubElement(parent, CAC + tag)
        self.origin[element] = source
        return element

    def path(self, parent, path, source):
        """The aggregate at a path below parent, made where it is missing."""
        for tag in path.split("/") if path else ():
            kid = parent.find(CAC + tag)
            parent = self.group(parent, tag, source) if kid is None else kid
        return parent

    def text(self, parent, path, source, text=None, **attributes):
        """A basic element at path (aggregates/Name) with the text of source; nothing where source is None."""
        if source is None:
            return None
        where, _slash, name = path.rpartition("/")
        element = etree.SubElement(self.path(parent, where, source), CBC + name)
        element.text = source.text if text is None else text
        for key, value in attributes.items():
            if value is not None:
                element.set(key, value)
        self.origin[element] = source
        return element

    def take(self, parent, path, element, source_path, *attributes, **defaults):
        """Take over the first element at source_path, with some of its attributes."""
        source = _first(element, source_path)
        if source is not None:
            values = {**defaults, **{key: source.get(key) for key in attributes if source.get(key) is not None}}
            self.text(parent, path, source, **values)
        return source

    def date(self, parent, path, element, source_path):
        """A date written as in CII (format 102: year, month, day without signs)."""
        source = _first(element, source_path)
        if source is None:
            return
        text = (source.text or "").strip()
        if source.get("format") == "102":
            if len(text) == 8 and text.isdigit():
                text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        elif path == "IssueDate":
            return  # without its format it is no date: the invoice has none
        self.text(parent, path, source, text)

    def amount(self, parent, name, element, source_path, currency):
        source = _first(element, source_path)
        if source is not None:
            self.text(parent, name, source, currencyID=source.get("currencyID") or currency)
        return source


def convert(root):
    """The UBL root element with the terms of a CII root element, and a map from its elements to the CII ones."""
    document = next(root.iterchildren(RSM + "ExchangedDocument"), None)
    transaction = next(root.iterchildren(RSM + "SupplyChainTradeTransaction"), None)
    kind = (_text(document, "TypeCode") or "").strip()
    credit = kind in CREDIT_TYPES
    writer = _Writer(CREDIT_NOTE if credit else INVOICE, root)
    agreement = _first(transaction, "ApplicableHeaderTradeAgreement")
    delivery = _first(transaction, "ApplicableHeaderTradeDelivery")
    settlement = _first(transaction, "ApplicableHeaderTradeSettlement")
    _head(writer, root, document, agreement, settlement, credit)
    _references(writer, agreement, delivery, settlement)
    _parties(writer, agreement, settlement)
    _delivery(writer, delivery)
    currency = _text(settlement, "InvoiceCurrencyCode")
    if settlement is not None:
        _payment(writer, settlement)
        for item in _find(settlement, "SpecifiedTradeAllowanceCharge"):
            _allowance(writer, writer.root, item, currency)
        _taxes(writer, settlement, currency)
        _totals(writer, settlement, currency)
    for item in [] if transaction is None else _find(transaction, "IncludedSupplyChainTradeLineItem"):
        _line(writer, item, currency, credit)
    return writer.root, writer.origin


def _head(writer, root, document, agreement, settlement, credit):
    context = next(root.iterchildren(RSM + "ExchangedDocumentContext"), None)
    out = writer.root
    writer.take(out, "CustomizationID", context, "GuidelineSpecifiedDocumentContextParameter/ID")
    writer.take(out, "ProfileID", context, "BusinessProcessSpecifiedDocumentContextParameter/ID")
    writer.take(out, "ID", document, "ID")
    writer.date(out, "IssueDate", document, "IssueDateTime/udt:DateTimeString")
    writer.take(out, "CreditNoteTypeCode" if credit else "InvoiceTypeCode", document, "TypeCode")
    for note in [] if document is None else _find(document, "IncludedNote"):
        content = _first(note, "Content")
        subject = _text(note, "SubjectCode")
        if content is not None:
            writer.text(out, "Note", content, f"#{subject}#{content.text or ''}" if subject else None)
    writer.take(out, "DocumentCurrencyCode", settlement, "InvoiceCurrencyCode")
    writer.take(out, "TaxCurrencyCode", settlement, "TaxCurrencyCode")
    writer.take(out, "AccountingCost", settlement, "ReceivableSpecifiedTradeAccountingAccount/ID")
    writer.take(out, "BuyerReference", agreement, "BuyerReference")
    writer.date(out, "TaxPointDate", settlement, "ApplicableTradeTax/TaxPointDate/udt:DateString")
    writer.date(out, "DueDate", settlement, "SpecifiedTradePaymentTerms/DueDateDateTime/udt:DateTimeString")
    period = _first(settlement, "BillingSpecifiedPeriod")
    code = _first(settlement, "ApplicableTradeTax/DueDateTypeCode")
    if period is not None or code is not None:
        target = writer.group(out, "InvoicePeriod", code if period is None else period)
        writer.date(target, "StartDate", period, "StartDateTime/udt:DateTimeString")
        writer.date(target, "EndDate", period, "EndDateTime/udt:DateTimeString")
        # CII counts its time references by UNTDID 2475, UBL by UNTDID 2005.
        codes = {"5": "3", "29": "35", "72": "432"}
        writer.text(target, "DescriptionCode", code, None if code is None else codes.get(code.text, code.text))


def _references(writer, agreement, delivery, settlement):
    out = writer.root
    writer.take(out, "OrderReference/ID", agreement, "BuyerOrderReferencedDocument/IssuerAssignedID")
    writer.take(out, "OrderReference/SalesOrderID", agreement, "SellerOrderReferencedDocument/IssuerAssignedID")
    for item in [] if settlement is None else _find(settlement, "InvoiceReferencedDocument"):
        target = writer.group(out, "BillingReference", item)
        writer.take(target, "InvoiceDocumentReference/ID", item, "IssuerAssignedID")
        writer.date(target, "InvoiceDocumentReference/IssueDate", item, "FormattedIssueDateTime/qdt:DateTimeString")
    writer.take(out, "DespatchDocumentReference/ID", delivery, "DespatchAdviceReferencedDocument/IssuerAssignedID")
    writer.take(out, "ReceiptDocumentReference/ID", delivery, "ReceivingAdviceReferencedDocument/IssuerAssignedID")
    writer.take(out, "ContractDocumentReference/ID", agreement, "ContractReferencedDocument/IssuerAssignedID")
    writer.take(out, "ProjectReference/ID", agreement, "SpecifiedProcuringProject/ID")
    for item in [] if agreement is None else _find(agreement, "AdditionalReferencedDocument"):
        kind = (_text(item, "TypeCode") or "").strip()
        if kind == "50":
            writer.take(out, "OriginatorDocumentReference/ID", item, "IssuerAssignedID")
            continue
        target = writer.group(out, "AdditionalDocumentReference", item)
        scheme = _text(item, "ReferenceTypeCode") if kind == "130" else None
        writer.text(target, "ID", _first(item, "IssuerAssignedID"), schemeID=scheme)
        if kind == "130":
            writer.take(target, "DocumentTypeCode", item, "TypeCode")
        writer.take(target, "DocumentDescription", item, "Name")
        content = _first(item, "AttachmentBinaryObject")
        if content is not None:
            values = {"mimeCode": content.get("mimeCode"), "filename": content.get("filename")}
            writer.text(target, "Attachment/EmbeddedDocumentBinaryObject", content, **values)
        writer.take(target, "Attachment/ExternalReference/URI", item, "URIID")


def _parties(writer, agreement, settlement):
    seller = _first(agreement, "SellerTradeParty")
    if seller is not None:
        role = writer.group(writer.root, "AccountingSupplierParty", seller)
        _party(writer, writer.group(role, "Party", seller), seller)
        creditor = _first(settlement, "CreditorReferenceID")
        if creditor is not None:
            writer.text(writer.group(role[0], "PartyIdentification", creditor), "ID", creditor, schemeID="SEPA")
    buyer = _first(agreement, "BuyerTradeParty")
    if buyer is not None:
        role = writer.group(writer.root, "AccountingCustomerParty", buyer)
        _party(writer, writer.group(role, "Party", buyer), buyer)
    payee = _first(settlement, "PayeeTradeParty")
    if payee is not None:
        target = writer.group(writer.root, "PayeeParty", payee)
        _identifiers(writer, target, payee)
        writer.take(target, "PartyName/Name", payee, "Name")
        writer.take(target, "PartyLegalEntity/CompanyID", payee, "SpecifiedLegalOrganization/ID", "schemeID")
    representative = _first(agreement, "SellerTaxRepresentativeTradeParty")
    if representative is not None:
        target = writer.group(writer.root, "TaxRepresentativeParty", representative)
        writer.take(target, "PartyName/Name", representative, "Name")
        _address(writer, target, "PostalAddress", representative)
        _registrations(writer, target, representative)


def _identifiers(writer, target, party):
    for path in ("GlobalID", "ID"):
        for item in _find(party, path):
            place = writer.group(target, "PartyIdentification", item)
            writer.text(place, "ID", item, schemeID=item.get("schemeID"))


def _registrations(writer, target, party):
    for item in _find(party, "SpecifiedTaxRegistration"):
        number = _first(item, "ID")
        # VA is a VAT registration, FC a tax number of another kind; others have no term in EN 16931.
        scheme = None if number is None else {"VA": "VAT", "FC": "TAX"}.get(number.get("schemeID"))
        if scheme:
            place = writer.group(target, "PartyTaxScheme", item)
            writer.text(place, "CompanyID", number)
            writer.text(place, "TaxScheme/ID", number, scheme)


def _party(writer, target, party):
    writer.take(target, "EndpointID", party, "URIUniversalCommunication/URIID", "schemeID")
    _identifiers(writer, target, party)
    writer.take(target, "PartyName/Name", party, "SpecifiedLegalOrganization/TradingBusinessName")
    _address(writer, target, "PostalAddress", party)
    _registrations(writer, target, party)
    writer.take(target, "PartyLegalEntity/RegistrationName", party, "Name")
    writer.take(target, "PartyLegalEntity/CompanyID", party, "SpecifiedLegalOrganization/ID", "schemeID")
    writer.take(target, "PartyLegalEntity/CompanyLegalForm", party, "Description")
    contact = _first(party, "DefinedTradeContact")
    if contact is not None:
        place = writer.group(target, "Contact", contact)
        name = "PersonName" if _first(contact, "PersonName") is not None else "DepartmentName"
        writer.take(place, "Name", contact, name)
        writer.take(place, "Telephone", contact, "TelephoneUniversalCommunication/CompleteNumber")
        writer.take(place, "ElectronicMail", contact, "EmailURIUniversalCommunication/URIID")


def _address(writer, target, tag, party):
    source = _first(party, "PostalTradeAddress")
    if source is None:
        return
    place = writer.group(target, tag, source)
    for name, path in (
        ("StreetName", "LineOne"),
        ("AdditionalStreetName", "LineTwo"),
        ("CityName", "CityName"),
        ("PostalZone", "PostcodeCode"),
        ("CountrySubentity", "CountrySubDivisionName"),
        ("AddressLine/Line", "LineThree"),
        ("Country/IdentificationCode", "CountryID"),
    ):
        writer.take(place, name, source, path)


def _delivery(writer, delivery):
    party = _first(delivery, "ShipToTradeParty")
    date = _first(delivery, "ActualDeliverySupplyChainEvent/OccurrenceDateTime/udt:DateTimeString")
    if party is None and date is None:
        return
    target = writer.group(writer.root, "Delivery", date if party is None else party)
    path = "ActualDeliverySupplyChainEvent/OccurrenceDateTime/udt:DateTimeString"
    writer.date(target, "ActualDeliveryDate", delivery, path)
    if party is not None:
        identifier = "GlobalID" if _first(party, "GlobalID") is not None else "ID"
        writer.take(target, "DeliveryLocation/ID", party, identifier, "schemeID")
        if _first(party, "PostalTradeAddress") is not None:
            _address(writer, writer.path(target, "DeliveryLocation", party), "Address", party)
        writer.take(target, "DeliveryParty/PartyName/Name", party, "Name")


def _payment(writer, settlement):
    reference = _first(settlement, "PaymentReference")
    mandate = _first(settlement, "SpecifiedTradePaymentTerms/DirectDebitMandateID")
    for item in _find(settlement, "SpecifiedTradeSettlementPaymentMeans"):
        target = writer.group(writer.root, "PaymentMeans", item)
        writer.text(target, "PaymentMeansCode", _first(item, "TypeCode"), name=_text(item, "Information"))
        writer.text(target, "PaymentID", reference)
        card = _first(item, "ApplicableTradeSettlementFinancialCard")
        if card is not None:
            writer.take(target, "CardAccount/PrimaryAccountNumberID", card, "ID")
            writer.take(target, "CardAccount/HolderName", card, "CardholderName")
        account = _first(item, "PayeePartyCreditorFinancialAccount")
        if account is not None:
            place = writer.group(target, "PayeeFinancialAccount", account)
            name = "IBANID" if _first(account, "IBANID") is not None else "ProprietaryID"
            writer.take(place, "ID", account, name)
            writer.take(place, "Name", account, "AccountName")
            path = "PayeeSpecifiedCreditorFinancialInstitution/BICID"
            writer.take(place, "FinancialInstitutionBranch/ID", item, path)
        debited = _first(item, "PayerPartyDebtorFinancialAccount/IBANID")
        if debited is not None or mandate is not None:
            place = writer.group(target, "PaymentMandate", mandate if debited is None else debited)
            writer.text(place, "ID", mandate)
            writer.text(place, "PayerFinancialAccount/ID", debited)
    writer.take(writer.root, "PaymentTerms/Note", settlement, "SpecifiedTradePaymentTerms/Description")


def _allowance(writer, parent, item, currency):
    target = writer.group(parent, "AllowanceCharge", item)
    writer.take(target, "ChargeIndicator", item, "ChargeIndicator/udt:Indicator")
    writer.take(target, "AllowanceChargeReasonCode", item, "ReasonCode")
    writer.take(target, "AllowanceChargeReason", item, "Reason")
    writer.take(target, "MultiplierFactorNumeric", item, "CalculationPercent")
    writer.amount(target, "Amount", item, "ActualAmount", currency)
    writer.amount(target, "BaseAmount", item, "BasisAmount", currency)
    tax = _first(item, "CategoryTradeTax")
    if tax is not None:
        _category(writer, target, "TaxCategory", tax)


def _category(writer, parent, tag, tax):
    target = writer.group(parent, tag, tax)
    writer.take(target, "ID", tax, "CategoryCode")
    writer.take(target, "Percent", tax, "RateApplicablePercent")
    writer.take(target, "TaxExemptionReasonCode", tax, "ExemptionReasonCode")
    writer.take(target, "TaxExemptionReason", tax, "ExemptionReason")
    writer.take(target, "TaxScheme/ID", tax, "TypeCode")


def _taxes(writer, settlement, currency):
    taxes = _find(settlement, "ApplicableTradeTax")
    totals = _find(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount")
    own = [item for item in totals if item.get("currencyID") in (None, currency)]
    if taxes or own:
        target = writer.group(writer.root, "TaxTotal", own[0] if own else taxes[0])
        # A CII document without VAT may leave its total out, where UBL states zero.
        total = own[0] if own else taxes[0]
        text = None if own else "0"
        writer.text(target, "TaxAmount", total, text, currencyID=total.get("currencyID") or currency)
        for tax in taxes:
            place = writer.group(target, "TaxSubtotal", tax)
            writer.amount(place, "TaxableAmount", tax, "BasisAmount", currency)
            writer.amount(place, "TaxAmount", tax, "CalculatedAmount", currency)
            _category(writer, place, "TaxCategory", tax)
    for item in totals:
        if item not in own[:1]:
            target = writer.group(writer.root, "TaxTotal", item)
            writer.text(target, "TaxAmount", item, currencyID=item.get("currencyID") or currency)


def _totals(writer, settlement, currency):
    source = _first(settlement, "SpecifiedTradeSettlementHeaderMonetarySummation")
    if source is None:
        return
    target = writer.group(writer.root, "LegalMonetaryTotal", source)
    for name, path in (
        ("LineExtensionAmount", "LineTotalAmount"),
        ("TaxExclusiveAmount", "TaxBasisTotalAmount"),
        ("TaxInclusiveAmount", "GrandTotalAmount"),
        ("AllowanceTotalAmount", "AllowanceTotalAmount"),
        ("ChargeTotalAmount", "ChargeTotalAmount"),
        ("PrepaidAmount", "TotalPrepaidAmount"),
        ("PayableRoundingAmount", "RoundingAmount"),
        ("PayableAmount", "DuePayableAmount"),
    ):
        writer.amount(target, name, source, path, currency)


def _line(writer, item, currency, credit):
    target = writer.group(writer.root, "CreditNoteLine" if credit else "InvoiceLine", item)
    agreement = _first(item, "SpecifiedLineTradeAgreement")
    settlement = _first(item, "SpecifiedLineTradeSettlement")
    writer.take(target, "ID", item, "AssociatedDocumentLineDocument/LineID")
    writer.take(target, "Note", item, "AssociatedDocumentLineDocument/IncludedNote/Content")
    name = "CreditedQuantity" if credit else "InvoicedQuantity"
    writer.take(target, name, item, "SpecifiedLineTradeDelivery/BilledQuantity", "unitCode")
    path = "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount"
    writer.amount(target, "LineExtensionAmount", settlement, path, currency)
    writer.take(target, "AccountingCost", settlement, "ReceivableSpecifiedTradeAccountingAccount/ID")
    period = _first(settlement, "BillingSpecifiedPeriod")
    if period is not None:
        place = writer.group(target, "InvoicePeriod", period)
        writer.date(place, "StartDate", period, "StartDateTime/udt:DateTimeString")
        writer.date(place, "EndDate", period, "EndDateTime/udt:DateTimeString")
    writer.take(target, "OrderLineReference/LineID", agreement, "BuyerOrderReferencedDocument/LineID")
    for reference in [] if settlement is None else _find(settlement, "AdditionalReferencedDocument"):
        place = writer.group(target, "DocumentReference", reference)
        scheme = _text(reference, "ReferenceTypeCode")
        writer.text(place, "ID", _first(reference, "IssuerAssignedID"), schemeID=scheme)
        writer.take(place, "DocumentTypeCode", reference, "TypeCode")
    for charge in [] if settlement is None else _find(settlement, "SpecifiedTradeAllowanceCharge"):
        _allowance(writer, target, charge, currency)
    _item(writer, target, item, settlement)
    _price(writer, target, agreement, currency)


def _item(writer, target, item, settlement):
    product = _first(item, "SpecifiedTradeProduct")
    place = writer.group(target, "Item", item if product is None else product)
    writer.take(place, "Description", product, "Description")
    writer.take(place, "Name", product, "Name")
    writer.take(place, "BuyersItemIdentification/ID", product, "BuyerAssignedID")
    writer.take(place, "SellersItemIdentification/ID", product, "SellerAssignedID")
    writer.take(place, "StandardItemIdentification/ID", product, "GlobalID", "schemeID")
    writer.take(place, "OriginCountry/IdentificationCode", product, "OriginTradeCountry/ID")
    for code in [] if product is None else _find(product, "DesignatedProductClassification/ClassCode"):
        group = writer.group(place, "CommodityClassification", code)
        writer.text(group, "ItemClassificationCode", code, listID=code.get("listID"))
    for tax in [] if settlement is None else _find(settlement, "ApplicableTradeTax"):
        _category(writer, place, "ClassifiedTaxCategory", tax)
    for detail in [] if product is None else _find(product, "ApplicableProductCharacteristic"):
        group = writer.group(place, "AdditionalItemProperty", detail)
        writer.take(group, "Name", detail, "Description")
        writer.take(group, "Value", detail, "Value")


def _price(writer, target, agreement, currency):
    net = _first(agreement, "NetPriceProductTradePrice")
    gross = _first(agreement, "GrossPriceProductTradePrice")
    if net is None and gross is None:
        return
    place = writer.group(target, "Price", gross if net is None else net)
    writer.amount(place, "PriceAmount", net, "ChargeAmount", currency)
    for source in (net, gross):
        if _first(source, "BasisQuantity") is not None:
            writer.take(place, "BaseQuantity", source, "BasisQuantity", "unitCode")
            break
    if gross is not None:
        discount = writer.group(place, "AllowanceCharge", gross)
        writer.text(discount, "ChargeIndicator", gross, "false")
        writer.amount(discount, "Amount", gross, "AppliedTradeAllowanceCharge/ActualAmount", currency)
        writer.amount(discount, "BaseAmount", gross, "ChargeAmount", currency)


SYNTAX_RULES = ("UBL-SR-", "UBL-CR-", "UBL-DT-")


def adapt(rule, values):
    """CII documents are judged by the business rules: rules on UBL's syntax do not concern them."""
    return () if rule.startswith(SYNTAX_RULES) else (rule,)
