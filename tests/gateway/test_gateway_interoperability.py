"""Messages of two independent implementations are taken in, and ours are taken in by one of them."""

import io
from datetime import UTC, datetime

import pytest
from as4 import AS4LocalPrivateKey
from as4.peppol import create_peppol_internal_party, parse_peppol_message, parse_peppol_receipt
from cryptography.hazmat.primitives import hashes, serialization
from forgeries import BILLING, INVOICE, as4_message
from lxml import etree
from peers import ALICE, BOB, SEATS, invoice, root_of
from peppol_gateway import envelope, posting


def test_a_message_built_by_as4_is_accepted(pair):
    headers, body = as4_message(pair.ca)
    answer = pair.bob.http.post("/as4", content=body, headers=headers)
    assert answer.status_code == 200
    receipt = parse_peppol_receipt(answer.content, pair.ca.issue(SEATS[BOB])[0])
    assert receipt.success
    (arrived,) = pair.bob.get("inbox")["items"]
    document = pair.bob.http.get(f"/api/v1/inbox/{arrived['id']}/document").content
    assert etree.tostring(etree.fromstring(document), method="c14n") == etree.tostring(
        etree.fromstring(invoice()), method="c14n"
    )


def test_our_message_is_accepted_by_as4(pair):
    """as4's own endpoint stands at Bob's address, and its receipt satisfies our sender."""
    certificate, key = pair.ca.issue(SEATS[BOB])
    bob = create_peppol_internal_party(SEATS[BOB], certificate, AS4LocalPrivateKey(key))
    taken = []

    def as4_endpoint(_url, headers, content):
        exchange = parse_peppol_message(headers, content, bob, security_policy=pair.bob.service.policy)
        assert exchange.successful, exchange.message.parse_error
        taken.append(exchange.message)
        return posting.Answer(200, exchange.build_signal()[1], None)

    pair.carry = as4_endpoint
    accepted = pair.alice.submit(invoice("F/77"))
    assert pair.alice.send() == "delivered"
    (message,) = taken
    assert (message.sender, message.recipient) == (ALICE, BOB)
    assert message.message_id == accepted["message_id"]
    assert (message.document_type_identifier_value, message.process_identifier) == (INVOICE, BILLING)
    (payload,) = message.decrypted_data.values()
    received = envelope.read(io.BytesIO(payload))
    assert b"".join(received.document.chunks(io.BytesIO(payload))) == root_of(invoice("F/77"))


@pytest.mark.parametrize("attachment", ["base64", "binary"])
def test_a_message_built_by_peppol_py_is_accepted(pair, tmp_path, monkeypatch, attachment):
    """peppol-py shares no code with as4: lxml and libxmlsec sign, its own template makes the envelope."""
    headers, body = peppol_py_message(pair.ca, tmp_path, monkeypatch)
    if attachment == "binary":
        headers, body = in_binary(headers, body)
    answer = pair.bob.http.post("/as4", content=body, headers=headers)
    root = etree.fromstring(answer.content)
    assert root.find(".//{*}Header//{*}Receipt") is not None, answer.content  # what peppol-py looks for
    (arrived,) = pair.bob.get("inbox")["items"]
    assert (arrived["sender"], arrived["from_party"]) == (ALICE, SEATS[ALICE])
    document = pair.bob.http.get(f"/api/v1/inbox/{arrived['id']}/document").content
    assert etree.tostring(etree.fromstring(document), method="c14n") == etree.tostring(
        etree.fromstring(invoice("F/py")), method="c14n"
    )


def peppol_py_message(ca, folder, monkeypatch):
    """(headers, body) by peppol-py. It encrypts with the program xmlsec1, which is replaced by the same in Python."""
    as4_sender = pytest.importorskip("peppol_py.as4_sender")
    from peppol_py import wsse

    monkeypatch.setattr(as4_sender, "encrypt_as4_document", encrypt_like_xmlsec1(wsse, ca.issue(SEATS[BOB])[0]))
    certificate, _key = ca.issue(SEATS[ALICE])
    document = invoice("F/py")
    content = b"".join(
        (
            envelope.header(envelope_addressing(), datetime.now(UTC)),
            root_of(document),
            envelope.CLOSING,
        )
    )

    def pem(one):
        return one.public_bytes(serialization.Encoding.PEM)

    body, headers = as4_sender.get_headers_and_body_for_posting_as4_document(
        content, None, datetime.now(UTC).isoformat(timespec="milliseconds"), INVOICE, BILLING, ALICE, BOB,
        SEATS[BOB], "xmlsec1", str(ca.folder / f"{SEATS[ALICE]}.key"), None, pem(certificate),
        pem(ca.issue(SEATS[BOB])[0]), SEATS[ALICE],
    )  # fmt: skip
    return headers, body


def envelope_addressing():
    from peppol_gateway.identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified

    return envelope.Addressing(
        ALICE, BOB, Qualified(DOCUMENT_SCHEME, INVOICE), Qualified(PROCESS_SCHEME, BILLING), "BE", "py-instance"
    )


def encrypt_like_xmlsec1(wsse, receiver):
    """What peppol-py's ``encrypt_as4_document`` returns, without the command line program."""
    import base64
    import gzip
    import hashlib
    import os

    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    def encrypt(content, _certificate, _program):
        packed = gzip.compress(content, 6)
        key, nonce = AESGCM.generate_key(128), os.urandom(12)
        oaep = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)
        wrapped = base64.b64encode(receiver.public_key().encrypt(key, oaep)).decode()
        digest = base64.b64encode(hashlib.sha256(packed).digest()).decode()
        return wrapped, nonce + AESGCM(key).encrypt(nonce, packed, None), digest

    return encrypt


def in_binary(headers, body):
    """The same message with its attachment in binary instead of base64."""
    import base64

    boundary = headers["Content-Type"].split('boundary="')[1].split('"')[0].encode()
    start = body.index(b"\r\n\r\n", body.index(b"octet-stream")) + 4
    end = body.rindex(b"\r\n--" + boundary)
    plain = body[:start].replace(b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: binary")
    return headers, plain + base64.b64decode(body[start:end]) + body[end:]
