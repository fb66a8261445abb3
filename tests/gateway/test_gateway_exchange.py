"""A document goes from one gateway to the other, through the REST API on both sides."""

import peers
from peers import ALICE, BILLING, BOB, INVOICE_TYPE, invoice, root_of


def test_a_document_is_delivered_and_acknowledged(pair):
    document = invoice("F/2026/1")
    accepted = pair.alice.submit(document)
    assert (accepted["state"], accepted["sender"], accepted["receiver"]) == ("accepted", ALICE, BOB)
    assert (accepted["document_type"], accepted["process"]) == (INVOICE_TYPE, BILLING)

    assert pair.alice.send() == "delivered", pair.alice.get("outgoing")
    sent = pair.alice.get(f"outgoing/{accepted['id']}")
    assert (sent["state"], sent["delivered_to"], sent["attempts"]) == ("delivered", "POP000902", 1)
    assert [event["state"] for event in sent["history"]] == ["accepted", "delivered"]
    receipt = pair.alice.http.get(f"/api/v1/outgoing/{accepted['id']}/receipt")
    assert b"NonRepudiationInformation" in receipt.content

    (arrived,) = pair.bob.get("inbox")["items"]
    assert (arrived["from_party"], arrived["instance"]) == ("POP000901", sent["instance"])
    path = f"/api/v1/inbox/{arrived['id']}"
    assert pair.bob.http.get(f"{path}/document").content == root_of(document)
    assert b"<StandardBusinessDocumentHeader>" in pair.bob.http.get(f"{path}/envelope").content

    assert pair.bob.http.post(f"{path}/acknowledge").json() == {"id": arrived["id"], "first": True}
    assert pair.bob.http.post(f"{path}/acknowledge").json() == {"id": arrived["id"], "first": False}
    assert pair.bob.get("inbox")["items"] == []
    assert [item["id"] for item in pair.bob.get("inbox", all=True)["items"]] == [arrived["id"]]


def test_the_inbox_is_read_in_pages(pair):
    for number in range(5):
        pair.alice.submit(invoice(f"F/{number}"))
    pair.alice.send()
    first = pair.bob.get("inbox", limit=2)
    second = pair.bob.get("inbox", limit=2, after=first["next"])
    third = pair.bob.get("inbox", limit=2, after=second["next"])
    assert [len(page["items"]) for page in (first, second, third)] == [2, 2, 1]
    assert third["next"] is None
    assert len({item["id"] for page in (first, second, third) for item in page["items"]}) == 5


def test_the_same_key_gives_the_same_message(pair):
    first = pair.alice.submit(invoice("F/1"), key="order 1")
    again = pair.alice.http.post("/api/v1/outgoing", content=invoice("F/1"), headers={"Idempotency-Key": "order 1"})
    assert again.status_code == 200
    assert again.json()["id"] == first["id"]
    other = pair.alice.http.post("/api/v1/outgoing", content=invoice("F/2"), headers={"Idempotency-Key": "order 1"})
    assert (other.status_code, other.json()["kind"]) == (409, "conflict")
    assert len(pair.alice.get("outgoing")["items"]) == 1


def test_what_the_document_does_not_tell_can_be_passed(pair):
    answer = pair.alice.http.post("/api/v1/outgoing", content=b"<Catalogue xmlns='urn:x'/>")
    assert (answer.status_code, answer.json()["kind"]) == (400, "invalid")
    accepted = pair.alice.submit(
        b"<Catalogue xmlns='urn:x'/>",
        sender=ALICE,
        receiver=BOB,
        document_type="urn:x::Catalogue##urn:y::1.0",
        process="urn:z",
    )
    assert pair.alice.send() == "delivered", pair.alice.get("outgoing")
    assert accepted["document_type"] == "busdox-docid-qns::urn:x::Catalogue##urn:y::1.0"
    (arrived,) = pair.bob.get("inbox")["items"]
    assert (arrived["document_type"], arrived["process"]) == (accepted["document_type"], "cenbii-procid-ubl::urn:z")


def test_a_document_in_a_file_is_delivered_too(pair):
    document = invoice(filling=bytes(range(97, 123)) * 20_000)
    pair.alice.submit(document)
    assert pair.alice.send() == "delivered", pair.alice.get("outgoing")
    (arrived,) = pair.bob.get("inbox")["items"]
    assert pair.bob.http.get(f"/api/v1/inbox/{arrived['id']}/document").content == root_of(document)
    for peer in (pair.alice, pair.bob):
        # the document, and nothing else: what went over the wire is removed once it has arrived
        assert len(peer.service.store.disk.names()) == 1
        assert list(peer.service.store.spool.folder.iterdir()) == []


def test_lists_are_filtered(pair):
    accepted = pair.alice.submit()
    assert pair.alice.get("outgoing", state="delivered")["items"] == []
    assert pair.alice.get("outgoing", instance=accepted["instance"])["items"][0]["id"] == accepted["id"]
    pair.alice.send()
    assert pair.bob.get("inbox", receiver=ALICE)["items"] == []
    assert len(pair.bob.get("inbox", receiver=BOB)["items"]) == 1
    assert pair.alice.http.get("/api/v1/outgoing/none").json()["kind"] == "not_found"
    assert peers.TOKEN not in str(pair.alice.get("outgoing"))
