"""Both gateways are killed again and again while messages go both ways: each arrives exactly once.

Every kill is a SIGKILL at a moment that a seeded generator chooses; the clients do what a client does that gets no
answer: ask again with the same idempotency key, and acknowledge again.
"""

import os
import random
import threading
import time

import httpx
import processes
import pytest
from peers import ALICE, BOB, invoice

SEED = int(os.environ.get("GATEWAY_DRILL_SEED", "20260101"))
MESSAGES = int(os.environ.get("GATEWAY_DRILL_MESSAGES", "24"))
KILLS = int(os.environ.get("GATEWAY_DRILL_KILLS", "4"))
LIMIT = 60  # seconds


@pytest.fixture
def gateways(ca, tmp_path):
    alice, bob = processes.two(
        ca, tmp_path, retry_first=0.2, retry_factor=1.0, send_timeout=5.0, senders=2, inline=4000
    )
    yield alice, bob
    for gateway in (alice, bob):
        gateway.stop()


def test_each_message_arrives_exactly_once(gateways):
    alice, bob = gateways
    chance = random.Random(SEED)
    for gateway in gateways:
        gateway.start()
    submitted, handed = {ALICE: {}, BOB: {}}, {ALICE: [], BOB: []}
    stop = threading.Event()
    threads = [
        threading.Thread(target=submit_all, args=(alice, BOB, submitted[ALICE], random.Random(SEED + 1))),
        threading.Thread(target=submit_all, args=(bob, ALICE, submitted[BOB], random.Random(SEED + 2))),
        threading.Thread(target=fetch_all, args=(alice, handed[ALICE], stop)),
        threading.Thread(target=fetch_all, args=(bob, handed[BOB], stop)),
    ]
    for thread in threads:
        thread.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.2))
        victim = chance.choice(gateways)
        victim.kill()
        time.sleep(chance.uniform(0, 0.3))
        victim.start(wait=False)
    end = time.monotonic() + LIMIT
    for thread in threads[:2]:
        thread.join(LIMIT)
    while time.monotonic() < end and not (finished(alice) and finished(bob)):
        time.sleep(0.1)
    while time.monotonic() < end and (len(handed[ALICE]) + len(handed[BOB])) < 2 * MESSAGES:
        time.sleep(0.1)
    stop.set()
    for thread in threads[2:]:
        thread.join(10)

    for sender, receiver in ((ALICE, BOB), (BOB, ALICE)):
        assert len(submitted[sender]) == MESSAGES
        assert len(set(submitted[sender].values())) == MESSAGES
        # what the client got is what was sent: each once, and none that was not
        assert sorted(handed[receiver]) == sorted(submitted[sender])
    for gateway in gateways:
        with gateway.client() as client:
            states = [item["state"] for item in client.get("/outgoing", params={"limit": 500}).json()["items"]]
            assert states == ["delivered"] * MESSAGES
            assert client.get("/inbox").json()["items"] == []


def insist(call):
    """What a client does that gets no answer: it calls again."""
    end = time.monotonic() + LIMIT
    while True:
        try:
            answer = call()
            if answer.status_code < 500:
                return answer
        except httpx.HTTPError:
            pass
        assert time.monotonic() < end, "no answer for too long"
        time.sleep(0.05)


def submit_all(gateway, receiver, submitted, chance):
    with gateway.client() as client:
        for number in range(MESSAGES):
            name = f"{gateway.participant}/{number}"
            # some are kept in the database, some in files
            document = invoice(name, gateway.participant, receiver, b"x" * chance.choice((10, 3000, 20_000)))
            answer = insist(
                lambda content=document, key=name: client.post(
                    "/outgoing", content=content, headers={"Idempotency-Key": key}
                )
            )
            assert answer.status_code in (200, 202), answer.text
            submitted[name] = answer.json()["id"]
            time.sleep(chance.uniform(0, 0.1))


def fetch_all(gateway, handed, stop):
    """Take in what came: noted when it is acknowledged for the first time, as a client commits and acknowledges."""
    seen = set()
    with gateway.client() as client:
        while not stop.is_set():
            for item in insist(lambda: client.get("/inbox")).json()["items"]:
                path = f"/inbox/{item['id']}"
                content = insist(lambda path=path: client.get(f"{path}/document")).content
                number = content.split(b"<cbc:ID>")[1].split(b"</cbc:ID>")[0].decode()
                insist(lambda path=path: client.post(f"{path}/acknowledge"))
                # the same message may be listed again until it is acknowledged; another one with its content may not
                if item["id"] not in seen:
                    seen.add(item["id"])
                    handed.append(number)
            time.sleep(0.05)


def finished(gateway):
    with gateway.client() as client:
        items = insist(lambda: client.get("/outgoing", params={"limit": 500})).json()["items"]
    return len(items) == MESSAGES and all(item["state"] in ("delivered", "failed") for item in items)
