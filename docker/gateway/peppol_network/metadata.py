"""The answers of an SMP in Peppol's format (SMP 1.4.0, namespace busdox.org), with an enveloped signature."""

from urllib.parse import quote

from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import CanonicalizationMethod, DigestAlgorithm, SignatureConstructionMethod, SignatureMethod
from signxml.signer import XMLSigner
from transport.identifiers import AS4, PARTICIPANT_SCHEME, PROCESS_SCHEME

SMP = "http://busdox.org/serviceMetadata/publishing/1.0/"
IDS = "http://busdox.org/transport/identifiers/1.0/"
WSA = "http://www.w3.org/2005/08/addressing"
NAMESPACES = {"smp": SMP, "id": IDS, "wsa": WSA}
DAY = "%Y-%m-%dT00:00:00.000Z"


class Publisher:
    """Signs with a certificate and its key (a ``certificates.Pair``)."""

    def __init__(self, pair):
        self.key = pair.load_key()
        self.certificate = [pair.load()]
        self.signer = XMLSigner(
            method=SignatureConstructionMethod.enveloped,
            signature_algorithm=SignatureMethod.RSA_SHA256,
            digest_algorithm=DigestAlgorithm.SHA256,
            c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
        )

    def signed_metadata(self, participant, document_type, url, certificate):
        """``SignedServiceMetadata`` of one document type: the bytes of the XML.

        url: of the access point; certificate: its ``x509.Certificate``, whose validity is that of the registration.
        """
        root = etree.Element(_smp("SignedServiceMetadata"), nsmap=NAMESPACES)
        information = _add(_add(root, "ServiceMetadata"), "ServiceInformation")
        _identify(information, participant)
        _add(information, "DocumentIdentifier", document_type.value, IDS).set("scheme", document_type.scheme)
        process = _add(_add(information, "ProcessList"), "Process")
        identifier = _add(process, "ProcessIdentifier", participant.process_of(document_type), IDS)
        identifier.set("scheme", PROCESS_SCHEME)
        endpoint = _add(_add(process, "ServiceEndpointList"), "Endpoint")
        endpoint.set("transportProfile", AS4)
        _add(_add(endpoint, "EndpointReference", namespace=WSA), "Address", url, WSA)
        _add(endpoint, "RequireBusinessLevelSignature", "false")
        _add(endpoint, "ServiceActivationDate", certificate.not_valid_before_utc.strftime(DAY))
        _add(endpoint, "Certificate", _base64(certificate))
        _add(endpoint, "ServiceDescription", "Local Peppol network")
        _add(endpoint, "TechnicalContactUrl", "mailto:nobody@local.test")
        signed = self.signer.sign(root, key=self.key, cert=self.certificate)
        return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")

    def signed_redirect(self, url, certificate):
        """The same, naming only another publisher's address for it, and the certificate that signs there."""
        root = etree.Element(_smp("SignedServiceMetadata"), nsmap=NAMESPACES)
        redirect = _add(_add(root, "ServiceMetadata"), "Redirect")
        redirect.set("href", url)
        _add(redirect, "CertificateUID", certificate.subject.rfc4514_string())
        signed = self.signer.sign(root, key=self.key, cert=self.certificate)
        return etree.tostring(signed, xml_declaration=True, encoding="UTF-8")


def service_group(participant, smp_url):
    """``ServiceGroup``: for which document types a participant is registered. It is not signed."""
    root = etree.Element(_smp("ServiceGroup"), nsmap=NAMESPACES)
    _identify(root, participant)
    references = _add(root, "ServiceMetadataReferenceCollection")
    for document_type, _process in participant.documents:
        reference = _add(references, "ServiceMetadataReference")
        reference.set("href", f"{smp_url}/{participant.id.path()}/services/{quote(str(document_type), safe='')}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _identify(parent, participant):
    _add(parent, "ParticipantIdentifier", str(participant.id), IDS).set("scheme", PARTICIPANT_SCHEME)


def _smp(name):
    return f"{{{SMP}}}{name}"


def _add(parent, name, text=None, namespace=SMP):
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = text
    return element


def _base64(certificate):
    lines = certificate.public_bytes(Encoding.PEM).decode("ascii").splitlines()
    return "".join(lines[1:-1])
