# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import doctest
from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.tests import BaseCase, tagged

from ..en16931.source import Unreadable
from ..exchange import envelope, response
from ..transport.identifiers import INVOICE_RESPONSE, INVOICE_RESPONSE_PROCESS

US, THEM = response.Party("0208:0477472701", "Fa. & Zn. <Test>"), response.Party("0208:0417497106", "Bakkerij")
# The elements that the BIS's data model has, in its order, each with whether it must be there
STRUCTURE = {
    "ApplicationResponse": (
        ("CustomizationID", True),
        ("ProfileID", True),
        ("ID", True),
        ("IssueDate", True),
        ("IssueTime", False),
        ("Note", False),
        ("SenderParty", True),
        ("ReceiverParty", True),
        ("DocumentResponse", True),
    ),
    "SenderParty": (("EndpointID", True), ("PartyLegalEntity", True)),
    "ReceiverParty": (("EndpointID", True), ("PartyLegalEntity", True)),
    "PartyLegalEntity": (("RegistrationName", True),),
    "DocumentResponse": (("Response", True), ("DocumentReference", True)),
    "Response": (("ResponseCode", True), ("EffectiveDate", False), ("Status", False)),
    "Status": (("StatusReasonCode", False), ("StatusReason", False), ("Condition", False)),
    "Condition": (("AttributeID", True), ("Description", False)),
    "DocumentReference": (("ID", True), ("IssueDate", False), ("DocumentTypeCode", True)),
}
REASONS = set("NON REF LEG REC QUA DEL PRI QTY ITM PAY PPD UNR FIN OTH".split())
ACTIONS = set("NOA PIN NIN CNF CNP CNA OTH".split())

texts = st.text(max_size=40)
clarifications = st.one_of(
    st.builds(response.Clarification, st.just(response.REASON), st.sampled_from(response.REASONS), texts),
    st.builds(response.Clarification, st.just(response.ACTION), st.sampled_from(response.ACTIONS), texts),
    st.builds(
        response.Clarification, st.sampled_from([response.REASON, response.ACTION, ""]), texts, texts, st.just(())
    ),
)
parties = st.builds(response.Party, st.sampled_from(["0208:0477472701", "9925:be0477472701", "0208:", ""]), texts)
responses = st.builds(
    response.Response,
    code=st.sampled_from([*response.CODES, "XX"]),
    number=texts,
    sender=parties,
    receiver=parties,
    identifier=texts,
    date=st.sampled_from(["2026-11-24", ""]),
    type_code=st.sampled_from(["380", "381"]),
    clarifications=st.lists(clarifications, max_size=3).map(tuple),
    note=texts,
)


def judged(xml):
    """The rules of Peppol's Schematron for T111 that a document breaks, said in XPath by someone who reads only XML."""
    root = etree.fromstring(xml)

    def find(path, node=root):
        return node.xpath(path, namespaces={"c": root.nsmap["cbc"], "a": root.nsmap["cac"]})

    broken = set()
    for element in root.iter():
        if not len(element) and not (element.text or "").strip():
            broken.add("empty element")
        names = [etree.QName(child).localname for child in element]
        model = STRUCTURE.get(etree.QName(element).localname)
        if names and model:
            order = [name for name, _needed in model]
            if [order.index(name) for name in names] != sorted(order.index(name) for name in names):
                broken.add("order")
            if any(needed and name not in names for name, needed in model):
                broken.add("B: missing")
    code = find("string(a:DocumentResponse/a:Response/c:ResponseCode)")
    statuses = find("a:DocumentResponse/a:Response/a:Status")
    if code in ("CA", "UQ", "RE") and not find("a:DocumentResponse/a:Response/a:Status/c:StatusReasonCode"):
        broken.add("R001")
    for status in statuses:
        reason = find("string(c:StatusReasonCode)", status)
        listed = find("string(c:StatusReasonCode/@listID)", status)
        text = find("c:StatusReason", status)
        if reason == "OTH" and not text:
            broken.add("R002")
        if reason == "PPD" and not text:
            broken.add("R004")
        if reason == "PPD" and code != "PD":
            broken.add("R005")
        if listed == "OPStatusAction" and reason not in ACTIONS:
            broken.add("R006")
        if listed == "OPStatusReason" and reason not in REASONS:
            broken.add("R007")
    if not find("string(c:CustomizationID)").startswith("urn:fdc:peppol.eu:poacc:trns:invoice_response:3"):
        broken.add("R003")
    if find("string(c:ProfileID)") != "urn:fdc:peppol.eu:poacc:bis:invoice_response:3":
        broken.add("R008")
    return broken


