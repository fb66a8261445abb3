"""Each drill has the effect that it is said to have, on the real protocols."""

import http.client
import socket
import ssl
import time
import urllib.error
import urllib.request
from contextlib import closing

import pytest
from peppol_network.client import NetworkError
from peppol_network.drills import DEFINITIONS
from transport.identifiers import BIS3_INVOICE, ParticipantId

GENT = ParticipantId.parse("0208:0477472701")
MESSAGE = (
    b"--edge\r\nContent-Type: application/soap+xml\r\n\r\n<Envelope/>\r\n"
    b"--edge\r\nContent-Type: application/octet-stream\r\n\r\n" + b"\x11" * 200 + b"\r\n--edge--\r\n"
)


@pytest.fixture(autouse=True)
def gent(network):
    network.register(str(GENT))


@pytest.fixture
def post(network):
    """Send a message to the first access point, over verified TLS."""
    context = ssl.create_default_context(cadata=network.layout.authority.pem("tls-ca"))

    def post(content=MESSAGE, timeout=10):
        request = urllib.request.Request(
            network.settings.access_point("ap1").url,
            content,
            {"Content-Type": 'multipart/related; boundary="edge"; type="application/soap+xml"'},
        )
        return urllib.request.urlopen(request, context=context, timeout=timeout).read()

    return post


@pytest.mark.parametrize(
    ("name", "target", "reason"),
    [
        ("dns_down", "sml", "dns_timeout"),
        ("dns_fails", "sml", "dns_failed"),
        ("down", "smp", "smp_unreachable"),
        ("bad_signature", "smp", "signature_invalid"),
        ("expired_certificate", "smp", "signature_untrusted"),
        ("redirected_twice", "smp", "smp_redirects"),
    ],
)
def test_a_troubled_directory_makes_a_look_up_unknown(network, find, name, target, reason):
    """Unknown is not “not registered”; when the drill ends the participant is found again."""
    network.drill(name, target)
    outcome = find(GENT, timeout=2, document_type=BIS3_INVOICE)
    assert (outcome.kind, outcome.reason) == ("unknown", reason)
    network.end_drills()
    assert find(GENT, document_type=BIS3_INVOICE).kind == "can_receive"


@pytest.mark.parametrize(
    ("name", "target", "reason"), [("dns_slow", "sml", "dns_timeout"), ("slow", "smp", "smp_timeout")]
)
def test_a_slow_directory_answers_late_but_answers(network, find, name, target, reason):
    network.drill(name, target, seconds=0.4)
    began = time.monotonic()
    assert find(GENT, document_type=BIS3_INVOICE).kind == "can_receive"
    assert time.monotonic() - began > 0.4
    network.drill(name, target, seconds=3)
    outcome = find(GENT, timeout=1, document_type=BIS3_INVOICE)
    assert (outcome.kind, outcome.reason) == ("unknown", reason)


@pytest.mark.parametrize(("target", "reason"), [("sml", "not_in_sml"), ("smp", "no_participant")])
def test_a_participant_is_denied(network, find, target, reason):
    network.drill("not_registered", target)
    outcome = find(GENT, document_type=BIS3_INVOICE)
    assert (outcome.kind, outcome.reason) == ("not_registered", reason)


def test_one_redirect_is_followed(network, find):
    """To another publisher, with a certificate of its own; what it says is what counts."""
    last = max((event["id"] for event in network.events()), default=0)
    network.drill("redirected", "smp")
    outcome = find(GENT, document_type=BIS3_INVOICE)
    assert outcome.kind == "can_receive"
    assert outcome.documents[0].endpoints[0].url == network.settings.access_point("ap1").url
    assert [event["drill"] for event in network.events(after=last)] == ["redirected"]


def test_the_publisher_names_an_expired_certificate(network, find):
    network.drill("expired_certificate", "ap1")
    endpoint = find(GENT, document_type=BIS3_INVOICE).documents[0].endpoints[0]
    assert endpoint.certificate == _der(network, "POP000901-expired")
    network.end_drills()
    assert find(GENT, document_type=BIS3_INVOICE).documents[0].endpoints[0].certificate == _der(network, "POP000901")


def _der(network, name):
    return ssl.PEM_cert_to_DER_cert(network.layout.authority.pem(name))


def test_without_a_drill_a_message_passes_unchanged(post, behind):
    assert post() == b"receipt 1"
    assert behind.received == [MESSAGE]


def test_a_large_message_passes(post, behind):
    large = MESSAGE * 20_000
    assert post(large) == b"receipt 1"
    assert behind.received == [large]


