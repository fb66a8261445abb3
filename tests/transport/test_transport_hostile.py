# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Publishers and locators that mean harm get nowhere, and nothing is believed that is not signed."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from fake_network import INVOICE, NOW, Authority, endpoint, metadata, sign
from transport.https import MAX_BYTES
from transport.identifiers import BIS3_INVOICE, ParticipantId
from transport.lookup import look_up

ONE = ParticipantId.parse("0208:0477472701")
NAME = str(ONE)


@pytest.fixture
def ask(network):
    def asked(now=NOW, **changes):
        return look_up(ONE, replace(network, **changes), BIS3_INVOICE, now=now)

    return asked


def verdict(outcome):
    return outcome.kind, outcome.reason


# ----------------------------------------------------------------------------------------------------------------------
# Signatures
# ----------------------------------------------------------------------------------------------------------------------


def signed(fake, **options):
    return sign(metadata(NAME, **options), *fake.smp_pair)


CHANGES = {
    "another address": (b"https://ap.fake/as4", b"https://thief.example/as4", "signature_invalid"),
    "another digest": (b"<DigestValue>", b"<DigestValue>AAAA", "signature_invalid"),
    "another value": (b"<SignatureValue>", b"<SignatureValue>AAAA", "signature_invalid"),
    "SHA-1": (b"xmldsig-more#rsa-sha256", b"xmldsig#rsa-sha1", "signature_invalid"),
    "a part of the document": (b'URI=""', b'URI="#part"', "signature_invalid"),
    "no certificate": (b"X509Certificate>", b"X509Other>", "signature_invalid"),
    "another element's name": (b"Signature>", b"Sygnature>", "smp_invalid"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed(fake, ask, change):
    old, new, reason = CHANGES[change]
    fake.register(NAME)
    data = signed(fake)
    assert old in data
    fake.publish(NAME, data.replace(old, new))
    assert verdict(ask()) == ("unknown", reason)


def test_not_signed(fake, ask):
    fake.register(NAME)
    fake.publish(NAME, metadata(NAME).encode())
    assert verdict(ask()) == ("unknown", "signature_missing")


def test_signed_twice(fake, ask):
    fake.register(NAME)
    data = signed(fake)
    start, end = data.index(b"<Signature "), data.index(b"</Signature>") + len(b"</Signature>")
    fake.publish(NAME, data[:end] + data[start:end] + data[end:])
    assert verdict(ask()) == ("unknown", "signature_invalid")


def test_layout_of_the_document_is_kept(fake, ask):
    """The bytes are verified as they came: blanks and comments included."""
    fake.register(NAME)
    document = metadata(NAME).replace("><", ">\n  <!-- a comment -->\n  <")
    fake.publish(NAME, b'<?xml version="1.0"?>\n' + sign(document, *fake.smp_pair) + b"\n<!-- after -->\n")
    assert ask().kind == "can_receive"


def test_comment_cannot_cut_a_value(fake, ask):
    """A comment may be put in without breaking the signature: the text around it must stay whole."""
    fake.register(NAME)
    fake.publish(NAME, signed(fake).replace(b"https://ap.fake/as4", b"https://ap.fake<!-- -->/as4"))
    outcome = ask()
    assert outcome.endpoint(BIS3_INVOICE, None, now=NOW).url == "https://ap.fake/as4"


def test_signer_of_another_authority(fake, ask):
    fake.register(NAME)
    fake.publish(NAME, sign(metadata(NAME), *Authority("Fake SMP CA").issue("Fake SMP")))
    assert verdict(ask()) == ("unknown", "signature_untrusted")


@pytest.mark.parametrize("days", [-1000, 1000])
def test_signer_not_valid_now(fake, ask, days):
    fake.register(NAME)
    start, end = NOW + timedelta(days=days), NOW + timedelta(days=days + 10)
    fake.publish(NAME, sign(metadata(NAME), *fake.smp_authority.issue("Old SMP", start, end)))
    assert verdict(ask()) == ("unknown", "signature_untrusted")


def test_nobody_to_trust(fake, ask):
    fake.register(NAME)
    assert verdict(ask(smp_anchors=())) == ("unknown", "no_anchors")


def test_answer_for_another(fake, ask):
    """A signed answer of somebody else is no answer."""
    fake.register(NAME)
    fake.publish(NAME, sign(metadata("0208:0202239951"), *fake.smp_pair))
    assert verdict(ask()) == ("unknown", "smp_other")
    fake.publish(NAME, sign(metadata(NAME, INVOICE.replace("3.0", "2.0")), *fake.smp_pair))
    assert verdict(ask()) == ("unknown", "smp_other")
    fake.publish_group("0208:0202239951", [INVOICE])
    fake.pages[fake.group_path(NAME)] = fake.pages[fake.group_path("0208:0202239951")]
    assert verdict(ask()) == ("unknown", "smp_other")


# ----------------------------------------------------------------------------------------------------------------------
# XML
# ----------------------------------------------------------------------------------------------------------------------

LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not XML",
        b"<html><body>Sign in to the hotel's network</body></html>",
        LAUGHS,
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        b"<a>" * 5000 + b"</a>" * 5000,
        b"\xff\xfe<\x00a\x00",
    ],
)
@pytest.mark.parametrize("place", ["group", "metadata"])
def test_answers_that_cannot_be_read(fake, ask, data, place):
    fake.register(NAME)
    fake.pages[fake.group_path(NAME) if place == "group" else fake.path(NAME)] = data
    outcome = ask()
    assert outcome.kind == "unknown"
    assert outcome.reason in ("smp_invalid", "signature_missing")


