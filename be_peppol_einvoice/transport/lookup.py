# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking a participant up: locator, publisher, document, endpoint."""

import time
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509

from . import sml, smp, xmldsig
from .errors import LookupFailed, NotFound, NotRegistered
from .https import Client
from .identifiers import DocumentType, ParticipantId
from .network import Network
from .outcome import CAN_RECEIVE, NOT_REGISTERED, OTHER_DOCUMENTS, UNKNOWN, Document, Outcome, best_endpoint

# every Belgian company is registered there by the government, but nothing sent there reaches anyone
FALLBACK_PUBLISHERS = ("hermes-belgium",)


def look_up(
    participant: ParticipantId,
    network: Network,
    document_type: DocumentType | None = None,
    process: str | None = None,
    *,
    now: datetime,
    client: Client | None = None,
) -> Outcome:
    """What the network says of a participant. Never raises for what the network does: that is an outcome.

    :param document_type: the one to be received; None asks the details of all that the participant is registered for
    :param process: the process in which; None is the document type's own
    :param now: the moment (aware) at which registrations and certificates must be valid
    :param client: one to use again for several look-ups of a thread
    :return: an outcome of kind
        ``can_receive``: a verified registration over AS4 is in force (for the document, or for any);
        ``other_documents``: registered, but not to receive this one now (``reason``);
        ``not_registered``: the network has answered that it does not know the participant;
        ``unknown``: the network has not answered, or its answer cannot be trusted (``reason``)
    """
    if now.tzinfo is None:
        raise ValueError("the moment of a look-up needs a time zone")
    search = _Search(participant, network, now, client or Client(network))
    try:
        kind, reason = search.run(document_type, process)
        detail = ""
    except NotRegistered as error:
        kind, reason, detail = NOT_REGISTERED, error.reason, error.detail
    except LookupFailed as error:
        kind, reason, detail = UNKNOWN, error.reason, error.detail
    finally:
        if client is None:
            search.client.close()
    return Outcome(participant, kind, reason, detail, search.dns_name, search.smp_url, tuple(search.documents))


class _Search:
    """One look-up under way, with what it has found so far."""

    def __init__(self, participant, network, now, client):
        self.participant = participant
        self.network = network
        self.now = now
        self.client = client
        self.deadline = time.monotonic() + network.timeout
        self.dns_name = participant.sml_name(network.zone)
        self.smp_url = ""
        self.documents = []

    def run(self, wanted, process) -> tuple[str, str]:
        """``(kind, reason)``."""
        self.smp_url = sml.publisher_url(self.dns_name, self.network, self.deadline)
        _refuse_fallback([self.smp_url])
        types, addresses = self._service_group()
        _refuse_fallback(addresses)
        self.documents = [Document(one.scheme, one.value) for one in types]
        if wanted is None:
            return self._run_all(types)
        for one in types:
            if one.accepts(wanted):
                self._ask_details(one)
        endpoint, reason = best_endpoint(self.documents, wanted, process, self.now)
        return (CAN_RECEIVE, "") if endpoint else (OTHER_DOCUMENTS, reason)

    def _run_all(self, types) -> tuple[str, str]:
        """Ask the details of every type; one that cannot be known does not hide the others."""
        failure = None
        for one in types:
            try:
                self._ask_details(one)
            except LookupFailed as error:
                failure = failure or error
        reason = "no_document"
        for document in self.documents:
            endpoint, reason = best_endpoint([document], document.document_type, document.process, self.now)
            if endpoint:
                return CAN_RECEIVE, ""
        if failure:
            raise failure
        return OTHER_DOCUMENTS, reason

    def _service_group(self):
        try:
            data = self.client.get(f"{self.smp_url}/{self.participant.path()}", self.deadline)
        except NotFound:
            raise NotRegistered("no_participant") from None
        return smp.read_service_group(xmldsig.parse(data), self.participant)

    def _ask_details(self, document_type):
        """Replace a document that is only named by its processes and endpoints; drop it where there are none."""
        url = f"{self.smp_url}/{self.participant.path()}/services/{document_type.path()}"
        place = next(n for n, one in enumerate(self.documents) if one.document_type == document_type)
        try:
            found, _certificate = self._metadata(url, document_type)
            if isinstance(found, smp.Redirect):
                found = self._follow(found, document_type)
        except NotFound:
            found = []
        self.documents[place : place + 1] = found

    def _metadata(self, url, document_type):
        data = self.client.get(url, self.deadline)
        root, certificate = xmldsig.verify(data, self.network.smp_certificates, self.now)
        return smp.read_service_metadata(root, self.participant, document_type), certificate

    def _follow(self, redirect, document_type):
        _refuse_fallback([redirect.url])
        found, certificate = self._metadata(redirect.url, document_type)
        if isinstance(found, smp.Redirect):
            raise LookupFailed("smp_redirects", redirect.url)
        if not is_certificate(redirect.certificate_uid, certificate):
            detail = f"expected {redirect.certificate_uid}, found {certificate.subject.rfc4514_string()}"
            raise LookupFailed("redirect_certificate", detail)
        return found


def is_certificate(uid: str, certificate: x509.Certificate) -> bool:
    """Whether a redirect's CertificateUID names a certificate.

    Publishers write its subject (in any order and spacing), the common name alone, or the subject key identifier.
    """
    uid = uid.strip()
    subject = certificate.subject
    names = {str(one.value) for one in subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)}
    if not uid:
        return False
    if uid in names or _distinguished(uid) == _distinguished(subject.rfc4514_string()):
        return True
    try:
        key = certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest.hex()
    except x509.ExtensionNotFound:
        return False
    return uid.replace(":", "").replace(" ", "").lower() == key


def _distinguished(text: str) -> tuple[str, ...]:
    """The parts of a name in a form that can be compared.

    >>> _distinguished("CN=PSM000001, O=Example,C=BE") == _distinguished("C=BE,O=Example,CN=PSM000001")
    True
    """
    parts = (part.partition("=") for part in text.split(","))
    return tuple(sorted(f"{key.strip().upper()}={value.strip()}" for key, _, value in parts))


def _refuse_fallback(urls):
    for url in urls:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            continue
        if any(name in host for name in FALLBACK_PUBLISHERS):
            raise NotRegistered("government_fallback", host)
