"""Message level statuses: sent when the client has acknowledged or refused, attached where they come in."""

from datetime import timedelta

import pytest
from lxml import etree
from peers import BOB, Pair
from peppol_gateway.keys import utc_now

LATER = timedelta(hours=1)


def report(pair, moment=None):
    """Let Bob send the statuses that are due, and Alice take them in."""
    while pair.bob.service.workers.send_status(moment or utc_now()):
        pass
    pair.bob.due()
    return pair.bob.send()


def status_of(pair, accepted):
    return pair.alice.get(f"outgoing/{accepted['id']}")["status"]


@pytest.fixture
def delivered(pair):
    accepted = pair.alice.submit()
    assert pair.alice.send() == "delivered"
    (arrived,) = pair.bob.get("inbox")["items"]
    return accepted, arrived


def test_acknowledged_is_reported_as_ap(pair, delivered):
    accepted, arrived = delivered
    assert report(pair) is None, "nothing is due before the client has spoken"
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
    assert report(pair) == "delivered"
    assert status_of(pair, accepted)["code"] == "AP"
    # a status is for the gateway itself, and is answered by none
    assert pair.alice.get("inbox")["items"] == []
    assert report(pair, utc_now() + LATER) is None


def test_no_word_from_the_client_is_reported_as_ab(pair, delivered):
    accepted, arrived = delivered
    assert report(pair, utc_now() + LATER) == "delivered"
    assert status_of(pair, accepted)["code"] == "AB"
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
    assert report(pair) is None, "one status for each message"


def test_refused_is_reported_as_re_with_its_reason(pair, delivered):
    accepted, arrived = delivered
    path = f"/api/v1/inbox/{arrived['id']}/refuse"
    refusal = {"reason": "BV", "text": "BR-CO-15: <totals> do not add up"}
    assert pair.bob.http.post(path, json=refusal).json()["first"] is True
    assert pair.bob.http.post(path, json=refusal).json()["first"] is False
    assert pair.bob.http.post(path, json=refusal | {"reason": "FD"}).status_code == 409
    assert report(pair) == "delivered"
    status = status_of(pair, accepted)
    assert (status["code"], status["text"]) == ("RE", refusal["text"])
    assert pair.bob.get("inbox")["items"] == []


def test_failures_only(pair):
    accepted = pair.alice.submit(mls_type="FAILURE_ONLY")
    pair.alice.send()
    (arrived,) = pair.bob.get("inbox")["items"]
    assert report(pair, utc_now() + LATER) is None
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/refuse", json={"reason": "FD", "text": "no such customer"})
    assert report(pair) == "delivered"
    assert status_of(pair, accepted)["code"] == "RE"


@pytest.mark.parametrize(("mls", "sent"), [("off", None), ("always", "delivered")])
def test_the_setting_decides_where_nobody_asks(ca, tmp_path, mls, sent):
    with Pair(ca, tmp_path, mls=mls) as pair:
        pair.alice.service.service_provider = None
        pair.alice.submit()
        pair.alice.send()
        pair.alice.service.receiver.service_provider = "0242:000901"
        (arrived,) = pair.bob.get("inbox")["items"]
        pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
        assert report(pair) == sent


def test_only_the_receivers_access_point_may_report(pair, delivered):
    accepted, arrived = delivered
    pair.alice.service.store.database.execute("UPDATE outgoing SET delivered_to = 'POP000999'")
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
    assert report(pair) == "delivered"
    assert status_of(pair, accepted) is None


