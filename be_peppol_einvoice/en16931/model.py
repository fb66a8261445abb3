# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The semantic model of EN 16931: an invoice as its business terms, whatever the syntax it came in.

Each field names its business term (BT) or group (BG) and where UBL keeps it; :mod:`.ubl` fills the model from there,
:mod:`.cii` by way of the same places. ``where`` of each group tells the place of every term that was given.
"""

# ruff: noqa: RUF009 (the functions called below make fields: each call is meant)
import datetime
from dataclasses import dataclass, field, fields
from decimal import Decimal


def term(name: str, path: str, kind: str = "text"):
    """A business term: its name, its place below the group, and its kind (text, decimal, date or indicator)."""
    return field(default=None, metadata={"term": name, "path": path, "kind": kind})


def texts(name: str, path: str):
    """A business term that repeats."""
    return field(default_factory=list, metadata={"term": name, "path": path, "kind": "texts"})


def group(name: str, kind: type, path: str, many: bool = False, only: str | None = None):
    """A business group; ``only`` names the test that its element must pass."""
    metadata = {"term": name, "path": path, "kind": kind, "many": many, "only": only}
    return field(default_factory=list, metadata=metadata) if many else field(default=None, metadata=metadata)


@dataclass
class Place:
    """Where a term stands in the source: an XPath and a line."""

    path: str
    line: int | None


@dataclass
class Group:
    """A business group: its terms, and where each of them stands (by the name of the field)."""

    where: dict[str, Place] = field(default_factory=dict, repr=False, compare=False)

    def terms(self) -> dict[str, object]:
        """The terms that are given, by their number.

        >>> Address(country="BE").terms()
        {'BT-40': 'BE'}
        """
        found = {}
        for item in fields(self):
            name = item.metadata.get("term")
            value = getattr(self, item.name)
            if name and value not in (None, []):
                found[name] = value
        return found


@dataclass
class Address(Group):
    """BG-5, BG-8, BG-12, BG-15; the terms are numbered as for the seller."""

    street: str | None = term("BT-35", "cbc:StreetName")
    second_line: str | None = term("BT-36", "cbc:AdditionalStreetName")
    third_line: str | None = term("BT-162", "cac:AddressLine/cbc:Line")
    city: str | None = term("BT-37", "cbc:CityName")
    post_code: str | None = term("BT-38", "cbc:PostalZone")
    region: str | None = term("BT-39", "cbc:CountrySubentity")
    country: str | None = term("BT-40", "cac:Country/cbc:IdentificationCode")


@dataclass
class Contact(Group):
    """BG-6, BG-9."""

    name: str | None = term("BT-41", "cbc:Name")
    telephone: str | None = term("BT-42", "cbc:Telephone")
    email: str | None = term("BT-43", "cbc:ElectronicMail")


@dataclass
class Party(Group):
    """BG-4 (seller), BG-7 (buyer), BG-11 (tax representative); the terms are numbered as for the seller."""

    name: str | None = term("BT-27", "cac:PartyLegalEntity/cbc:RegistrationName")
    trading_name: str | None = term("BT-28", "cac:PartyName/cbc:Name")
    identifiers: list[str] = texts("BT-29", "cac:PartyIdentification/cbc:ID")
    legal_id: str | None = term("BT-30", "cac:PartyLegalEntity/cbc:CompanyID")
    legal_id_scheme: str | None = term("BT-30-1", "cac:PartyLegalEntity/cbc:CompanyID/@schemeID")
    vat_id: str | None = term("BT-31", "cac:PartyTaxScheme[VAT]/cbc:CompanyID")
    tax_id: str | None = term("BT-32", "cac:PartyTaxScheme[other]/cbc:CompanyID")
    legal_form: str | None = term("BT-33", "cac:PartyLegalEntity/cbc:CompanyLegalForm")
    endpoint: str | None = term("BT-34", "cbc:EndpointID")
    endpoint_scheme: str | None = term("BT-34-1", "cbc:EndpointID/@schemeID")
    address: Address | None = group("BG-5", Address, "cac:PostalAddress")
    contact: Contact | None = group("BG-6", Contact, "cac:Contact")


@dataclass
class Delivery(Group):
    """BG-13."""

    name: str | None = term("BT-70", "cac:DeliveryParty/cac:PartyName/cbc:Name")
    location: str | None = term("BT-71", "cac:DeliveryLocation/cbc:ID")
    date: datetime.date | None = term("BT-72", "cbc:ActualDeliveryDate", "date")
    address: Address | None = group("BG-15", Address, "cac:DeliveryLocation/cac:Address")


@dataclass
class Period(Group):
    """BG-14 (document), BG-26 (line); the terms are numbered as for the document."""

    start: datetime.date | None = term("BT-73", "cbc:StartDate", "date")
    end: datetime.date | None = term("BT-74", "cbc:EndDate", "date")
    tax_point_code: str | None = term("BT-8", "cbc:DescriptionCode")


@dataclass
class Payment(Group):
    """BG-16 with BG-17 to BG-19."""

    means_code: str | None = term("BT-81", "cbc:PaymentMeansCode")
    means_text: str | None = term("BT-82", "cbc:PaymentMeansCode/@name")
    reference: str | None = term("BT-83", "cbc:PaymentID")
    account: str | None = term("BT-84", "cac:PayeeFinancialAccount/cbc:ID")
    account_name: str | None = term("BT-85", "cac:PayeeFinancialAccount/cbc:Name")
    bank: str | None = term("BT-86", "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID")
    card_number: str | None = term("BT-87", "cac:CardAccount/cbc:PrimaryAccountNumberID")
    mandate: str | None = term("BT-89", "cac:PaymentMandate/cbc:ID")
    debited_account: str | None = term("BT-91", "cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID")


@dataclass
class Allowance(Group):
    """BG-20, BG-21 (document), BG-27, BG-28 (line); the terms are numbered as for BG-20."""

    amount: Decimal | None = term("BT-92", "cbc:Amount", "decimal")
    base: Decimal | None = term("BT-93", "cbc:BaseAmount", "decimal")
    percentage: Decimal | None = term("BT-94", "cbc:MultiplierFactorNumeric", "decimal")
    vat_category: str | None = term("BT-95", "cac:TaxCategory/cbc:ID")
    vat_rate: Decimal | None = term("BT-96", "cac:TaxCategory/cbc:Percent", "decimal")
    reason: str | None = term("BT-97", "cbc:AllowanceChargeReason")
    reason_code: str | None = term("BT-98", "cbc:AllowanceChargeReasonCode")


@dataclass
class Totals(Group):
    """BG-22; VAT totals are with the invoice."""

    lines: Decimal | None = term("BT-106", "cbc:LineExtensionAmount", "decimal")
    allowances: Decimal | None = term("BT-107", "cbc:AllowanceTotalAmount", "decimal")
    charges: Decimal | None = term("BT-108", "cbc:ChargeTotalAmount", "decimal")
    without_vat: Decimal | None = term("BT-109", "cbc:TaxExclusiveAmount", "decimal")
    with_vat: Decimal | None = term("BT-112", "cbc:TaxInclusiveAmount", "decimal")
    paid: Decimal | None = term("BT-113", "cbc:PrepaidAmount", "decimal")
    rounding: Decimal | None = term("BT-114", "cbc:PayableRoundingAmount", "decimal")
    due: Decimal | None = term("BT-115", "cbc:PayableAmount", "decimal")


@dataclass
class VatBreakdown(Group):
    """BG-23."""

    taxable: Decimal | None = term("BT-116", "cbc:TaxableAmount", "decimal")
    tax: Decimal | None = term("BT-117", "cbc:TaxAmount", "decimal")
    category: str | None = term("BT-118", "cac:TaxCategory/cbc:ID")
    rate: Decimal | None = term("BT-119", "cac:TaxCategory/cbc:Percent", "decimal")
    exemption_reason: str | None = term("BT-120", "cac:TaxCategory/cbc:TaxExemptionReason")
    exemption_code: str | None = term("BT-121", "cac:TaxCategory/cbc:TaxExemptionReasonCode")


@dataclass
class Attachment(Group):
    """BG-24."""

    reference: str | None = term("BT-122", "cbc:ID")
    description: str | None = term("BT-123", "cbc:DocumentDescription")
    link: str | None = term("BT-124", "cac:Attachment/cac:ExternalReference/cbc:URI")
    content: str | None = term("BT-125", "cac:Attachment/cbc:EmbeddedDocumentBinaryObject")
    mime: str | None = term("BT-125-1", "cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@mimeCode")
    filename: str | None = term("BT-125-2", "cac:Attachment/cbc:EmbeddedDocumentBinaryObject/@filename")


@dataclass
class Reference(Group):
    """BG-3."""

    number: str | None = term("BT-25", "cac:InvoiceDocumentReference/cbc:ID")
    date: datetime.date | None = term("BT-26", "cac:InvoiceDocumentReference/cbc:IssueDate", "date")


@dataclass
class Line(Group):
    """BG-25 with BG-29 to BG-31."""

    number: str | None = term("BT-126", "cbc:ID")
    note: str | None = term("BT-127", "cbc:Note")
    object: str | None = term("BT-128", "cac:DocumentReference/cbc:ID")
    quantity: Decimal | None = term("BT-129", "cbc:InvoicedQuantity|cbc:CreditedQuantity", "decimal")
    unit: str | None = term("BT-130", "cbc:InvoicedQuantity/@unitCode|cbc:CreditedQuantity/@unitCode")
    net: Decimal | None = term("BT-131", "cbc:LineExtensionAmount", "decimal")
    order_line: str | None = term("BT-132", "cac:OrderLineReference/cbc:LineID")
    accounting: str | None = term("BT-133", "cbc:AccountingCost")
    period: Period | None = group("BG-26", Period, "cac:InvoicePeriod")
    allowances: list[Allowance] = group("BG-27", Allowance, "cac:AllowanceCharge", True, "allowance")
    charges: list[Allowance] = group("BG-28", Allowance, "cac:AllowanceCharge", True, "charge")
    price: Decimal | None = term("BT-146", "cac:Price/cbc:PriceAmount", "decimal")
    discount: Decimal | None = term("BT-147", "cac:Price/cac:AllowanceCharge/cbc:Amount", "decimal")
    gross_price: Decimal | None = term("BT-148", "cac:Price/cac:AllowanceCharge/cbc:BaseAmount", "decimal")
    price_quantity: Decimal | None = term("BT-149", "cac:Price/cbc:BaseQuantity", "decimal")
    vat_category: str | None = term("BT-151", "cac:Item/cac:ClassifiedTaxCategory/cbc:ID")
    vat_rate: Decimal | None = term("BT-152", "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", "decimal")
    name: str | None = term("BT-153", "cac:Item/cbc:Name")
    description: str | None = term("BT-154", "cac:Item/cbc:Description")
    seller_item: str | None = term("BT-155", "cac:Item/cac:SellersItemIdentification/cbc:ID")
    buyer_item: str | None = term("BT-156", "cac:Item/cac:BuyersItemIdentification/cbc:ID")
    standard_item: str | None = term("BT-157", "cac:Item/cac:StandardItemIdentification/cbc:ID")
    origin: str | None = term("BT-159", "cac:Item/cac:OriginCountry/cbc:IdentificationCode")


@dataclass
class Invoice(Group):
    """An invoice or credit note. ``syntax`` is UBL or CII, ``credit`` tells a credit note."""

    syntax: str = "UBL"
    credit: bool = False
    number: str | None = term("BT-1", "cbc:ID")
    date: datetime.date | None = term("BT-2", "cbc:IssueDate", "date")
    type_code: str | None = term("BT-3", "cbc:InvoiceTypeCode|cbc:CreditNoteTypeCode")
    currency: str | None = term("BT-5", "cbc:DocumentCurrencyCode")
    vat_currency: str | None = term("BT-6", "cbc:TaxCurrencyCode")
    tax_point: datetime.date | None = term("BT-7", "cbc:TaxPointDate", "date")
    due_date: datetime.date | None = term("BT-9", "cbc:DueDate|cac:PaymentMeans/cbc:PaymentDueDate", "date")
    buyer_reference: str | None = term("BT-10", "cbc:BuyerReference")
    project: str | None = term("BT-11", "cac:ProjectReference/cbc:ID")
    contract: str | None = term("BT-12", "cac:ContractDocumentReference/cbc:ID")
    order: str | None = term("BT-13", "cac:OrderReference/cbc:ID")
    sales_order: str | None = term("BT-14", "cac:OrderReference/cbc:SalesOrderID")
    accounting: str | None = term("BT-19", "cbc:AccountingCost")
    payment_terms: str | None = term("BT-20", "cac:PaymentTerms/cbc:Note")
    notes: list[str] = texts("BT-22", "cbc:Note")
    process: str | None = term("BT-23", "cbc:ProfileID")
    specification: str | None = term("BT-24", "cbc:CustomizationID")
    preceding: list[Reference] = group("BG-3", Reference, "cac:BillingReference", True)
    seller: Party | None = group("BG-4", Party, "cac:AccountingSupplierParty/cac:Party")
    buyer: Party | None = group("BG-7", Party, "cac:AccountingCustomerParty/cac:Party")
    payee: Party | None = group("BG-10", Party, "cac:PayeeParty")
    tax_representative: Party | None = group("BG-11", Party, "cac:TaxRepresentativeParty")
    delivery: Delivery | None = group("BG-13", Delivery, "cac:Delivery")
    period: Period | None = group("BG-14", Period, "cac:InvoicePeriod")
    payments: list[Payment] = group("BG-16", Payment, "cac:PaymentMeans", True)
    allowances: list[Allowance] = group("BG-20", Allowance, "cac:AllowanceCharge", True, "allowance")
    charges: list[Allowance] = group("BG-21", Allowance, "cac:AllowanceCharge", True, "charge")
    totals: Totals | None = group("BG-22", Totals, "cac:LegalMonetaryTotal")
    vat_total: Decimal | None = term("BT-110", "cac:TaxTotal[own]/cbc:TaxAmount", "decimal")
    vat_total_accounting: Decimal | None = term("BT-111", "cac:TaxTotal[foreign]/cbc:TaxAmount", "decimal")
    vat: list[VatBreakdown] = group("BG-23", VatBreakdown, "cac:TaxTotal/cac:TaxSubtotal", True)
    attachments: list[Attachment] = group("BG-24", Attachment, "cac:AdditionalDocumentReference", True)
    lines: list[Line] = group("BG-25", Line, "cac:InvoiceLine|cac:CreditNoteLine", True)
