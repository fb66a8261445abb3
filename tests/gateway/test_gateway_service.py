"""Configuration, keys, token, health, metrics, logs, limits."""

import json
import logging
import time
from datetime import timedelta

import authority
import peers
import pytest
from as4.errors import UntrustedSignerError
from peers import ALICE, Pair, Peer, invoice
from peppol_gateway import config, keys, logs
from peppol_gateway.__main__ import main
from peppol_gateway.errors import ConfigurationError
from peppol_gateway.keys import utc_now
from peppol_gateway.workers import Bell


def test_a_private_key_that_others_can_read_stops_the_start(ca, tmp_path):
    _, _ = ca.issue("POP000901")
    key = tmp_path / "open.key"
    key.write_bytes((ca.folder / "POP000901.key").read_bytes())
    key.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        Peer(ca, tmp_path / "state", ALICE, key=key)


def test_a_key_of_another_certificate_stops_the_start(ca, tmp_path):
    ca.issue("POP000902")
    with pytest.raises(ConfigurationError, match="not the key of"):
        Peer(ca, tmp_path / "state", ALICE, key=ca.folder / "POP000902.key")


def test_a_short_token_stops_the_start(ca, tmp_path):
    with pytest.raises(ConfigurationError, match="token"):
        Peer(ca, tmp_path / "state", ALICE, token="short")


def test_settings_come_from_a_file_and_the_environment(tmp_path):
    path = tmp_path / "gateway.toml"
    path.write_text('state = "store"\nport = 1\nparticipants = ["0208:0477472701"]\nretry_for = 5\n')
    settings = config.load(path, {"PEPPOL_GATEWAY_PORT": "2", "PEPPOL_GATEWAY_ANCHORS": "a.pem,b.pem"})
    assert (settings.state, settings.port, settings.retry_for) == (tmp_path / "store", 2, 5.0)
    assert settings.anchors == (tmp_path / "a.pem", tmp_path / "b.pem")
    assert "secret" not in repr(config.load(path, {"PEPPOL_GATEWAY_TOKEN": "secret"}))


@pytest.mark.parametrize(
    "text", ["nonsense = 1", "mls = 'perhaps'", "port = 'x'", "participants = ['x']", "workers = 0", "["]
)
def test_wrong_settings_are_told(tmp_path, text):
    path = tmp_path / "gateway.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError):
        config.load(path, {})


def test_init_writes_a_configuration_and_a_token_once(tmp_path, capsys, monkeypatch):
    path = tmp_path / "new" / "gateway.toml"
    assert main(["init", "--config", str(path)]) == 0
    token = path.parent / "token"
    first = token.read_text()
    assert (token.stat().st_mode & 0o777, len(first) > 30) == (0o600, True)
    assert main(["init", "--config", str(path)]) == 0
    assert token.read_text() == first
    assert first not in capsys.readouterr().out
    assert main(["check", "--config", str(path)]) == 2
    assert "cannot start" in capsys.readouterr().err


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", f"Basic {peers.TOKEN}", peers.TOKEN])
def test_without_the_token_nothing_is_told(pair, header):
    headers = {"Authorization": header or ""}
    answer = pair.alice.http.get("/api/v1/outgoing", headers=headers)
    assert (answer.status_code, answer.json()["kind"]) == (401, "unauthorised")
    assert pair.alice.http.get("/metrics", headers=headers).status_code == 401
    assert pair.alice.http.post("/api/v1/outgoing", content=invoice(), headers=headers).status_code == 401


def test_health_and_metrics_tell_how_it_stands(pair):
    pair.alice.submit()
    pair.alice.send()
    health = pair.alice.http.get("/health", headers={"Authorization": ""})
    assert (health.status_code, health.json()["healthy"], health.json()["party"]) == (200, True, "POP000901")
    text = pair.bob.http.get("/metrics").text
    assert 'gateway_incoming_total{outcome="received"} 1.0' in text
    assert "gateway_inbox 1.0" in text
    assert 'gateway_outbox{state="delivered"} 1.0' in pair.alice.http.get("/metrics").text
    assert 'gateway_certificate_end_seconds{name="access point"}' in text


@pytest.mark.parametrize(("ends_in", "state", "status"), [(5, "soon", 200), (-1, "expired", 503), (100, "ok", 200)])
def test_the_end_of_the_certificate_is_watched(ca, tmp_path, caplog, ends_in, state, status):
    ca.issue("POP000901", end=authority.NOW + timedelta(days=ends_in), file=f"ends{ends_in}")
    name = ca.folder / f"ends{ends_in}"
    peer = Peer(ca, tmp_path, ALICE, certificate=name.with_suffix(".pem"), key=name.with_suffix(".key"))
    health = peer.http.get("/health")
    assert (health.status_code, health.json()["certificates"][0]["state"]) == (status, state)
    with caplog.at_level(logging.WARNING):
        peer.service.workers.tidy(utc_now())
    assert ("certificate" in caplog.messages) == (state != "ok")
    peer.close()


def test_logs_are_json_without_documents_or_secrets(pair, caplog):
    with caplog.at_level(logging.INFO):
        pair.alice.submit(invoice("VERY PRIVATE 42"))
        pair.alice.send()
        pair.alice.http.get("/api/v1/outgoing", headers={"Authorization": "Bearer guess-of-a-secret"})
    lines = [logs.JsonFormatter().format(record) for record in caplog.records if "peppol" in record.name]
    assert len(lines) >= 2
    for line in lines:
        assert {"at", "level", "event"} <= set(json.loads(line))
    for secret in ("VERY PRIVATE", peers.TOKEN, "guess-of-a-secret", "PRIVATE KEY"):
        assert secret not in "\n".join(lines)