@tagged("post_install", "-at_install")
class TestResponseEngine(BaseCase):
    def _response(self, code="AP", **values):
        return response.Response(code, "F/2026/7", US, THEM, "1-1", "2026-11-24", **values)

    def test_doctests(self):
        result = doctest.testmod(response)
        self.assertTrue(result.attempted)
        self.assertFalse(result.failed)

    @settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
    @given(responses)
    def test_what_is_built_keeps_the_rules(self, one):
        try:
            xml = response.build(one)
        except response.InvalidResponse as error:
            self.assertEqual(error.args[0], response.faults(one))
            self.assertTrue(error.args[0])
            return
        self.assertEqual(judged(xml), set())
        read = response.read(xml)
        self.assertEqual((read.code, read.partial), (one.code, one.partial))
        self.assertEqual(read.sender.endpoint, one.sender.endpoint)
        self.assertEqual(
            [(c.list, c.code) for c in read.clarifications], [(c.list, c.code) for c in one.clarifications]
        )
        self.assertEqual(response.build(read), xml, "what was read is built alike")

    @given(st.lists(st.sampled_from((*response.CODES, response.PARTIAL)), max_size=6))
    def test_statuses_only_go_forward(self, wanted):
        """However answers are asked for, what is told is in the BIS's order, and ends at a refusal or payment."""
        told = []
        for code in wanted:
            if response.may_follow(code, told):
                told.append(code)
        sequence = ["AB", "IP", "UQ", "CA", "RE", "AP", "PPD", "PD"]
        order = [sequence.index(code) for code in told]
        self.assertEqual(order, sorted(order))
        self.assertLessEqual(len([code for code in told if code in ("RE", "PD")]), 1)
        for code in set(told) - {"UQ", "PPD"}:
            self.assertEqual(told.count(code), 1)
        if "AP" in told:
            self.assertIn(told[-1], ("AP", "PPD", "PD"))

    def test_envelope_knows_it(self):
        read = envelope.read(response.build(self._response()))
        self.assertEqual((read.kind, read.sender, read.receiver), ("response", US.endpoint, THEM.endpoint))
        self.assertEqual((read.document_type, read.process), (INVOICE_RESPONSE.value, INVOICE_RESPONSE_PROCESS))

    def test_another_softwares_answer(self):
        """As the BIS's own example: a party identification, contacts, an issuer, and a value that is proposed."""
        xml = b"""<n:ApplicationResponse xmlns:n="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<CustomizationID>urn:fdc:peppol.eu:poacc:trns:invoice_response:3</CustomizationID>
<ProfileID>urn:fdc:peppol.eu:poacc:bis:invoice_response:3</ProfileID><ID>7</ID><IssueDate>2026-11-24</IssueDate>
<IssueTime>12:00:00</IssueTime><Note>See our mail</Note>
<a:SenderParty><EndpointID schemeID="0208">0417497106</EndpointID><a:PartyIdentification><ID>1</ID>
</a:PartyIdentification><a:PartyLegalEntity><RegistrationName>Buyer</RegistrationName></a:PartyLegalEntity>
<a:Contact><Name>Jens</Name></a:Contact></a:SenderParty>
<a:ReceiverParty><EndpointID schemeID="0208">0477472701</EndpointID></a:ReceiverParty>
<a:DocumentResponse><a:Response><ResponseCode>RE</ResponseCode><EffectiveDate>2026-11-23</EffectiveDate>
<a:Status><StatusReasonCode listID="OPStatusReason">LEG</StatusReasonCode><StatusReason>VAT number</StatusReason>
<a:Condition><AttributeID>BT-48</AttributeID><Description>BE0417497106</Description></a:Condition></a:Status>
<a:Status><StatusReason>only a text</StatusReason></a:Status></a:Response>
<a:DocumentReference><ID> F/1 </ID></a:DocumentReference></a:DocumentResponse></n:ApplicationResponse>"""
        read = response.read(xml)
        self.assertEqual((read.code, read.number, read.note), ("RE", "F/1", "See our mail"))
        first, second = read.clarifications
        self.assertEqual((first.code, first.details), ("LEG", (("BT-48", "BE0417497106"),)))
        self.assertEqual((second.code, second.text), ("", "only a text"))

    def test_not_a_response(self):
        built = response.build(self._response())
        others = {
            "status": built.replace(b">AP<", b">ZZ<"),
            "number": built.replace(b">F/2026/7<", b"><"),
            "kind": built.replace(b"trns:invoice_response", b"trns:order_response"),
            "root": b"<Invoice/>",
        }
        for name, xml in others.items():
            with self.subTest(name), self.assertRaises(response.NotAResponse):
                response.read(xml)

    @given(st.binary(max_size=200))
    def test_anything_is_read_or_refused(self, data):
        with suppress(Unreadable, response.NotAResponse):
            response.read(data)
        with suppress(Unreadable):
            response.read_status(data)