def test_nobody_behind_the_front_is_a_bad_gateway(post):
    with pytest.raises(urllib.error.HTTPError, match="502"):
        post()


def test_late(network, post, behind):
    network.drill("late", "ap1", seconds=0.5)
    began = time.monotonic()
    assert post() == b"receipt 1"
    assert time.monotonic() - began > 0.5


def test_lost_once_then_delivered(network, post, behind):
    """The sender gets no answer and nothing arrives; limited to once, the next attempt passes."""
    network.drill("lost", "ap1", times=1)
    with pytest.raises(OSError):
        post()
    assert behind.received == []
    assert post() == b"receipt 1"
    assert not any(drill["on"] for drill in network.ask("GET", "/drills")["drills"])


def test_lost_receipt(network, post, behind):
    """It arrives, but the sender cannot know."""
    network.drill("receipt_lost", "ap1", times=1)
    with pytest.raises(OSError):
        post()
    assert behind.received == [MESSAGE]


def test_duplicated(network, post, behind):
    network.drill("duplicated", "ap1")
    assert post() == b"receipt 2"
    assert behind.received == [MESSAGE, MESSAGE]


def test_corrupted(network, post, behind):
    """One byte of the encrypted part is another."""
    network.drill("corrupted", "ap1")
    assert post() == b"receipt 1"
    (received,) = behind.received
    different = [place for place, (one, other) in enumerate(zip(received, MESSAGE, strict=True)) if one != other]
    assert len(different) == 1
    assert MESSAGE[different[0]] == 0x11


def test_a_drill_at_one_access_point_leaves_the_other_alone(network, post, behind):
    network.drill("lost", "ap2")
    assert post() == b"receipt 1"


def test_server_down(network, post, behind):
    """Its port is closed; other servers of the network go on, and it comes back."""
    network.drill("down", "ap1")
    with pytest.raises(urllib.error.URLError, match="refused"):
        post()
    assert network.is_healthy(), "a server that a drill has switched off is not ill"
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", network.settings.access_point("ap1").port))
    network.end_drills()
    assert post() == b"receipt 1"


def test_expired_tls(network, post, behind):
    network.drill("expired_tls", "ap1")
    with pytest.raises(urllib.error.URLError, match="expired"):
        post()
    network.end_drills()
    assert post() == b"receipt 1"


def test_expired_tls_on_a_connection_that_is_open(network, behind):
    """A sender keeps its connection for the next message: it, too, is to see the certificate."""
    context = ssl.create_default_context(cadata=network.layout.authority.pem("tls-ca"))
    point = network.settings.access_point("ap1")
    kept = http.client.HTTPSConnection("127.0.0.1", point.port, context=context, timeout=10)
    headers = {"Content-Type": 'multipart/related; boundary="edge"; type="application/soap+xml"'}
    with closing(kept):
        kept.request("POST", "/as4", MESSAGE, headers)
        assert kept.getresponse().read() == b"receipt 1"
        network.drill("expired_tls", "ap1")
        with pytest.raises(OSError):
            kept.request("POST", "/as4", MESSAGE, headers)
            kept.getresponse()
    assert behind.received == [MESSAGE]


def test_what_drills_did_is_written_down(network, post, behind):
    last = max((event["id"] for event in network.events()), default=0)
    network.drill("duplicated", "ap1", times=2)
    post()
    (event,) = network.events(after=last)
    assert (event["drill"], event["target"]) == ("duplicated", "ap1")
    assert "twice" in event["text"]
    assert abs(event["moment"] - time.time()) < 60
    (drill,) = [one for one in network.ask("GET", "/drills")["drills"] if one["on"]]
    assert (drill["name"], drill["target"], drill["times"]) == ("duplicated", "ap1", 1)


@pytest.mark.parametrize(
    ("name", "target", "values"),
    [
        ("nonsense", "sml", {}),
        ("lost", "sml", {}),
        ("lost", "ap9", {}),
        ("late", "ap1", {"seconds": -1}),
        ("late", "ap1", {"seconds": 1e9}),
        ("late", "ap1", {"seconds": "ten"}),
        ("lost", "ap1", {"times": 0}),
        ("lost", "ap1", {"times": 1.5}),
    ],
)
def test_no_such_drill(network, name, target, values):
    with pytest.raises(NetworkError):
        network.drill(name, target, **values)
    assert not any(drill["on"] for drill in network.ask("GET", "/drills")["drills"])


def test_every_drill_is_offered(network):
    """The overview has each drill at each place where it can be on."""
    offered = {(drill["name"], drill["at"]) for drill in network.ask("GET", "/drills")["drills"]}
    assert offered == set(DEFINITIONS)
