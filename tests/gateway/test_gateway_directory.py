"""What a look-up's outcome means for a message: sent, refused for good, or tried again."""

import json
from datetime import UTC, datetime, timedelta

import peers
import pytest
from cryptography.hazmat.primitives import serialization
from peers import ALICE, BOB, Peer
from peppol_gateway import directory as directory_module
from peppol_gateway.directory import Directory
from peppol_gateway.errors import DocumentNotAccepted, ReceiverUnknown, Temporary
from peppol_gateway.identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified
from transport.identifiers import AS4, ParticipantId
from transport.outcome import Document, Endpoint, Outcome

NOW = datetime.now(UTC)
TYPE = Qualified.parse(peers.INVOICE_TYPE, DOCUMENT_SCHEME)
PROCESS = Qualified.parse(peers.BILLING, PROCESS_SCHEME)


@pytest.fixture
def network_file(ca, tmp_path):
    """A network whose name server answers nobody."""
    path = tmp_path / "network.json"
    values = {"zone": "sml.test", "nameservers": [["127.0.0.1", 9]], "ap_anchors": [ca.pem.read_text()], "timeout": 0.5}
    path.write_text(json.dumps(values | {"allow_private": True}))
    return path


@pytest.fixture
def directory(ca, tmp_path, network_file):
    peer = Peer(ca, tmp_path / "state", ALICE, network=str(network_file), anchors=())
    yield peer.service.directory
    peer.close()


def outcome(kind, reason="", endpoints=()):
    document = Document(TYPE.scheme, TYPE.value, PROCESS.value, tuple(endpoints))
    return Outcome(ParticipantId.parse(BOB), kind, reason, documents=(document,))


@pytest.mark.parametrize(
    ("kind", "reason", "error"),
    [
        ("not_registered", "not_in_sml", ReceiverUnknown),
        ("other_documents", "no_document", DocumentNotAccepted),
        ("unknown", "dns_timeout", Temporary),
        ("unknown", "signature_invalid", Temporary),
    ],
)
def test_outcomes_that_stop_a_message(directory, monkeypatch, kind, reason, error):
    monkeypatch.setattr(directory_module, "look_up", lambda *_, **__: outcome(kind, reason))
    with pytest.raises(error, match=BOB):
        directory.find(BOB, TYPE, PROCESS, NOW)


def test_the_endpoint_in_force_is_the_destination(ca, directory, monkeypatch):
    certificate, _ = ca.issue("POP000902")
    der = certificate.public_bytes(serialization.Encoding.DER)
    endpoints = [
        Endpoint(AS4, "https://old.example.org/as4", der, None, NOW - timedelta(days=1)),
        Endpoint(AS4, "https://new.example.org/as4", der, NOW - timedelta(days=1), None),
    ]
    monkeypatch.setattr(directory_module, "look_up", lambda *_, **__: outcome("can_receive", "", endpoints))
    found = directory.find(BOB, TYPE, PROCESS, NOW)
    assert (found.url, found.name) == ("https://new.example.org/as4", "POP000902")


def test_a_network_that_does_not_answer_is_tried_again(directory):
    """The real look-up, and a name server where nobody listens."""
    assert isinstance(directory, Directory)
    with pytest.raises(Temporary):
        directory.find(BOB, TYPE, PROCESS, NOW)


def test_lookup_is_offered_by_the_api(ca, tmp_path, network_file):
    peer = Peer(ca, tmp_path / "state", ALICE, network=str(network_file), anchors=())
    answer = peer.get(f"lookup/{BOB}")
    assert (answer["participant"], answer["outcome"]) == (BOB, "unknown")
    assert peer.http.get("/api/v1/lookup/nonsense").json()["kind"] == "invalid"
    peer.close()
