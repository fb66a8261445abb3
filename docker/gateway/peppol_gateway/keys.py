"""Certificates and private keys: read, checked, and watched for their end."""

import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from as4 import AS4LocalPrivateKey
from as4.core.common import AS4PartyIdentity
from as4.core.context import SecurityPolicy
from as4.core.trust import path_to_anchor
from as4.errors import UntrustedSignerError
from as4.models.ebms.user_message import PartyFrom
from as4.peppol import create_peppol_external_party, create_peppol_internal_party
from as4.profiles.peppol import pki
from as4.profiles.peppol.profile import PEPPOL_CHAIN_DEPTH, certificate_names_the_sender
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from .errors import ConfigurationError


def common_name(certificate):
    """The access point's identifier: the certificate's common name."""
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return names[0].value if names else ""


def read_secret(path):
    """The bytes of a secret file that its owner alone may read; ConfigurationError otherwise."""
    try:
        mode = path.stat().st_mode
        if stat.S_IMODE(mode) & 0o077:
            raise ConfigurationError(
                f"{path} can be read by others (mode {stat.S_IMODE(mode):04o}). Run: chmod 600 {path}"
            )
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}.") from None


def read_certificates(path):
    """All certificates of a PEM file, the leaf first."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{path} holds no certificate in PEM: {error}") from None


def our_party(settings):
    """This access point as ``as4`` needs it; the key must be readable by its owner alone and fit the certificate."""
    certificate = read_certificates(settings.certificate)[0]
    try:
        key = serialization.load_pem_private_key(read_secret(settings.key), None)
    except (ValueError, TypeError) as error:
        raise ConfigurationError(f"{settings.key} holds no private key in PEM without a password: {error}") from None
    if key.public_key() != certificate.public_key():
        raise ConfigurationError(f"{settings.key} is not the key of {settings.certificate}.")
    name = common_name(certificate)
    if not name:
        raise ConfigurationError(f"{settings.certificate} has no common name, which identifies an access point.")
    return create_peppol_internal_party(name, certificate, AS4LocalPrivateKey(key))


@dataclass(frozen=True)
class TheirParty:
    """Another access point; ``party_from`` is how ``as4``'s policy wants it named."""

    identity: AS4PartyIdentity
    party_from: PartyFrom
    certificate: x509.Certificate
    public_key: RSAPublicKey
    fingerprint: str  # SHA-256 of the certificate, in hexadecimal digits


@lru_cache(maxsize=1000)
def their_party(certificate):
    """Another access point, from the certificate that its SMP publishes."""
    party = create_peppol_external_party(common_name(certificate), certificate)
    return TheirParty(
        party.identity,
        party.identity.to_party_from(),
        certificate,
        party.credentials.rsa_public_key,
        certificate.fingerprint(hashes.SHA256()).hex(),
    )


def trust(settings, network_anchors=(), revocations=None):
    """(security policy, anchors): who may sign messages to us; ``revocations`` tells who may no longer."""
    if settings.anchors:
        anchors = [one for path in settings.anchors for one in read_certificates(path)]
        intermediates = []
    elif settings.network in ("production", "test"):
        production = settings.network == "production"
        anchors = [pki.PEPPOL_ROOT_CA_G3 if production else pki.PEPPOL_ROOT_TEST_CA_G3]
        intermediates = [pki.PEPPOL_AP_CA_G3 if production else pki.PEPPOL_AP_TEST_CA_G3]
    else:
        anchors, intermediates = list(network_anchors), []
    if not anchors:
        raise ConfigurationError("No trust anchors: set anchors, or a network that has them.")
    chain = _Chain(anchors, intermediates, revocations)
    return SecurityPolicy(signer_resolver=certificate_names_the_sender(chain)), (*anchors, *intermediates)


class _Chain:
    """As ``as4``'s certificate_chain: gives a signer's certificate back if it chains to an anchor and all are in force.

    Who issued whom does not change and is remembered; dates and revocation are checked each time.
    """

    def __init__(self, anchors, intermediates, revocations):
        self.revocations = revocations
        # a path that is refused is not remembered: strangers must not fill the memory
        self.path = lru_cache(maxsize=1000)(
            lambda certificate: path_to_anchor(certificate, anchors, intermediates, PEPPOL_CHAIN_DEPTH)
        )

    def __call__(self, _party, embedded):
        if embedded is None:
            raise UntrustedSignerError("no certificate accompanied the signature")
        now = utc_now()
        path = self.path(embedded)
        for certificate in path:
            if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
                raise UntrustedSignerError(f"{certificate.subject.rfc4514_string()} is outside its validity period")
        if self.revocations is not None:
            self.revocations.check(path, now)
        return embedded


@dataclass(frozen=True)
class Expiry:
    """A certificate's end; ``state`` is ok, soon (within the warning days), expired or not_yet; of an
    authority's list of revoked certificates ok, expired or missing."""

    name: str
    subject: str
    not_before: datetime
    not_after: datetime
    state: str


def expiry(name, certificate, now, days):
    """How a certificate stands at ``now``."""
    if now > certificate.not_valid_after_utc:
        state = "expired"
    elif now < certificate.not_valid_before_utc:
        state = "not_yet"
    else:
        state = "soon" if now + timedelta(days=days) > certificate.not_valid_after_utc else "ok"
    return Expiry(
        name,
        certificate.subject.rfc4514_string(),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        state,
    )


def utc_now():
    """The present time."""
    return datetime.now(UTC)