def test_the_status_document_follows_the_rules_of_its_schematron(pair, delivered):
    """SCH-MLS-01 to 29, as far as they concern what we write."""
    _, arrived = delivered
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/refuse", json={"reason": "SV", "text": "a & b"})
    report(pair)
    (sent,) = pair.bob.get("outgoing")["items"]
    assert (sent["kind"], sent["sender"], sent["receiver"]) == ("status", "0242:000902", "0242:000901")
    root = etree.fromstring(pair.bob.http.get(f"/api/v1/outgoing/{sent['id']}/document").content)

    def texts(path):
        return [element.text for element in root.findall(path)]

    assert texts("{*}CustomizationID") == ["urn:peppol:edec:mls:1.0"]
    assert texts("{*}ProfileID") == ["urn:peppol:edec:mls"]
    assert len(texts("{*}IssueDate")[0]) == 10
    assert texts("{*}IssueTime")[0].endswith("Z")
    assert root.find("{*}SenderParty/{*}EndpointID").attrib == {"schemeID": "0242"}
    assert texts("{*}ReceiverParty/{*}EndpointID") == ["000901"]
    assert texts("{*}DocumentResponse/{*}Response/{*}ResponseCode") == ["RE"]
    assert texts("{*}DocumentResponse/{*}Response/{*}Description") == ["a & b"]
    assert texts("{*}DocumentResponse/{*}DocumentReference/{*}ID") == [arrived["instance"]]
    line = "{*}DocumentResponse/{*}LineResponse/"
    assert texts(f"{line}{{*}}LineReference/{{*}}LineID") == ["NA"]
    assert texts(f"{line}{{*}}Response/{{*}}Status/{{*}}StatusReasonCode") == ["SV"]


def test_a_response_to_a_participant_is_for_the_client_too(pair, delivered):
    accepted, arrived = delivered
    response = f"""<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
      xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <b:CustomizationID>urn:fdc:peppol.eu:poacc:trns:mlr:3</b:CustomizationID>
      <b:ProfileID>urn:fdc:peppol.eu:poacc:bis:mlr:3</b:ProfileID><b:ID>1</b:ID>
      <a:SenderParty><b:EndpointID schemeID="0208">0403170701</b:EndpointID></a:SenderParty>
      <a:ReceiverParty><b:EndpointID schemeID="0208">0477472701</b:EndpointID></a:ReceiverParty>
      <a:DocumentResponse><a:Response><b:ResponseCode>AB</b:ResponseCode></a:Response>
      <a:DocumentReference><b:ID>{arrived["instance"]}</b:ID></a:DocumentReference></a:DocumentResponse>
      </ApplicationResponse>""".encode()
    pair.bob.submit(response)
    assert pair.bob.send() == "delivered"
    assert status_of(pair, accepted)["code"] == "AB"
    (item,) = pair.alice.get("inbox")["items"]
    assert item["sender"] == BOB


def test_what_needs_a_status_is_not_answered_forever(pair, delivered):
    """A status that cannot be delivered fails like any message, and is not made again."""
    _, arrived = delivered
    pair.bob.service.directory.routes.clear()
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
    assert report(pair) == "failed"
    assert report(pair, utc_now() + LATER) is None
    assert pair.bob.get("outgoing")["items"][0]["error_kind"] == "receiver_unknown"


def test_an_invoice_response_says_nothing_of_the_delivery(pair, delivered):
    """A buyer's answer (IMR) has codes like a status, but is a document for the client, and changes no message."""
    accepted, _arrived = delivered
    response = b"""<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2"
      xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
      xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
      <b:CustomizationID>urn:fdc:peppol.eu:poacc:trns:invoice_response:3</b:CustomizationID>
      <b:ProfileID>urn:fdc:peppol.eu:poacc:bis:invoice_response:3</b:ProfileID><b:ID>1</b:ID>
      <a:SenderParty><b:EndpointID schemeID="0208">0403170701</b:EndpointID></a:SenderParty>
      <a:ReceiverParty><b:EndpointID schemeID="0208">0477472701</b:EndpointID></a:ReceiverParty>
      <a:DocumentResponse><a:Response><b:ResponseCode>RE</b:ResponseCode></a:Response>
      <a:DocumentReference><b:ID>F/2026/1</b:ID></a:DocumentReference></a:DocumentResponse>
      </ApplicationResponse>"""
    pair.bob.submit(response)
    assert pair.bob.send() == "delivered"
    assert status_of(pair, accepted) is None
    (item,) = pair.alice.get("inbox")["items"]
    assert item["document_type"].endswith("ApplicationResponse##urn:fdc:peppol.eu:poacc:trns:invoice_response:3::2.1")
    assert item["process"] == "cenbii-procid-ubl::urn:fdc:peppol.eu:poacc:bis:invoice_response:3"
    assert pair.alice.http.get(f"/api/v1/inbox/{item['id']}/document").content == response
