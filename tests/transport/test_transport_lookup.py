# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A participant's look-up from the locator to the endpoint, against a network in this process."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from fake_network import (
    BILLING,
    CREDIT_NOTE,
    INVOICE,
    NODATA,
    NOW,
    SERVFAIL,
    SILENT,
    Authority,
    endpoint,
    metadata,
    redirection,
    sign,
)
from transport.command import main
from transport.identifiers import BIS3_CREDIT_NOTE, BIS3_INVOICE, INVOICE_RESPONSE, PINT_EU_INVOICE, ParticipantId
from transport.lookup import look_up
from transport.network import Network

ONE = ParticipantId.parse("0208:0477472701")
NAME = str(ONE)
WILD = "peppol-doctype-wildcard::urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"


@pytest.fixture
def ask(network):
    def asked(document=BIS3_INVOICE, process=None, now=NOW, **changes):
        return look_up(ONE, replace(network, **changes), document, process, now=now)

    return asked


def verdict(outcome):
    return outcome.kind, outcome.reason


# ----------------------------------------------------------------------------------------------------------------------
# What the network says
# ----------------------------------------------------------------------------------------------------------------------


def test_can_receive(fake, ask):
    fake.register(NAME, endpoints=endpoint(begins="2020-01-01T00:00:00Z", ends="2030-01-01"))
    outcome = ask()
    assert verdict(outcome) == ("can_receive", "")
    assert outcome.smp_url == fake.smp_url
    assert outcome.dns_name == ONE.sml_name(fake.zone)
    found = outcome.endpoint(BIS3_INVOICE, None, now=NOW)
    assert (found.url, found.not_before.year, found.not_after.year) == ("https://ap.fake/as4", 2020, 2030)
    # the other document is known, though its details have not been asked
    assert outcome.accepts(BIS3_CREDIT_NOTE)
    assert outcome.endpoint(BIS3_CREDIT_NOTE, None, now=NOW) is None
    assert len(fake.page_questions) == 2


def test_all_documents(fake, ask):
    fake.register(NAME)
    outcome = ask(document=None)
    assert [bool(one.endpoints) for one in outcome.documents] == [True, True]
    assert verdict(outcome) == ("can_receive", "")


def test_one_broken_document_does_not_hide_the_others(fake, ask):
    fake.register(NAME)
    fake.publish(NAME, b"<broken", INVOICE)
    outcome = ask(document=None)
    assert verdict(outcome) == ("can_receive", "")
    assert outcome.endpoint(BIS3_INVOICE, None, now=NOW) is None
    fake.publish(NAME, b"<broken", CREDIT_NOTE)
    assert verdict(ask(document=None)) == ("unknown", "smp_invalid")


def test_capital_letters_make_no_difference(fake, network):
    fake.register("9925:BE0477472701")
    found = look_up(ParticipantId.parse("9925:Be0477472701"), network, BIS3_INVOICE, now=NOW)
    assert found.kind == "can_receive"


def test_registered_for_another_document(fake, ask):
    fake.register(NAME, documents=[CREDIT_NOTE])
    outcome = ask()
    assert verdict(outcome) == ("other_documents", "no_document")
    assert outcome.accepts(BIS3_CREDIT_NOTE)


def test_listed_but_without_details(fake, ask):
    fake.register(NAME)
    del fake.pages[fake.path(NAME, INVOICE)]
    assert verdict(ask()) == ("other_documents", "no_document")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"process": "urn:other"}, "no_process"),
        ({"endpoints": endpoint(transport="busdox-transport-as2-ver1p0")}, "no_transport"),
        ({"endpoints": endpoint(begins="2026-11-24T12:00:01Z")}, "not_active"),
        ({"endpoints": endpoint(ends="2026-11-24T12:00:00Z")}, "expired"),
        ({"endpoints": endpoint(ends="2020-01-01") + endpoint(begins="2030-01-01")}, "not_active"),
    ],
)
def test_cannot_receive_now(fake, ask, options, reason):
    fake.register(NAME, **options)
    assert verdict(ask()) == ("other_documents", reason)


def test_a_registration_begins_and_ends(fake, ask):
    fake.register(NAME, endpoints=endpoint(begins="2026-11-24T13:00:00+01:00", ends="2026-11-25T00:00:00Z"))
    assert ask(now=NOW).kind == "can_receive"
    assert ask(now=NOW - timedelta(seconds=1)).reason == "not_active"
    assert ask(now=NOW + timedelta(hours=12)).reason == "expired"


