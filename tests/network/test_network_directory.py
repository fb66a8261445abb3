"""The locator's and the publisher's answers, as independent clients see them."""

import ssl
import urllib.error
import urllib.request
from base64 import b64decode

import dns.message
import dns.query
import dns.rcode
import dns.resolver
import pytest
from cryptography import x509
from lxml import etree
from peppol_network.client import NetworkError
from signxml import XMLVerifier
from signxml.exceptions import InvalidSignature
from transport.identifiers import BIS3_CREDIT_NOTE, BIS3_INVOICE, INVOICE_RESPONSE, ParticipantId
from transport.network import Network

LIEGE = ParticipantId.parse("0208:0477472701")
STRANGER = ParticipantId.parse("0208:0999999922")
SMP = "{http://busdox.org/serviceMetadata/publishing/1.0/}"


@pytest.fixture
def liege(network):
    network.register(str(LIEGE))
    yield LIEGE
    if str(LIEGE) in [one["id"] for one in network.ask("GET", "/participants")["participants"]]:
        network.unregister(str(LIEGE))


@pytest.fixture
def get(network):
    """Read a page of the publisher over verified TLS."""
    context = ssl.create_default_context(cadata=network.layout.authority.pem("tls-ca"))

    def get(path):
        return urllib.request.urlopen(f"{network.settings.smp_url}/{path}", context=context, timeout=10).read()

    return get


def ask(network, name, kind="NAPTR", *, over=dns.query.udp):
    return over(dns.message.make_query(name, kind), "127.0.0.1", port=network.settings.sml, timeout=5)


@pytest.mark.parametrize("over", [dns.query.udp, dns.query.tcp])
def test_a_registered_participant_has_a_naptr_record(network, liege, over):
    answer = ask(network, liege.sml_name(network.settings.zone).upper(), over=over)
    (record,) = answer.answer[0]
    assert (record.flags, record.service, record.replacement.to_text()) == (b"U", b"Meta:SMP", ".")
    assert record.regexp == f"!.*!{network.settings.smp_url}!".encode()


def test_other_names(network, liege):
    """NXDOMAIN for strangers, an empty answer for other kinds of records, REFUSED outside the zone."""
    zone = network.settings.zone
    stranger = ask(network, STRANGER.sml_name(zone))
    assert stranger.rcode() == dns.rcode.NXDOMAIN
    assert stranger.authority[0].name.to_text() == f"{zone}."
    other_kind = ask(network, liege.sml_name(zone), "A")
    assert (other_kind.rcode(), other_kind.answer) == (dns.rcode.NOERROR, [])
    between = ask(network, f"iso6523-actorid-upis.{zone}")
    assert (between.rcode(), between.answer) == (dns.rcode.NOERROR, [])
    assert ask(network, "example.org").rcode() == dns.rcode.REFUSED


def test_nonsense_does_not_stop_the_locator(network, liege):
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        for nonsense in (b"", b"\0", b"\xff" * 600):
            client.sendto(nonsense, ("127.0.0.1", network.settings.sml))
    assert ask(network, liege.sml_name(network.settings.zone)).answer


def test_the_service_group_names_the_documents(network, liege, get):
    group = etree.fromstring(get(liege.path()))
    references = [one.get("href") for one in group.iter(f"{SMP}ServiceMetadataReference")]
    assert f"{network.settings.smp_url}/{liege.path()}/services/{BIS3_INVOICE.path()}" in references
    assert len(references) == len(set(references)) > 5


def test_service_metadata_is_signed_by_a_certificate_of_the_network(network, liege, get):
    content = get(f"{liege.path()}/services/{BIS3_INVOICE.path()}")
    signer = x509.load_der_x509_certificate(
        b64decode(etree.fromstring(content).findtext(".//{http://www.w3.org/2000/09/xmldsig#}X509Certificate"))
    )
    signer.verify_directly_issued_by(network.layout.authority.pair("smp-ca").load())
    signed = XMLVerifier().verify(content, x509_cert=signer).signed_xml
    assert (
        signed.findtext(".//{http://www.w3.org/2005/08/addressing}Address") == network.settings.access_point("ap1").url
    )
    endpoint = x509.load_der_x509_certificate(b64decode(signed.findtext(f".//{SMP}Certificate")))
    endpoint.verify_directly_issued_by(network.layout.authority.pair("ap-ca").load())
    with pytest.raises(InvalidSignature):
        XMLVerifier().verify(content.replace(b"0477472701", b"0477472702"), x509_cert=signer)


@pytest.mark.parametrize("path", ["", "/services/" + BIS3_INVOICE.path()])
def test_the_publisher_does_not_know_strangers(get, path):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        get(STRANGER.path() + path)


def test_a_registration_can_be_changed_and_ended(network, liege, find):
    network.register(str(liege), access_point="ap2", documents=[str(BIS3_CREDIT_NOTE)])
    assert find(liege, document_type=BIS3_INVOICE).kind == "other_documents"
    outcome = find(liege, document_type=BIS3_CREDIT_NOTE)
    assert outcome.kind == "can_receive"
    assert outcome.documents[0].endpoints[0].url == network.settings.access_point("ap2").url
    network.unregister(str(liege))
    assert (find(liege).kind, find(liege).reason) == ("not_registered", "not_in_sml")
    with pytest.raises(NetworkError, match="not registered"):
        network.unregister(str(liege))


def test_registration_is_all_or_nothing(network, find):
    """One bad participant in a list, an unknown access point, a document without process: nothing is registered."""
    for values in (
        [{"id": "0208:0123456749", "access_point": "ap1"}, {"id": "nonsense", "access_point": "ap1"}],
        [{"id": "0208:0123456749", "access_point": "ap9"}],
        [{"id": "0208:0123456749", "access_point": "ap1", "documents": ["busdox-docid-qns::urn:x::Y##z::1"]}],
        [{"id": "0208:0123456749"}],
        ["0208:0123456749"],
    ):
        with pytest.raises(NetworkError):
            network.ask("POST", "/participants", {"participants": values})
    assert find(ParticipantId.parse("0208:0123456749")).kind == "not_registered"


def test_thousands_are_registered_at_once(network, find):
    many = [f"0208:{number:010}" for number in range(100, 3100)]
    network.register(*many, documents=[str(BIS3_INVOICE), str(INVOICE_RESPONSE)])
    assert find(ParticipantId.parse(many[-1]), document_type=BIS3_INVOICE).kind == "can_receive"


def test_the_control_interface_wants_its_token(network):
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        for path in ("/participants", "/drills", "/events"):
            request = urllib.request.Request(f"{network.settings.control_url}{path}", headers=headers)
            with pytest.raises(urllib.error.HTTPError, match="401"):
                urllib.request.urlopen(request, timeout=5)


def test_the_file_for_look_ups_describes_the_network(network):
    described = Network.from_file(network.layout.network)
    assert (described.zone, described.name) == (network.settings.zone, "local")
    assert described.nameservers == (("127.0.0.1", network.settings.sml),)
    assert described.allow_private
    assert described.https_only
