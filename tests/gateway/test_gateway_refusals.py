"""What is wrong with a message is answered as the Peppol AS4 profile prescribes, and nothing of it is stored."""

from datetime import timedelta

import authority
import pytest
from as4.core.references import AS4References
from as4.peppol import parse_peppol_receipt
from forgeries import as4_message
from peers import BOB, SEATS, invoice


def refused(pair, headers, body):
    """The ebMS error (code, detail) that Bob answers; checks that he kept nothing."""
    answer = pair.bob.http.post("/as4", content=body, headers=headers)
    assert answer.status_code == 200, answer.text
    receipt = parse_peppol_receipt(answer.content, pair.ca.issue(SEATS[BOB])[0])
    assert receipt.error is not None
    store = pair.bob.service.store
    for table in ("incoming", "answered", "body"):
        assert store.database.one(f"SELECT count(*) AS n FROM {table}")["n"] == 0
    assert store.disk.names() == []
    return receipt.error.error_code, receipt.error.error_detail.value


def altered(body, old, new):
    assert body.count(old) >= 1
    return body.replace(old, new)


def test_an_altered_header(pair):
    headers, body = as4_message(pair.ca)
    code, _ = refused(pair, headers, altered(body, b"0208:0477472701", b"0208:0477472702"))
    assert code == "EBMS:0101"


def test_an_altered_payload(pair):
    headers, body = as4_message(pair.ca)
    position = body.index(b"\r\n\r\n", body.index(b"octet-stream")) + 100
    damaged = body[:position] + bytes([body[position] ^ 1]) + body[position + 1 :]
    code, detail = refused(pair, headers, damaged)
    assert (code, detail) == ("EBMS:0102", "Could not decrypt the message payload")


def test_encrypted_for_another(pair):
    headers, body = as4_message(pair.ca, encrypt_for=pair.ca.issue("POP000903")[0])
    assert refused(pair, headers, body)[0] == "EBMS:0102"


def test_an_expired_certificate(pair):
    expired = pair.ca.issue("POP000901", end=authority.NOW - timedelta(hours=1), file="expired")
    headers, body = as4_message(pair.ca, signer=expired)
    assert refused(pair, headers, body)[0] == "EBMS:0101"


def test_a_certificate_not_yet_valid(pair):
    future = pair.ca.issue("POP000901", start=authority.NOW + timedelta(days=1), file="future")
    headers, body = as4_message(pair.ca, signer=future)
    assert refused(pair, headers, body)[0] == "EBMS:0101"


def test_a_certificate_of_another_authority(pair, tmp_path):
    stranger = authority.Authority(tmp_path / "stranger").issue("POP000901")
    headers, body = as4_message(pair.ca, signer=stranger)
    assert refused(pair, headers, body)[0] == "EBMS:0101"


def test_a_certificate_of_another_access_point(pair):
    """The certificate must name the access point that the message says it is from."""
    headers, body = as4_message(pair.ca, seat="POP000901", signer=pair.ca.issue("POP000903"))
    assert refused(pair, headers, body)[0] == "EBMS:0101"


def test_an_unknown_receiver(pair):
    headers, body = as4_message(pair.ca, receiver="0208:0123456749")
    assert refused(pair, headers, body) == ("EBMS:0004", "PEPPOL:NOT_SERVICED")


def test_a_message_for_another_access_point(pair):
    headers, body = as4_message(pair.ca, party="POP000999")
    assert refused(pair, headers, body)[0] == "EBMS:0003"


def test_no_message_at_all(pair):
    assert refused(pair, {"Content-Type": "text/plain"}, b"hello")[0] == "EBMS:0009"
    headers, body = as4_message(pair.ca)
    assert refused(pair, headers, body[: len(body) // 2])[0] == "EBMS:0007"


def test_xml_attacks_in_the_envelope(pair):
    headers, body = as4_message(pair.ca)
    start = body.index(b"<", body.index(b"soap+xml"))
    attack = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body[start:].replace(
        b"0208:0403170701", b"&a;", 1
    )
    code, detail = refused(pair, headers, body[:start] + attack)
    assert code in ("EBMS:0009", "EBMS:0003", "EBMS:0101")
    assert "root:" not in detail


def test_a_payload_that_unpacks_to_too_much(ca, tmp_path):
    import peers

    with peers.Pair(ca, tmp_path, largest_document=200_000) as pair:
        pair.alice.service.settings.__dict__["largest_document"] = 10_000_000
        pair.alice.submit(invoice(filling=b"0" * 3_000_000))
        assert pair.alice.send() == "failed"
        (message,) = pair.alice.get("outgoing")["items"]
        assert (message["error_kind"], "EBMS:0303" in message["error"]) == ("permanent", True)
        assert pair.bob.service.store.disk.names() == []


def test_a_replayed_message_is_answered_with_the_same_receipt(pair):
    headers, body = as4_message(pair.ca)
    first = pair.bob.http.post("/as4", content=body, headers=headers)
    again = pair.bob.http.post("/as4", content=body, headers=headers)
    assert again.content == first.content
    assert len(pair.bob.get("inbox", all=True)["items"]) == 1


def test_the_same_envelope_in_another_message(pair):
    """A sender that lost its state sends the envelope in a new AS4 message: received, but not handed over twice."""
    options = {"document_identification_instance_identifier": "one envelope"}
    for _ in range(2):
        headers, body = as4_message(pair.ca, references=AS4References(), **options)
        answer = pair.bob.http.post("/as4", content=body, headers=headers)
        assert parse_peppol_receipt(answer.content, pair.ca.issue(SEATS[BOB])[0]).success
    assert len(pair.bob.get("inbox", all=True)["items"]) == 1


def test_another_document_under_a_used_instance_identifier_is_not_lost_silently(pair):
    pair.alice.submit(invoice("F/1"))
    pair.alice.submit(invoice("F/2"))
    pair.alice.service.store.database.execute("UPDATE outgoing SET instance = 'same' WHERE seq = 1")
    assert pair.alice.send() == "delivered"
    pair.alice.service.store.database.execute("UPDATE outgoing SET instance = 'other' WHERE seq = 1")
    pair.alice.submit(invoice("F/3"))
    pair.alice.service.store.database.execute("UPDATE outgoing SET instance = 'same' WHERE seq = 3")
    assert pair.alice.send() == "retrying"
    assert "used for another message" in pair.alice.get("outgoing")["items"][2]["error"]
    assert len(pair.bob.get("inbox")["items"]) == 2


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "not well-formed"),
        (b"<a><b></a>", "not well-formed"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "DTD"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "encoding"),
        (b"<a>" * 1000 + b"</a>" * 1000, "nested"),
        (b"%PDF-1.7", "not well-formed"),
    ],
)
def test_bad_documents_are_refused_and_nothing_is_stored(pair, document, words):
    answer = pair.alice.http.post("/api/v1/outgoing", content=document)
    assert (answer.status_code, answer.json()["kind"]) == (400, "invalid")
    assert words in answer.json()["detail"].lower() or words in answer.json()["detail"]
    assert pair.alice.get("outgoing")["items"] == []
    assert pair.alice.service.store.disk.names() == []
