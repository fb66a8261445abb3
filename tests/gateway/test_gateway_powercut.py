"""The power is cut at random moments; what was promised before is kept, and nothing is half there."""

import hashlib
import os
import random
import sqlite3
from functools import partial

import peers
import peppol_gateway.service
import powercut
import pytest
from peers import BOB, Pair, invoice, root_of
from peppol_gateway import posting
from peppol_gateway.errors import NotFound
from peppol_gateway.keys import utc_now
from peppol_gateway.store import Store

SEED = int(os.environ.get("GATEWAY_DRILL_SEED", "20260101"))
CUTS = int(os.environ.get("GATEWAY_DRILL_CUTS", "12"))
WISHES = dict.fromkeys(("sender", "receiver", "document_type", "process", "country", "mls_to", "mls_type"))
#: Kept in the database, and in files.
DOCUMENTS = {f"F/{n}": invoice(f"F/{n}", filling=b"x" * size) for n, size in enumerate((10, 9000, 10, 30_000, 500))}


class Promises:
    """What the gateways have answered up to now."""

    def __init__(self):
        self.accepted = {}  # idempotency key → id at Alice's
        self.receipts = []  # receipts that Bob has given
        self.acknowledged = set()


def start(ca, folder, power, monkeypatch):
    """A pair whose stores lie on the disk that ``power`` feeds."""
    store = partial(Store, database=powercut.database_of(power), disk=powercut.disk_of(power))
    monkeypatch.setattr(peppol_gateway.service, "Store", store)
    return Pair(ca, folder, inline=4000, mls="off", retry_first=0.0)


def run(pair, promises):
    """Submit, send, receive and acknowledge everything, in one thread, noting each promise when it is given."""
    bob = pair.bob.service

    def carry(_url, headers, content):
        with bob.store.spool.open() as file:
            file.write(content)
            answer = bob.receiver.receive(file, headers["Content-Type"], utc_now())
        promises.receipts.append(answer.signal)
        return posting.Answer(200, answer.signal, None)

    pair.carry = carry
    alice = pair.alice.service
    for key, content in DOCUMENTS.items():
        with alice.store.spool.open() as file:
            file.write(content)
            row, _ = alice.submit(file, WISHES, key, utc_now())
        promises.accepted[key] = row["id"]
        if key in ("F/1", "F/4"):
            pair.alice.send()
    pair.alice.due()
    pair.alice.send()
    for row in bob.inbox.page(after=0, limit=3):
        bob.inbox.acknowledge(row["id"], utc_now().timestamp())
        promises.acknowledged.add(row["id"])


def check(pair, promises):
    """All promises hold on what is left of the disks."""
    for peer in (pair.alice, pair.bob):
        store = peer.service.store
        assert store.database.one("PRAGMA integrity_check")["integrity_check"] == "ok"
        for body in store.database.execute("SELECT * FROM body"):
            with store.open(body["key"]) as file:
                assert hashlib.sha256(file.read()).hexdigest() == body["sha256"], "a document is half there"
    outbox = pair.alice.service.outbox
    for key, identifier in promises.accepted.items():
        row = outbox.get(identifier)
        assert row["idempotency_key"] == key
        with pair.alice.service.store.open(row["document"]) as file:
            assert file.read() == DOCUMENTS[key]
    kept = {row["receipt"] for row in pair.bob.service.store.database.execute("SELECT receipt FROM answered")}
    assert set(promises.receipts) <= kept, "a receipt was given for what is lost"
    for identifier in promises.acknowledged:
        assert pair.bob.service.inbox.get(identifier)["acknowledged"] is not None


def total_operations(ca, folder, monkeypatch):
    power = powercut.Power()
    with start(ca, folder, power, monkeypatch) as pair:
        begun = power.operations
        run(pair, Promises())
    return begun, power.operations


def test_promises_survive_a_power_cut(ca, tmp_path, monkeypatch):
    chance = random.Random(SEED)
    first, last = total_operations(ca, tmp_path / "whole", monkeypatch)
    assert last - first > 100
    original = Store
    for number in range(CUTS):
        cut = chance.randint(first, last - 1)
        folder, left = tmp_path / f"{number}", tmp_path / f"{number}-left"
        power = powercut.Power()
        pair = start(ca, folder, power, monkeypatch)
        promises = Promises()
        power.cut = cut
        with pytest.raises(powercut.PowerCut):
            run(pair, promises)
        power.survivors(folder, left, chance)
        monkeypatch.setattr(peppol_gateway.service, "Store", original)
        with Pair(ca, left, inline=4000, mls="off", retry_first=0.0) as after:
            check(after, promises)
            go_on(after, promises)


def go_on(pair, promises):
    """After the power is back, everything is sent once more by a client that asks again, and arrives once."""
    for peer in (pair.alice, pair.bob):
        peer.service.store.sweep(age=0)
        service = peer.service
        service.outbox.release(service.alive.dead(service.outbox.claimants()), utc_now().timestamp())
    for key, content in DOCUMENTS.items():
        pair.alice.submit(content, key=key)
    pair.alice.due()
    assert pair.alice.send() in ("delivered", None)
    assert {row["state"] for row in pair.alice.service.outbox.page(after=0, limit=99)} == {"delivered"}
    arrived = pair.bob.get("inbox", all=True)["items"]
    contents = [pair.bob.http.get(f"/api/v1/inbox/{item['id']}/document").content for item in arrived]
    assert sorted(contents) == sorted(root_of(content) for content in DOCUMENTS.values())
    assert {item["receiver"] for item in arrived} == {BOB}
    assert peers.ALICE in {item["sender"] for item in arrived}


def test_the_simulation_notices_what_is_not_synced(ca, tmp_path, monkeypatch):
    """With syncing switched off, the same drill fails: it does test something."""
    chance = random.Random(SEED)
    monkeypatch.setattr(powercut.File, "sync", lambda self: None)
    power = powercut.Power()
    pair = start(ca, tmp_path / "x", power, monkeypatch)
    promises = Promises()
    run(pair, promises)
    power.survivors(tmp_path / "x", tmp_path / "left", chance)
    monkeypatch.setattr(peppol_gateway.service, "Store", Store)
    # how exactly a torn database shows is SQLite's affair
    with pytest.raises((AssertionError, sqlite3.DatabaseError, NotFound)), Pair(ca, tmp_path / "left") as after:
        check(after, promises)
