# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rule sets, structure, the semantic model, CII and hybrid PDFs."""

import ast
import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import en16931
import pytest
from en16931 import structure, validate
from en16931.cii import RAM, RSM, UDT
from en16931.ubl import read
from lxml import etree
from sample_invoices import BUYER, SELLER, invoice

PACKAGE = Path(en16931.__file__).parent


def modules():
    return [
        item.name for item in pkgutil.walk_packages([str(PACKAGE)], "en16931.") if not item.name.endswith("__main__")
    ]


@pytest.mark.parametrize("name", modules())
def test_doctests(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_package_knows_no_odoo_and_imports_relatively():
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module]
            for name in names:
                assert name.split(".")[0] not in ("odoo", "en16931"), path


# Rule sets ----------------------------------------------------------------------------------------------------------


def test_own_invoice_is_valid():
    report = validate(invoice(5))
    assert report.rules == "peppol"
    assert "Peppol BIS Billing 3.0.21" in report.version
    assert report.valid
    assert report.findings == []


@pytest.mark.parametrize(
    ("specification", "expected"),
    [
        ("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", "peppol"),
        ("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0", "peppol-sb"),
        ("urn:cen.eu:en16931:2017#conformant#urn:UBL.BE:1.0.0.20180214", "ublbe"),
        ("urn:peppol:pint:billing-1@eu-1", "pint-eu"),
        ("urn:cen.eu:en16931:2017", "en16931"),
        ("", "en16931"),
    ],
)
def test_rule_set_is_chosen_by_the_document(specification, expected):
    own = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    assert validate(invoice().replace(own.encode(), specification.encode())).rules == expected


def test_unknown_rule_set():
    with pytest.raises(ValueError, match="unknown rule set"):
        validate(invoice(), "peppol-4")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (None, "3.0.21"),
        (date(2026, 8, 17), "3.0.21"),
        (date(2026, 8, 16), "3.0.20"),
        (date(2020, 1, 1), "3.0.20"),
    ],
)
def test_rule_sets_are_dated(on, expected):
    assert expected in validate(invoice(), on=on).version


def test_a_rule_that_came_later():
    """Peppol BIS Billing 3.0.21 checks the form of Dutch numbers, and counts wrong Danish ones as fatal."""
    dutch = invoice().replace(b'schemeID="0208">0403170701', b'schemeID="0106">1234')
    assert "PEPPOL-COMMON-R054" in validate(dutch).ids[1]
    assert "PEPPOL-COMMON-R054" not in validate(dutch, on=date(2026, 8, 1)).ids[1]
    danish = invoice().replace(b'schemeID="0208">0403170701', b'schemeID="0096">1234')
    assert "PEPPOL-COMMON-R052" in validate(danish).ids[0]
    assert "PEPPOL-COMMON-R052" in validate(danish, on=date(2026, 8, 1)).ids[1]


def test_a_rule_that_went():
    """EN 16931 1.3.15 asked for a due date or payment terms."""
    data = invoice().replace(b"  <cbc:DueDate>2026-09-30</cbc:DueDate>\n", b"")
    assert validate(data, "en16931").valid
    report = validate(data, "en16931", date(2026, 1, 1))
    assert report.ids[0] == {"BR-CO-25"}
    assert report.version == "EN 16931 1.3.15"


def test_rounding_is_the_one_of_xpath():
    """Half a cent rounds up, also below zero: BR-CO-10 with lines of half cents."""
    text = invoice(1).decode().replace(">20.00<", ">20.005<", 1)
    assert "BR-CO-10" not in validate(text.replace(">20.005<", ">20.00<").encode()).ids[0]
    assert "UBL-DT-01" in validate(text.encode()).ids[0]


def test_belgian_number():
    report = validate(invoice().replace(b">0403170701<", b">0403170702<"))
    assert "PEPPOL-COMMON-R043" in report.ids[0]
    assert any("Belgian enterprise number" in finding.message() for finding in report.fatal)