def test_a_date_that_is_none(fake, ask):
    fake.register(NAME, endpoints=endpoint(begins="soon"))
    assert verdict(ask()) == ("unknown", "smp_invalid")


def test_process_asked_for(fake, ask):
    fake.register(NAME, process="urn:other")
    assert ask(process="urn:other").kind == "can_receive"
    assert ask(process=BILLING).reason == "no_process"


@pytest.mark.parametrize(
    ("registered", "kind"),
    [
        ("urn:peppol:pint:billing-1@eu-1", "can_receive"),
        ("urn:peppol:pint:billing-1*", "can_receive"),
        ("urn:peppol:pint:billing-1@eu-1*", "can_receive"),
        ("urn:peppol:pint:billing-1", "other_documents"),
        ("urn:peppol:pint:billing-1@jp-1", "other_documents"),
        ("urn:peppol:pint:billing*", "other_documents"),
    ],
)
def test_wildcards(fake, ask, registered, kind):
    fake.register(NAME, documents=[f"{WILD}##{registered}::2.1"], process="urn:peppol:bis:billing")
    assert ask(PINT_EU_INVOICE).kind == kind
    assert ask(BIS3_INVOICE).reason == "no_document"


def test_not_registered(fake, ask):
    outcome = ask()
    assert verdict(outcome) == ("not_registered", "not_in_sml")
    assert fake.page_questions == []


def test_unknown_to_its_publisher(fake, ask):
    fake.locate(NAME)
    assert verdict(ask()) == ("not_registered", "no_participant")


@pytest.mark.parametrize("where", ["locator", "group"])
def test_the_governments_fallback_receives_nothing(fake, ask, where):
    if where == "locator":
        fake.locate(NAME, smp_url="https://smp.hermes-belgium.be")
    else:
        fake.locate(NAME)
        fake.publish_group(NAME, [INVOICE], address="https://hermes-belgium.be")
    assert verdict(ask()) == ("not_registered", "government_fallback")


# ----------------------------------------------------------------------------------------------------------------------
# The locator
# ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "reason"),
    [
        (SILENT, "dns_timeout"),
        (SERVFAIL, "dns_failed"),
        (NODATA, "dns_invalid"),
        ([(1, 1, "S", "Meta:SMP", "!.*!https://localhost!")], "dns_invalid"),
        ([(1, 1, "U", "Meta:BDX", "!.*!https://localhost!")], "dns_invalid"),
        ([(1, 1, "U", "Meta:SMP", "")], "dns_invalid"),
        ([(1, 1, "U", "Meta:SMP", "!.*!https://localhost")], "dns_invalid"),
        ([(1, 1, "U", "Meta:SMP", "!.*!ftp://localhost!")], "dns_invalid"),
        ([(1, 1, "U", "Meta:SMP", "!(a|a)*b!https://localhost!")], "dns_invalid"),
        ([(1, 1, "U", "Meta:SMP", "!.*!https://local host!")], "dns_invalid"),
    ],
)
def test_locator_without_an_answer(fake, ask, records, reason):
    fake.locate(NAME, records)
    assert verdict(ask(timeout=1.0)) == ("unknown", reason)


def test_several_records(fake, ask):
    """The first usable one by order and preference."""
    fake.register(NAME)
    good = f"!^.*$!{fake.smp_url}/!"
    fake.locate(
        NAME,
        [
            (200, 1, "U", "Meta:SMP", "!.*!https://localhost:1!"),
            (100, 20, "U", "Meta:SMP", "!.*!https://localhost:2!"),
            (100, 10, "u", "meta:smp", good),
            (50, 1, "U", "Meta:SMP", "no expression"),
            (10, 1, "U", "Other", "!.*!https://localhost:3!"),
        ],
    )
    assert ask().kind == "can_receive"


def test_no_such_name_is_believed_only_of_the_zone(fake, network):
    fake.soa_in_answers = False
    # a forwarding server may leave the zone's SOA record out: the zone exists, so its word counts
    assert look_up(ONE, network, now=NOW).reason == "not_in_sml"
    questions = len(fake.dns_questions)
    assert look_up(ONE, network, now=NOW).reason == "not_in_sml"
    assert len(fake.dns_questions) == questions + 1, "the zone is asked for once"
    # a machine without a way out, whose name server denies everything
    fake.zone_exists = False
    outcome = look_up(ONE, replace(network), now=NOW)
    assert verdict(outcome) == ("unknown", "dns_zone")


