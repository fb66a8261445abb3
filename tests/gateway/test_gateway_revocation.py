"""Certificates that their authority has revoked: refused, as far as a list is had; messages never wait for one."""

import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import authority
import pytest
from forgeries import as4_message
from peers import Pair
from peppol_gateway import keys, revocation
from test_gateway_refusals import refused


class Published:
    """The authority's server: what it publishes, and how often it was asked."""

    def __init__(self):
        self.content = b""
        self.asked = 0
        published = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                published.asked += 1
                self.send_response(200 if published.content else 503)
                self.end_headers()
                self.wfile.write(published.content)

            def log_message(self, *_):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/list.crl"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def published():
    published = Published()
    yield published
    published.close()


@pytest.fixture
def revocations(ca):
    """A pair with the setting that a test asks for, and Bob's lists."""

    def make(folder, mode="known"):
        pair = Pair(ca, folder, revocation=mode)
        return pair, pair.bob.service.revocations

    return make


@pytest.fixture
def sender(ca, published):
    # a file for each server: its port is in the certificate
    return ca.issue("POP000901", file=f"listed-{published.server.server_port}", lists=[published.address])


def answer(pair, sender):
    """What Bob answers a message of the sender."""
    headers, body = as4_message(pair.ca, signer=sender)
    return pair.bob.http.post("/as4", content=body, headers=headers)


def received(pair):
    return len(pair.bob.get("inbox")["items"])


def test_a_revoked_sender_is_refused(ca, tmp_path, published, sender, revocations):
    """Once the list is had; the first message is not made to wait for it."""
    published.content = ca.list_of_revoked(sender[0])
    pair, lists = revocations(tmp_path)
    with pair:
        answer(pair, sender)
        assert (received(pair), published.asked) == (1, 0)
        lists.refresh(time.time())
        assert b"EBMS:0101" in answer(pair, sender).content
        assert received(pair) == 1
    # kept: the next start needs no server
    pair, _ = revocations(tmp_path)
    with pair:
        assert b"EBMS:0101" in answer(pair, sender).content
        assert published.asked == 1


def test_where_no_list_is_had(tmp_path, published, sender, revocations):
    """Accepted and seen, or refused, as the settings say; nothing is stored of what is refused."""
    pair, lists = revocations(tmp_path / "known")
    with pair:
        answer(pair, sender)
        lists.refresh(time.time())
        assert (received(pair), published.asked) == (1, 1)
        last = pair.bob.http.get("/health").json()["certificates"][-1]
        assert (last["state"], last["subject"]) == ("missing", published.address)
        assert (
            'gateway_certificate_end_seconds{name="revoked by Test access point CA"} 0.0'
            in pair.bob.http.get("/metrics").text
        )
        # a server that fails is not asked again at once
        lists.refresh(time.time())
        lists.refresh(time.time() + revocation.AGAIN + 1)
        assert published.asked == 2
    pair, _ = revocations(tmp_path / "required", mode="required")
    with pair:
        headers, body = as4_message(pair.ca, signer=sender)
        assert refused(pair, headers, body)[0] == "EBMS:0101"
    pair, lists = revocations(tmp_path / "off", mode="off")
    with pair:
        answer(pair, sender)
        assert (received(pair), lists.issuers) == (1, {})


@pytest.mark.parametrize("mode", ["known", "required"])
def test_an_old_list_still_tells_who_is_revoked(ca, tmp_path, published, sender, revocations, mode):
    old = {"start": authority.NOW - timedelta(days=9), "end": authority.NOW - timedelta(days=2)}
    published.content = ca.list_of_revoked(sender[0], **old)
    other = ca.issue("POP000901", file=f"other-{published.server.server_port}", lists=[published.address])
    pair, lists = revocations(tmp_path, mode=mode)
    with pair:
        lists.issuers[published.address] = ca.certificate
        lists.refresh(time.time())
        assert b"EBMS:0101" in answer(pair, sender).content
        assert [state for *_, state in lists.states(keys.utc_now())] == ["expired"]
        answer(pair, other)
        assert received(pair) == (1 if mode == "known" else 0)


def test_lists_that_are_not_believed(ca, tmp_path, published, sender, revocations):
    """Of a stranger, older than the one that is kept, no list at all: what is known stays."""
    stranger = authority.Authority(tmp_path / "stranger")
    good = ca.list_of_revoked(sender[0])
    pair, lists = revocations(tmp_path / "pair")
    with pair:
        answer(pair, sender)
        moment = time.time()
        for content in (stranger.list_of_revoked(sender[0]), b"nonsense", b""):
            published.content = content
            moment += revocation.REFRESH + 1
            lists.refresh(moment)
            assert [state for *_, state in lists.states(keys.utc_now())] == ["missing"]
        for content in (good, ca.list_of_revoked(start=authority.NOW - timedelta(days=3))):
            published.content = content
            moment += revocation.REFRESH + 1
            lists.refresh(moment)
            assert b"EBMS:0101" in answer(pair, sender).content


def test_a_list_is_not_fetched_from_ones_own_network(tmp_path, published):
    lists = revocation.Revocations(tmp_path, private_allowed=False)
    with pytest.raises(ValueError, match="not on the internet"):
        lists._download(published.address)
    assert published.asked == 0