# Structure ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<cbc:ID>2026-001</cbc:ID>", "", "UBL-MISSING"),
        ("<cbc:ID>2026-001</cbc:ID>", "<cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID>", "UBL-OFTEN"),
        ("<cbc:ID>2026-001</cbc:ID>", "<cbc:Nonsense>1</cbc:Nonsense>", "UBL-UNKNOWN"),
        ("<cbc:ProfileID>", "<cbc:BuyerReference>x</cbc:BuyerReference><cbc:ProfileID>", "UBL-ORDER"),
        (">2026-09-01<", ">1 September<", "UBL-VALUE"),
        (">21</cbc:Percent>", ">21%</cbc:Percent>", "UBL-VALUE"),
        (' unitCode="C62">2<', ' unit="C62">2<', "UBL-ATTRIBUTE"),
        (' currencyID="EUR"', "", "UBL-ATTRIBUTE-MISSING"),
        ("<cac:Country>", "<cac:Country>Belgium", "UBL-TEXT"),
        ("</cac:Country>", "</cac:Country>text", "UBL-TEXT"),
    ],
)
def test_structure(old, new, expected):
    data = invoice().decode()
    assert old in data
    report = validate(data.replace(old, new, 1).encode())
    assert expected in {finding.id for finding in report.structure}
    assert not report.valid
    for finding in report.structure:
        assert finding.path.startswith("/Invoice")
        assert finding.line
        assert finding.message("fr")


def test_extensions_hold_anything():
    extension = (
        '<ext:UBLExtensions xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2">'
        '<ext:UBLExtension><ext:ExtensionContent><x xmlns="urn:x"><y/></x></ext:ExtensionContent></ext:UBLExtension>'
        "</ext:UBLExtensions>"
    )
    text = invoice().decode().replace("<cbc:CustomizationID>", extension + "<cbc:CustomizationID>", 1)
    report = validate(text.encode(), "en16931")
    assert report.structure == []
    assert "UBL-CR-001" in report.ids[1]


def test_table_of_the_structure():
    assert ("cac:InvoiceLine", 1, structure._MANY) in structure.document("Invoice")
    assert structure.content("cac:AccountingSupplierParty")[3] == ("cac:Party", 0, 1)
    assert structure.content("cac:NoSuchThing") is None


# Model --------------------------------------------------------------------------------------------------------------


def test_model():
    document = read(invoice(2))
    assert (document.number, document.date, document.currency) == ("2026-001", date(2026, 9, 1), "EUR")
    assert document.seller.name == "Koffiebranderij De Proef BV"
    assert document.seller.vat_id == "BE0202239951"
    assert document.seller.endpoint_scheme == "0208"
    assert document.lines[1].net == Decimal("20.14")
    assert document.lines[1].terms()["BT-131"] == Decimal("20.14")
    assert document.totals.due == document.totals.without_vat + document.vat_total
    assert document.vat[0].rate == 21
    assert document.payments[0].account == "BE68539007547034"
    place = document.lines[1].where["net"]
    assert place.path == "/Invoice/cac:InvoiceLine[2]/cbc:LineExtensionAmount"
    assert b"20.14" in invoice(2).splitlines()[place.line - 1]
    assert not document.credit
    assert document.syntax == "UBL"


def test_model_of_a_report():
    assert validate(invoice()).model().buyer.name == "Theehuis Het Voorbeeld NV"
    assert validate(b"<a/>").model() is None


# CII ----------------------------------------------------------------------------------------------------------------


def cii(total="24.20", category="S") -> bytes:
    """A small Factur-X invoice of our own."""
    party = """<ram:{role}><ram:Name>{name}</ram:Name><ram:SpecifiedLegalOrganization>
      <ram:ID schemeID="0208">{number}</ram:ID></ram:SpecifiedLegalOrganization><ram:PostalTradeAddress>
      <ram:PostcodeCode>9000</ram:PostcodeCode><ram:CityName>Gent</ram:CityName><ram:CountryID>BE</ram:CountryID>
      </ram:PostalTradeAddress><ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">BE{number}</ram:ID>
      </ram:SpecifiedTaxRegistration></ram:{role}>"""
    seller = party.format(role="SellerTradeParty", name="De Proef", number="0202239951")
    buyer = party.format(role="BuyerTradeParty", name="Het Voorbeeld", number="0403170701")
    tax = f"<ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>{category}</ram:CategoryCode>"
    rate = "<ram:RateApplicablePercent>21</ram:RateApplicablePercent>"
    return f"""<rsm:CrossIndustryInvoice xmlns:rsm="{RSM[1:-1]}" xmlns:ram="{RAM[1:-1]}" xmlns:udt="{UDT[1:-1]}">
  <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
    <ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument><ram:ID>F-1</ram:ID><ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">20260901</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>Coffee</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>10.00</ram:ChargeAmount>
      </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">2</ram:BilledQuantity>
      </ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax>{tax}{rate}</ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>20.00</ram:LineTotalAmount>
        </ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>
    <ram:ApplicableHeaderTradeAgreement>{seller}{buyer}</ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
      <ram:ApplicableTradeTax><ram:CalculatedAmount>4.20</ram:CalculatedAmount>{tax}
        <ram:BasisAmount>20.00</ram:BasisAmount>{rate}</ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms><ram:Description>30 days</ram:Description></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>20.00</ram:LineTotalAmount>
        <ram:TaxBasisTotalAmount>20.00</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="EUR">4.20</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>{total}</ram:GrandTotalAmount><ram:DuePayableAmount>{total}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>""".encode()


