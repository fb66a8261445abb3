# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Peppol network in this process for tests: a locator (DNS) and a publisher (HTTPS) that can also misbehave.

Plain Python; only loopback is used. Nothing of ``transport`` is used to make the answers, so that a mistake there does
not hide itself.
"""

import base64
import hashlib
import json
import socket
import ssl
import tempfile
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from lxml import etree

ZONE = "participant.sml.fake"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)
INVOICE = (
    "busdox-docid-qns::urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
CREDIT_NOTE = INVOICE.replace("Invoice-2::Invoice", "CreditNote-2::CreditNote")
BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
AS4 = "peppol-transport-as4-v2_0"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SILENT, SERVFAIL, NODATA = "silent", "servfail", "nodata"
_SMP = "http://busdox.org/serviceMetadata/publishing/1.0/"
_ID = "http://busdox.org/transport/identifiers/1.0/"
_DS = "http://www.w3.org/2000/09/xmldsig#"


class Authority:
    """A certificate authority, and what it has issued."""

    def __init__(self, name):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.name = name
        self.certificate = self._make(name, self.key.public_key(), ca=True)

    def issue(self, name, start=START, end=END, hosts=()):
        """``(key, certificate)``."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        return key, self._make(name, key.public_key(), start=start, end=end, hosts=hosts)

    def _make(self, name, public, ca=False, start=START, end=END, hosts=()):
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(name))
            .issuer_name(_name(self.name))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )
        if hosts:
            names = [x509.IPAddress(ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in hosts]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    @property
    def pem(self):
        return pem(self.certificate)


def _name(common):
    return x509.Name(
        [
            x509.NameAttribute(x509.NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, "Fake"),
            x509.NameAttribute(x509.NameOID.COMMON_NAME, common),
        ]
    )


def pem(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def base64_of(certificate):
    return base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode()


def sign(document: str, key, certificate, uri="") -> bytes:
    """A document with an enveloped signature, as publishers make it."""
    digest = base64.b64encode(hashlib.sha256(_canonical(etree.fromstring(document))).digest()).decode()
    info = (
        f'<SignedInfo xmlns="{_DS}"><CanonicalizationMethod Algorithm="{C14N}"/>'
        '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>'
        f'<Reference URI="{uri}"><Transforms><Transform Algorithm="{_DS}enveloped-signature"/></Transforms>'
        '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<DigestValue>{digest}</DigestValue></Reference></SignedInfo>"
    )
    head, tail = document.rsplit("</", 1)
    value = "@"  # set once the place of SignedInfo in the document, and so its canonical form, is known

    def whole():
        return (
            f'{head}<Signature xmlns="{_DS}">{info}<SignatureValue>{value}</SignatureValue><KeyInfo><X509Data>'
            f"<X509Certificate>{base64_of(certificate)}</X509Certificate></X509Data></KeyInfo></Signature></{tail}"
        )

    placed = etree.fromstring(whole()).find(f"{{{_DS}}}Signature/{{{_DS}}}SignedInfo")
    signature = key.sign(_canonical(placed), padding.PKCS1v15(), hashes.SHA256())
    value = base64.b64encode(signature).decode()
    return whole().encode()


def _canonical(node):
    return etree.tostring(node, method="c14n", exclusive=False, with_comments=False)


def endpoint(url="https://ap.fake/as4", transport=AS4, certificate="", begins="", ends=""):
    begins = begins and f"<smp:ServiceActivationDate>{begins}</smp:ServiceActivationDate>"
    ends = ends and f"<smp:ServiceExpirationDate>{ends}</smp:ServiceExpirationDate>"
    return (
        f'<smp:Endpoint transportProfile="{transport}"><wsa:EndpointReference><wsa:Address>{url}</wsa:Address>'
        f"</wsa:EndpointReference>{begins}{ends}<smp:Certificate>{certificate}</smp:Certificate></smp:Endpoint>"
    )


def metadata(participant, document=INVOICE, process=BILLING, endpoints="", redirect=""):
    """The unsigned answer for one document type."""
    scheme, _, value = document.partition("::")
    inside = redirect or (
        f'<smp:ServiceInformation><id:ParticipantIdentifier scheme="iso6523-actorid-upis">{participant}'
        f'</id:ParticipantIdentifier><id:DocumentIdentifier scheme="{scheme}">{value}</id:DocumentIdentifier>'
        f'<smp:ProcessList><smp:Process><id:ProcessIdentifier scheme="cenbii-procid-ubl">{process}'
        f"</id:ProcessIdentifier><smp:ServiceEndpointList>{endpoints or endpoint()}</smp:ServiceEndpointList>"
        "</smp:Process></smp:ProcessList></smp:ServiceInformation>"
    )
    return (
        f'<smp:SignedServiceMetadata xmlns:smp="{_SMP}" xmlns:id="{_ID}" '
        f'xmlns:wsa="http://www.w3.org/2005/08/addressing"><smp:ServiceMetadata>{inside}</smp:ServiceMetadata>'
        "</smp:SignedServiceMetadata>"
    )


def redirection(url, uid):
    return f'<smp:Redirect href="{url}"><smp:CertificateUID>{uid}</smp:CertificateUID></smp:Redirect>'


def sml_name(participant, zone=ZONE):
    digest = base64.b32encode(hashlib.sha256(participant.lower().encode()).digest()).decode().strip("=").lower()
    return f"{digest}.iso6523-actorid-upis.{zone}"


class FakeNetwork:
    """Start with ``with FakeNetwork() as network:``; ``network.description()`` says how to ask it."""

    def __init__(self, zone=ZONE):
        self.zone = zone
        self.names = {}  # DNS name → NAPTR records, addresses or one of SILENT, SERVFAIL, NODATA
        self.zone_exists = True
        self.soa_in_answers = True
        self.pages = {}  # path → bytes, or a function of the request handler
        self.dns_questions = []
        self.page_questions = []
        self.smp_authority = Authority("Fake SMP CA")
        self.smp_key, self.smp_certificate = self.smp_authority.issue("Fake SMP")
        self.tls_authority = Authority("Fake TLS CA")

    def __enter__(self):
        self._dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._dns.bind(("127.0.0.1", 0))
        self._web = _Server(("127.0.0.1", 0), _Pages)
        self._web.fake = self
        key, certificate = self.tls_authority.issue("localhost", hosts=("localhost", "127.0.0.1", "smp.fake"))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        with tempfile.NamedTemporaryFile(suffix=".pem") as file:
            secret = key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            file.write(secret + pem(certificate).encode())
            file.flush()
            context.load_cert_chain(file.name)
        self._web.tls = context
        self._threads = [
            threading.Thread(target=self._answer_dns, daemon=True),
            threading.Thread(target=self._web.serve_forever, args=(0.05,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._web.shutdown()
        self._web.server_close()
        # a datagram to itself ends the wait for the next question
        self._dns.sendto(b"", self._dns.getsockname())
        for thread in self._threads:
            thread.join(5)
        self._dns.close()

    @property
    def smp_url(self):
        return f"https://localhost:{self._web.server_port}"

    def description(self, **changes):
        """The fields of ``transport.network.Network``, as its file has them."""
        return {
            "zone": self.zone,
            "nameservers": [list(self._dns.getsockname())],
            "smp_anchors": [self.smp_authority.pem],
            "tls_anchors": [self.tls_authority.pem],
            "allow_private": True,
            "timeout": 3.0,
        } | changes

    def write(self, folder, **changes):
        """The path of a file for ``Network.from_file``."""
        path = Path(folder) / "network.json"
        path.write_text(json.dumps(self.description(**changes)), encoding="utf-8")
        return path

    # ------------------------------------------------------------------------------------------------------------------
    # What the network knows
    # ------------------------------------------------------------------------------------------------------------------

    def register(self, participant, documents=(INVOICE, CREDIT_NOTE), smp_url=None, **options):
        """Add a participant; ``options`` go to ``metadata``."""
        participant = participant.lower()
        self.locate(participant, smp_url=smp_url)
        self.publish_group(participant, documents)
        for document in documents:
            self.publish(participant, sign(metadata(participant, document, **options), *self.smp_pair), document)

    @property
    def smp_pair(self):
        return self.smp_key, self.smp_certificate

    def locate(self, participant, records=None, smp_url=None):
        """Set what the locator says of a participant: NAPTR records, or SILENT, SERVFAIL, NODATA."""
        regexp = f"!.*!{smp_url or self.smp_url}!"
        self.names[sml_name(participant, self.zone)] = records or [(100, 10, "U", "Meta:SMP", regexp)]

    def forget(self, participant):
        self.names.pop(sml_name(participant.lower(), self.zone), None)

    def group_path(self, participant):
        return "/" + quote(f"iso6523-actorid-upis::{participant}", safe="")

    def path(self, participant, document=INVOICE):
        return f"{self.group_path(participant)}/services/{quote(document, safe='')}"

    def publish_group(self, participant, documents, address=None):
        references = "".join(
            f'<smp:ServiceMetadataReference href="{address or self.smp_url}{self.path(participant, document)}"/>'
            for document in documents
        )
        self.pages[self.group_path(participant)] = (
            f'<smp:ServiceGroup xmlns:smp="{_SMP}" xmlns:id="{_ID}"><id:ParticipantIdentifier '
            f'scheme="iso6523-actorid-upis">{participant}</id:ParticipantIdentifier>'
            f"<smp:ServiceMetadataReferenceCollection>{references}</smp:ServiceMetadataReferenceCollection>"
            "</smp:ServiceGroup>"
        ).encode()

    def publish(self, participant, data, document=INVOICE):
        self.pages[self.path(participant, document)] = data

    # ------------------------------------------------------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------------------------------------------------------

    def _answer_dns(self):
        while True:
            data, sender = self._dns.recvfrom(4096)
            if not data:
                return
            question = dns.message.from_wire(data)
            answer = self._dns_answer(question)
            if answer is not None:
                self._dns.sendto(answer.to_wire(), sender)

    def _dns_answer(self, question):
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(asked.rdtype)
        self.dns_questions.append((name, kind))
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.AA
        known = self.names.get(name)
        soa = f"{self.zone}. 60 IN SOA ns.fake. admin.fake. 1 60 60 60 60".split(" ", 3)
        if known == SILENT:
            return None
        if known == SERVFAIL:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif name == self.zone and self.zone_exists:
            answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", "SOA", soa[3].split(" ", 1)[1]))
        elif known is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
            if self.soa_in_answers and self.zone_exists:
                answer.authority.append(dns.rrset.from_text(soa[0], 60, "IN", "SOA", soa[3].split(" ", 1)[1]))
        elif known != NODATA:
            records = [one for one in known if (kind == "NAPTR") == isinstance(one, tuple)]
            if records and kind in ("NAPTR", "A"):
                texts = [_naptr(one) if isinstance(one, tuple) else one for one in records]
                answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *texts))
        return answer


def _naptr(record):
    order, preference, flags, service, regexp = record
    escaped = regexp.replace("\\", "\\\\")
    return f'{order} {preference} "{flags}" "{service}" "{escaped}" .'


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def finish_request(self, request, client_address):
        # the handshake belongs to the connection's own thread, or a slow client would hold up the others
        try:
            request = self.tls.wrap_socket(request, server_side=True)
        except (OSError, ssl.SSLError):
            return
        try:
            super().finish_request(request, client_address)
        finally:
            request.close()

    def handle_error(self, request, client_address):
        """Clients that give up are what some tests are about."""


class _Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        fake = self.server.fake
        fake.page_questions.append(self.path)
        page = fake.pages.get(self.path)
        if callable(page):
            page(self)
            return
        self.answer(200 if page is not None else 404, page or b"")

    def answer(self, status, body, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing is written while tests run."""