def test_no_name_server_there(ask):
    started = time.monotonic()
    assert ask(nameservers=(("127.0.0.1", 1),), timeout=1.0).kind == "unknown"
    assert time.monotonic() - started < 5


# ----------------------------------------------------------------------------------------------------------------------
# Redirects
# ----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def redirected(fake):
    """Send on to another publisher, whose answer is signed by a certificate of its own."""
    fake.register(NAME)
    pair = fake.smp_authority.issue("Other SMP")

    def to(uid, answer=None, signer=pair):
        there = "/other/services/invoice"
        document = metadata(NAME, redirect=redirection(fake.smp_url + there, uid))
        fake.publish(NAME, sign(document, *fake.smp_pair))
        fake.pages[there] = sign(answer or metadata(NAME), *signer)
        return pair[1]

    return to


@pytest.mark.parametrize("uid", ["Other SMP", "CN=Other SMP, O=Fake, C=BE", "C=BE,O=Fake,CN=Other SMP"])
def test_one_redirect(ask, redirected, uid):
    redirected(uid)
    assert ask().kind == "can_receive"


def test_redirect_names_the_key(ask, redirected):
    from cryptography import x509

    certificate = redirected("")
    key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    redirected(key.hex(":").upper())
    assert ask().kind == "can_receive"


@pytest.mark.parametrize("uid", ["", "Fake SMP", "CN=Other SMP"])
def test_redirect_to_another_certificate(ask, redirected, uid):
    redirected(uid)
    assert verdict(ask()) == ("unknown", "redirect_certificate")


def test_second_redirect(fake, ask, redirected):
    redirected("Other SMP", answer=metadata(NAME, redirect=redirection(fake.smp_url + "/third", "Third SMP")))
    assert verdict(ask()) == ("unknown", "smp_redirects")
    assert "/third" not in fake.page_questions


def test_redirect_signed_by_a_stranger(ask, redirected):
    stranger = Authority("Stranger").issue("Other SMP")
    redirected("Other SMP", signer=stranger)
    assert verdict(ask()) == ("unknown", "signature_untrusted")


# ----------------------------------------------------------------------------------------------------------------------
# The command
# ----------------------------------------------------------------------------------------------------------------------


def test_command(fake, tmp_path, capsys):
    fake.register(NAME)
    fake.register("0208:0202239951", documents=[CREDIT_NOTE], endpoints=endpoint(ends="2020-01-01"))
    file = str(fake.write(tmp_path))
    assert main(["--network", file, NAME]) == 0
    text = capsys.readouterr().out
    for part in (NAME, "✓ can_receive", ONE.sml_name(fake.zone), fake.smp_url, "Invoice (BIS Billing 3)", BILLING):
        assert part in text
    assert "peppol-transport-as4-v2_0 at https://ap.fake/as4, active" in text
    assert main(["--network", file, "0208:0202239951"]) == 1
    assert "ended until 2020-01-01" in capsys.readouterr().out
    assert main(["--network", file, "0208:0000000097"]) == 1
    assert "not_registered" in capsys.readouterr().out


def test_command_for_programs(fake, tmp_path, capsys):
    fake.register(NAME, endpoints=endpoint(begins="2020-01-01"))
    file = str(fake.write(tmp_path))
    assert main(["--network", file, "--json", NAME, "0208:0202239951", "--document", str(INVOICE_RESPONSE)]) == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["outcome"], first["reason"]) == ("other_documents", "no_document")
    assert second["outcome"] == "not_registered"
    assert main(["--network", file, "--json", NAME]) == 0
    document = json.loads(capsys.readouterr().out)["documents"][0]
    assert document["endpoints"][0]["active_from"] == "2020-01-01T00:00:00+00:00"


def test_command_without_a_network(fake, tmp_path, capsys):
    """Nothing listens there: unknown, within ten seconds."""
    file = str(fake.write(tmp_path, nameservers=[["127.0.0.1", 1]], timeout=8.0))
    started = time.monotonic()
    assert main(["--network", file, NAME]) == 2
    assert time.monotonic() - started < 10
    assert "? unknown" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["0477472701"], ["--network", "nowhere.json", NAME], ["--colour", NAME]])
def test_command_used_wrongly(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 3
    assert capsys.readouterr().err


def test_zones_in_force():
    assert Network.production().zone == "participant.sml.prod.tech.peppol.org"
    assert Network.test().zone == "participant.sml.test.tech.peppol.org"
    for network in (Network.production(), Network.test()):
        assert len(network.smp_certificates) == len(network.ap_certificates) == 2
        assert not network.allow_private
        assert network.https_only