def test_cii():
    report = validate(cii())
    assert report.valid, [finding.message() for finding in report.fatal]
    assert report.version.endswith("(CII)")
    document = read(cii())
    assert (document.syntax, document.number, document.date) == ("CII", "F-1", date(2026, 9, 1))
    assert document.lines[0].net == 20
    assert document.totals.with_vat == Decimal("24.20")


def test_cii_findings_name_the_cii_document():
    report = validate(cii(total="24.21"))
    (finding,) = report.fatal
    assert finding.id == "BR-CO-15"
    assert finding.path.endswith("/ram:GrandTotalAmount")
    assert b"GrandTotalAmount" in cii().splitlines()[finding.line - 1]
    assert "24,21" in finding.message("nl")
    assert "BR-AE-01" not in validate(cii(category="AE")).ids[0]
    assert "BR-AE-09" in validate(cii(category="AE")).ids[0]


# PDF ----------------------------------------------------------------------------------------------------------------


def pdf(name: str, content: bytes) -> bytes:
    """A PDF with one embedded file, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(" + name.encode() + b") 3 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
        b"<< /Type /Filespec /F (" + name.encode() + b") /UF (" + name.encode() + b") /EF << /F 4 0 R >> >>",
        b"<< /Type /EmbeddedFile /Length %d >>\nstream\n" % len(content) + content + b"\nendstream",
    ]
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


@pytest.fixture
def pdf_library():
    for name in ("pypdf", "PyPDF2"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    pytest.skip("neither pypdf nor PyPDF2 is installed")


def test_hybrid_pdf(pdf_library):
    report = validate(pdf("factur-x.xml", cii()))
    assert report.valid
    assert report.version.endswith("(CII)")
    assert read(pdf("factur-x.xml", cii())).number == "F-1"
    assert validate(pdf("invoice.xml", invoice())).rules == "peppol"


def test_pdf_without_an_invoice(pdf_library):
    assert validate(pdf("picture.png", b"x")).findings[0].id == "PDF-NO-INVOICE"
    assert validate(b"%PDF-1.7\ngarbage").findings[0].id in ("PDF-UNREADABLE", "PDF-NO-INVOICE")


# Command ------------------------------------------------------------------------------------------------------------


def command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "en16931", *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": "utf-8"},
        **options,
    )


def test_exit_codes(tmp_path):
    good, bad, odd = tmp_path / "good.xml", tmp_path / "bad.xml", tmp_path / "odd.xml"
    good.write_bytes(invoice())
    bad.write_bytes(invoice(1, broken=True))
    odd.write_bytes(b"<a>")
    assert command(str(good)).returncode == 0
    assert command(str(bad)).returncode == 1
    assert command(str(odd)).returncode == 2
    assert command(str(tmp_path / "missing.xml")).returncode == 2
    assert command(str(good), str(bad)).returncode == 1
    assert command("--on", "2026-09-01", "-", input=invoice()).returncode == 0
    assert command("--rules", "nonsense", str(good)).returncode == 2
    shown = command("--language", "fr", str(bad)).stdout.decode()
    assert "PEPPOL-EN16931-R120 (BT-131), line" in shown
    assert "la valeur attendue est 20,00" in shown


def test_the_command_starts_fast(tmp_path):
    file = tmp_path / "invoice.xml"
    file.write_bytes(invoice())
    times = []
    for _run in range(5):
        before = os.times()
        started = time.perf_counter()
        assert command("--json", str(file)).returncode == 0
        after = os.times()
        used = after.children_user - before.children_user + after.children_system - before.children_system
        times.append(min(used, time.perf_counter() - started))
    assert min(times) < 0.3


def test_thousands_of_files_in_one_call(tmp_path):
    files = []
    for number in range(2000):
        file = tmp_path / f"{number}.xml"
        file.write_bytes(invoice(1 + number % 3))
        files.append(str(file))
    done = command("--json", *files)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2000


def test_parties_are_well_formed():
    for part in (SELLER, BUYER):
        assert etree.fromstring(part.replace("cac:", "").replace("cbc:", "")) is not None
