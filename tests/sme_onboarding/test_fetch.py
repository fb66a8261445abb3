# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading the firm's own site: never anything that only this server can reach, never without bounds."""

import http.server
import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sme_onboarding.engine import site
from sme_onboarding.tools import fetch


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = {"/": b"<p>Bonjour</p>", "/big": b"x" * (2 * fetch.MOST_BYTES)}.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=no-such-charset" if self.path == "/" else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        try:
            self.wfile.write(body or b"")
        except OSError:
            pass  # the reader has had enough

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def port():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture
def read(port):
    def answer(path, **options):
        options = {"allowed": lambda _address: True, "ports": {"http": port}, **options}
        return fetch.fetch(f"http://localhost:{port}{path}", **options)

    return answer


def test_a_page_is_read(read, port):
    assert read("/") == fetch.Response(f"http://localhost:{port}/", 200, "<p>Bonjour</p>")
    assert read("/nowhere").status == 404
    assert len(read("/big").text) == fetch.MOST_BYTES


def test_redirects_are_followed_within_bounds(read):
    assert read("/to//").text == "<p>Bonjour</p>"
    with pytest.raises(fetch.FetchError) as caught:
        read("/to//to//to//to//to//to//to//")
    assert caught.value.reason == "redirects"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://localhost/", "gopher://localhost:70/1"])
def test_a_redirect_to_another_scheme_is_refused(read, target):
    with pytest.raises(fetch.FetchError) as caught:
        read(f"/to/{target}")
    assert caught.value.reason == "address"


def test_each_connection_is_judged_anew(read, port):
    """A public site that redirects to a private address gets nothing."""
    asked = []

    def allowed(address):
        asked.append(address)
        return len(asked) == 1

    with pytest.raises(fetch.FetchError) as caught:
        read("/to//", allowed=allowed)
    assert caught.value.reason == "forbidden"
    assert len(asked) >= 2


def test_private_addresses_are_never_connected_to(port):
    for url in (f"http://127.0.0.1:{port}/", f"http://localhost:{port}/", f"http://[::1]:{port}/"):
        with pytest.raises(fetch.FetchError) as caught:
            fetch.fetch(url, ports={"http": port})
        assert caught.value.reason in ("forbidden", "unknown_host")


def test_a_name_that_mixes_public_and_private_addresses_is_refused():
    def resolve(_host, port, **_options):
        return [(socket.AF_INET, 0, 0, "", (address, port)) for address in ("93.184.216.34", "10.0.0.1")]

    with pytest.raises(fetch.FetchError) as caught:
        fetch.fetch("https://shop.example/", resolve=resolve)
    assert caught.value.reason == "forbidden"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://user:secret@shop.example/", "forbidden"),
        ("https://shop.example:22/", "forbidden"),
        ("http://shop.example:443/", "forbidden"),
        ("javascript:alert(1)", "address"),
        ("https:///nohost", "address"),
        ("https://shop.example/a b", "address"),
        ("https://[::1", "address"),
        ("https://shop.example:99999999/", "address"),
    ],
)
def test_odd_addresses_are_refused_before_anything_is_resolved(url, reason):
    def resolve(*_args, **_options):
        raise AssertionError("resolved")

    with pytest.raises(fetch.FetchError) as caught:
        fetch.fetch(url, resolve=resolve)
    assert caught.value.reason == reason


def test_a_server_that_stalls_is_left(read, port):
    times = iter([0.0, *[100.0] * 50])
    with pytest.raises(fetch.FetchError) as caught:
        read("/big", now=lambda: next(times))
    assert caught.value.reason == "timeout"


def test_a_name_nobody_knows():
    def resolve(*_args, **_options):
        raise socket.gaierror("nobody knows")

    with pytest.raises(fetch.FetchError) as caught:
        fetch.fetch("https://shop.example/", resolve=resolve)
    assert caught.value.reason == "unknown_host"


@given(st.ip_addresses())
def test_only_global_addresses_are_public(address):
    if fetch.is_public(str(address)):
        assert address.is_global and not address.is_private and not address.is_loopback and not address.is_link_local


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_page(text):
    page = site.read_page(text)
    site.missing_particulars([page], site.Facts("A", "0999999922", "B", "4000", "c@d.example"))
    site.has_opening_hours(page)
    site.social_profiles(page.links)
    site.legal_links(page.links)


def test_hostile_pages_take_no_time():
    for text in (
        "<a href='" + "https://" * 20000,
        "lundi " * 20000 + "9",
        "1 " * 20000,
        '<script type="application/ld+json">' + "[" * 50000,
    ):
        page = site.read_page(text)
        site.missing_particulars([page], site.Facts("A", "0999999922", "B"))
        site.has_opening_hours(page)
        site.social_profiles(page.links)
