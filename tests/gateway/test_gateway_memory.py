"""Memory stays bounded with large documents, and too many requests are told to come back.

``GATEWAY_DRILL_LARGE=100`` sends a hundred documents of 60 MB at the same time (20 GB of disk; many minutes).
"""

import base64
import hashlib
import os
import random
import socket
import threading
import time

import httpx
import processes
import pytest
from peers import ALICE, BOB, TOKEN, invoice

LARGE = int(os.environ.get("GATEWAY_DRILL_LARGE", "2"))
SIZE = 60_000_000


@pytest.fixture
def gateways(ca, tmp_path):
    alice, bob = processes.two(ca, tmp_path, send_timeout=120.0, retry_first=1.0, retry_factor=1.0)
    for gateway in (alice, bob):
        gateway.start()
    yield alice, bob
    for gateway in (alice, bob):
        gateway.stop()


def pieces(number):
    """A document of some 60 MB with an embedded attachment, without ever holding it."""
    before, after = invoice(f"LARGE/{number}", ALICE, BOB).split("ü ".encode())
    yield before + "ü ".encode()
    attachment = random.Random(number).randbytes(600_000)
    text = base64.b64encode(attachment)
    for _ in range(SIZE // len(text)):
        yield text
    yield after


def digest(chunks):
    result = hashlib.sha256()
    for chunk in chunks:
        result.update(chunk)
    return result.hexdigest()


def test_documents_of_60_mb_pass_in_bounded_memory(gateways):
    alice, bob = gateways
    before = [gateway.memory()[1] for gateway in gateways]
    threads = [threading.Thread(target=submit, args=(alice, number)) for number in range(LARGE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_until_delivered(alice, LARGE)
    for gateway, was in zip(gateways, before, strict=True):
        grown = gateway.memory()[1] - was
        # less than one document, and a megabyte for each request that is served at the same time
        assert grown < SIZE * 3 // 4 + LARGE * 1_000_000, (
            f"{gateway.participant} grew by {grown / 1e6:.0f} MB, all documents together"
        )
    with bob.client() as client:
        arrived = client.get("/inbox").json()["items"]
        with client.stream("GET", f"/inbox/{arrived[0]['id']}/document") as answer:
            found = digest(answer.iter_bytes())
    sent = {digest(without_declaration(number)) for number in range(LARGE)}
    assert len(arrived) == LARGE
    assert found in sent


def without_declaration(number):
    """What arrives of a document: its root element."""
    chunks = pieces(number)
    yield next(chunks).split(b"?>\n")[1]
    yield from chunks


def submit(gateway, number):
    with gateway.client() as client:
        while True:
            answer = client.post("/outgoing", content=pieces(number), timeout=300)
            if answer.status_code != 503:
                break
            time.sleep(float(answer.headers["Retry-After"]))
        assert answer.status_code == 202, answer.text


def wait_until_delivered(gateway, count):
    end = time.monotonic() + 60 + 20 * count
    with gateway.client() as client:
        while time.monotonic() < end:
            items = client.get("/outgoing", params={"limit": 500}).json()["items"]
            if [item["state"] for item in items].count("delivered") == count:
                return
            time.sleep(0.3)
    raise AssertionError(items)


def test_more_than_a_hundred_requests_at_once_are_pushed_back(gateways):
    """A hundred clients that send slowly are borne; the next are told to come back, and the service still answers."""
    _, bob = gateways
    sockets = []
    try:
        for _ in range(100):
            connection = socket.create_connection(("127.0.0.1", bob.port), timeout=5)
            connection.sendall(
                b"POST /as4 HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/related; boundary=b\r\n"
                b"Content-Length: 50000000\r\n\r\nfirst bytes"
            )
            sockets.append(connection)
        end = time.monotonic() + 10
        while True:
            answer = httpx.post(f"{bob.url}/as4", content=b"x", headers={"Content-Type": "multipart/related"})
            if answer.status_code == 503 or time.monotonic() > end:
                break
            time.sleep(0.1)
        assert (answer.status_code, answer.json()["kind"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
        assert httpx.get(f"{bob.url}/health").json()["healthy"] is True
        with bob.client() as client:
            assert client.get("/inbox").status_code == 200
    finally:
        for connection in sockets:
            connection.close()
    # those who left made room, and left nothing behind
    end = time.monotonic() + 10
    headers = {"Authorization": f"Bearer {TOKEN}"}
    while time.monotonic() < end:
        answer = httpx.post(f"{bob.url}/api/v1/outgoing", content=invoice(), headers=headers)
        if answer.status_code == 202:
            break
        time.sleep(0.1)
    assert answer.status_code == 202
    assert list((bob.folder / "state" / "spool").iterdir()) == []