# ----------------------------------------------------------------------------------------------------------------------
# HTTP
# ----------------------------------------------------------------------------------------------------------------------


def sends(status, body=b"", **headers):
    return lambda handler: handler.answer(status, body, **headers)


def endless_body(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b" " * 65536)


def endless_head(handler):
    for number in range(200_000):
        handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" if number % 2 else b"")


def dripping(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(60):
        handler.wfile.write(b" ")
        time.sleep(0.1)


def dripping_head(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(60):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.1)


def cut_short(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<a>")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("page", "reasons"),
    [
        (sends(500), ("smp_error",)),
        (sends(403), ("smp_error",)),
        (sends(302, Location="https://localhost/elsewhere"), ("smp_error",)),
        (sends(200, b" " * (MAX_BYTES + 1)), ("smp_invalid",)),
        (endless_body, ("smp_invalid",)),
        (endless_head, ("smp_invalid", "smp_timeout", "smp_unreachable")),
        (dripping, ("smp_timeout",)),
        (dripping_head, ("smp_timeout", "smp_unreachable")),
        (cut_short, ("smp_invalid", "smp_unreachable")),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_bad_answers(fake, ask, page, reasons):
    fake.register(NAME)
    fake.pages[fake.group_path(NAME)] = page
    started = time.monotonic()
    outcome = ask(timeout=1.5)
    assert outcome.kind == "unknown"
    assert outcome.reason in reasons
    assert time.monotonic() - started < 4, "an answer may not take longer than the look-up's time"


def test_connection_closed_between_two_questions(fake, ask):
    """A publisher may close the connection after each answer."""
    fake.register(NAME)
    group = fake.pages[fake.group_path(NAME)]

    def close_after(handler):
        handler.answer(200, group)
        handler.close_connection = True

    fake.pages[fake.group_path(NAME)] = close_after
    assert ask().kind == "can_receive"


def test_nobody_listens(fake, ask):
    fake.register(NAME, smp_url="https://localhost:1")
    assert verdict(ask()) == ("unknown", "smp_unreachable")


def test_web_server_of_a_stranger(fake, ask):
    fake.register(NAME)
    assert verdict(ask(tls_anchors=(Authority("Stranger").pem,))) == ("unknown", "smp_unreachable")


# ----------------------------------------------------------------------------------------------------------------------
# Addresses that only the machine itself or its neighbours can reach
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1",
        "https://[::1]",
        "https://[::ffff:127.0.0.1]",
        "https://localhost",
        "https://10.1.2.3",
        "https://169.254.169.254",
        "https://[fd00::1]",
        "https://smp.fake:8443",
        "https://user@smp.fake",
        "http://smp.fake",
    ],
)
def test_private_addresses_are_refused(fake, ask, url):
    fake.register(NAME, smp_url=url)
    assert verdict(ask(allow_private=False)) == ("unknown", "smp_refused")
    assert fake.page_questions == []


def test_name_that_leads_to_a_private_address(fake, ask):
    fake.register(NAME, smp_url="https://smp.fake")
    fake.names["smp.fake"] = ["127.0.0.1"]
    outcome = ask(allow_private=False)
    assert verdict(outcome) == ("unknown", "smp_refused")
    assert "127.0.0.1" in outcome.detail


def test_name_is_looked_up_once(fake, network):
    """What has been checked is what is connected to: a second answer of the name server does not count."""
    port = fake.smp_url.rpartition(":")[2]
    fake.register(NAME, smp_url=f"https://smp.fake:{port}")
    fake.names["smp.fake"] = ["127.0.0.1"]
    assert look_up(ONE, network, BIS3_INVOICE, now=NOW).kind == "can_receive"
    assert fake.dns_questions.count(("smp.fake", "A")) == 1


def test_local_network_may_go_without_tls(fake, ask):
    fake.register(NAME, smp_url="http://localhost:1")
    assert ask().reason == "smp_refused"
    assert ask(https_only=False).reason == "smp_unreachable"


def test_endpoint_is_not_asked(fake, ask):
    """A look-up talks to the publisher only."""
    fake.register(NAME, endpoints=endpoint(url=f"{fake.smp_url}/as4"))
    assert ask().kind == "can_receive"
    assert "/as4" not in fake.page_questions