def test_too_large_a_document_is_told_so_before_it_is_read(ca, tmp_path):
    with Pair(ca, tmp_path, largest_document=10_000) as pair:
        answer = pair.alice.http.post("/api/v1/outgoing", content=invoice(filling=b"x" * 20_000))
        assert (answer.status_code, answer.json()["kind"]) == (413, "too_large")

        async def pieces():
            for _ in range(20):
                yield b"x" * 1000

        answer = pair.alice.http.post("/api/v1/outgoing", content=pieces())
        assert answer.status_code == 413, "without a declared length too"
        huge = pair.bob.http.post("/as4", content=b"x" * 2_000_000, headers={"Content-Type": "multipart/related"})
        assert huge.status_code == 413
        assert pair.alice.get("outgoing")["items"] == []


def test_a_full_queue_and_a_full_disk_push_back(ca, tmp_path):
    with Pair(ca, tmp_path, queue=2) as pair:
        pair.alice.submit(invoice("1"))
        pair.alice.submit(invoice("2"))
        answer = pair.alice.http.post("/api/v1/outgoing", content=invoice("3"))
        assert (answer.status_code, answer.json()["kind"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
        pair.alice.send()
        assert pair.alice.submit(invoice("3"))["state"] == "accepted"
        pair.bob.service.settings.__dict__["free_space"] = 1 << 60
        answer = pair.bob.http.post("/as4", content=b"x", headers={"Content-Type": "multipart/related"})
        assert (answer.status_code, answer.json()["kind"]) == (503, "busy")
        assert pair.bob.http.get("/health").status_code == 503


def test_documents_are_forgotten_when_told_so_and_their_proofs_stay(pair):
    accepted = pair.alice.submit()
    pair.alice.send()
    (arrived,) = pair.bob.get("inbox")["items"]
    later = utc_now().timestamp() + 10
    assert pair.alice.service.forget(later) == 1
    assert pair.bob.service.forget(later) == 0, "the client has not acknowledged"
    assert pair.alice.http.get(f"/api/v1/outgoing/{accepted['id']}/document").json()["kind"] == "not_found"
    assert pair.alice.http.get(f"/api/v1/outgoing/{accepted['id']}/receipt").status_code == 200
    pair.bob.http.post(f"/api/v1/inbox/{arrived['id']}/acknowledge")
    pair.bob.service.store.database.execute("UPDATE incoming SET status_due = NULL")
    assert pair.bob.service.forget(later) == 1
    assert pair.bob.get(f"inbox/{arrived['id']}")["size"] is None


def test_files_that_a_killed_process_left_are_removed(pair):
    pair.alice.submit(invoice(filling=b"x" * 100_000))
    store = pair.alice.service.store
    (kept,) = store.disk.names()
    store.disk.write("orphan", [b"half a document"])
    assert store.sweep() == 0, "its row may be about to be written"
    assert store.sweep(age=0) == 1
    assert store.disk.names() == [kept]


def test_participants_come_and_go(pair):
    path = "/api/v1/participants/iso6523-actorid-upis::0208:0123456749"
    assert pair.alice.http.request("PUT", path).status_code == 204
    assert pair.alice.get("participants")["participants"] == ["0208:0123456749", ALICE]
    assert pair.alice.http.request("DELETE", path).status_code == 204
    assert pair.alice.http.request("DELETE", path).status_code == 404
    assert pair.alice.http.request("PUT", "/api/v1/participants/nobody").status_code == 400


def test_expiry_is_judged_at_a_moment(ca):
    certificate, _ = ca.issue("POP000901")
    end = certificate.not_valid_after_utc
    states = [keys.expiry("x", certificate, end + timedelta(days=days), 30).state for days in (-600, -31, -29, 1)]
    assert states == ["not_yet", "ok", "soon", "expired"]


@pytest.mark.parametrize(
    ("parameters", "headers", "named"),
    [
        ({"mls_type": "NEVER"}, {}, "query.mls_type"),
        ({}, {"Idempotency-Key": "x" * 201}, "header.Idempotency-Key"),
    ],
)
def test_a_wrong_parameter_of_a_submission_is_named(pair, parameters, headers, named):
    answer = pair.alice.http.post("/api/v1/outgoing", content=invoice(), params=parameters, headers=headers)
    assert (answer.status_code, answer.json()["kind"]) == (400, "invalid")
    assert answer.json()["detail"].startswith(named)
    assert pair.alice.get("outgoing")["items"] == []


def test_only_posting_to_the_as4_endpoint_is_answered(pair):
    answer = pair.bob.http.get("/as4")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_remembered_chain_is_still_judged_by_its_dates(ca, monkeypatch):
    certificate, _ = ca.issue("POP000901")
    policy, _ = keys.trust(config.Settings(anchors=(ca.pem,)))
    party = keys.their_party(certificate).identity.to_party_from()
    assert policy.signer_resolver(party, certificate) == certificate
    monkeypatch.setattr(keys, "utc_now", lambda: certificate.not_valid_after_utc + timedelta(seconds=1))
    with pytest.raises(UntrustedSignerError, match="validity"):
        policy.signer_resolver(party, certificate)


def test_a_ring_wakes_one_and_is_remembered():
    bell = Bell(2)
    for _ in range(5):
        bell.ring()
    started = time.monotonic()
    bell.wait(60)
    bell.wait(60)
    assert time.monotonic() - started < 30
    assert bell.rings == 0
