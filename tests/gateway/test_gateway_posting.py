"""Connections to other access points: kept, made anew where they have ended, and never followed elsewhere."""

import io
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from peppol_gateway import posting
from peppol_gateway.errors import Permanent, Temporary


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        server = self.server
        server.seen.append((self.client_address, self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        if server.hangs_up:
            # after it has read the request, without an answer: as where the connection's time is over
            server.hangs_up -= 1
            self.close_connection = True
            return
        self.send_response(server.status)
        for name, value in server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(server.answer)))
        self.end_headers()
        self.wfile.write(server.answer)

    def log_message(self, *_):
        pass


@contextmanager
def serving():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen, server.status, server.headers, server.answer, server.hangs_up = [], 200, {}, b"a receipt", 0
    server.url = f"http://127.0.0.1:{server.server_port}/as4?x=1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def post(poster, url, content=b"a message"):
    return poster(url, {"Content-Length": str(len(content))}, io.BytesIO(content))


@pytest.fixture
def poster():
    return posting.Poster(tls=None, private_allowed=True, timeout=5)


def test_a_connection_is_used_again(poster):
    with serving() as server:
        for _ in range(3):
            assert post(poster, server.url).body == b"a receipt"
        assert len({address for address, _, _ in server.seen}) == 1
        assert server.seen[0][1:] == ("/as4?x=1", b"a message")


@pytest.mark.parametrize("noticed", [True, False])
def test_one_that_has_ended_is_replaced(poster, noticed):
    """Whether its end is seen before it is used again, or only then."""
    with serving() as server:
        if noticed:
            server.headers["Connection"] = "close"
        post(poster, server.url)
        if not noticed:
            server.hangs_up = 1
        assert post(poster, server.url).status == 200
        assert len({address for address, _, _ in server.seen}) == 2
        assert {content for _, _, content in server.seen} == {b"a message"}


def test_no_answer_is_an_error_that_passes(poster):
    with serving() as server:
        server.hangs_up = 1
        with pytest.raises(Temporary, match="cannot be reached"):
            post(poster, server.url)
        assert len(server.seen) == 1
    with pytest.raises(Temporary, match="cannot be reached"):
        post(poster, server.url)


def test_answers_are_bounded_and_redirects_not_followed(poster):
    with serving() as server:
        server.answer = b"x" * (posting.LARGEST_ANSWER + 1)
        with pytest.raises(Temporary, match="too large"):
            post(poster, server.url)
        server.answer, server.status, server.headers = b"", 307, {"Location": server.url, "Retry-After": "7"}
        answer = post(poster, server.url)
        assert (answer.status, answer.retry_after) == (307, 7.0)
        assert len(server.seen) == 2


def test_no_more_connections_are_kept_than_wanted(poster, monkeypatch):
    monkeypatch.setattr(posting, "ADDRESSES", 1)
    with serving() as one, serving() as other:
        post(poster, one.url)
        post(poster, other.url)
        assert [address[2] for address in poster.idle] == [other.server_port]
        post(poster, one.url)
        assert len({address for address, _, _ in one.seen}) == 2


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "http:///as4", "http://127.0.0.1:99999/", "http://127.0.0.1/é"])
def test_what_is_no_web_address(poster, url):
    with pytest.raises(Permanent):
        post(poster, url)


def test_a_name_is_looked_up_once(monkeypatch):
    """Whoever answers for a name cannot first show an address of the internet, and then one of ours."""
    answers, asked = ["193.191.211.1", "127.0.0.1"], []

    def resolve(_host, port, **_):
        return [(posting.socket.AF_INET, posting.socket.SOCK_STREAM, 6, "", (answers.pop(0), port))]

    def connect(place, _timeout):
        asked.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(posting.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(posting.socket, "create_connection", connect)
    poster = posting.Poster(tls=None, private_allowed=False, timeout=1)
    with pytest.raises(Temporary):
        post(poster, "https://ap.example/as4")
    assert (asked, answers) == ([("193.191.211.1", 443)], ["127.0.0.1"])
    with pytest.raises(Permanent, match="not on the internet"):
        post(poster, "https://ap.example/as4")
    assert len(asked) == 1
