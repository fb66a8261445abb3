"""The certificate authority of the local network: a root, one CA for SMPs and one for access points as in Peppol's own
public key infrastructure, and one for TLS on loopback.

``make_certificates`` makes what is missing or about to expire and leaves the rest. Keys are PEM files that their owner
alone can read (0600).
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ORGANISATION = "Local Peppol network"
#: A certificate that is valid for less than this is made anew.
RENEW_BEFORE = timedelta(days=14)
#: Of certificates and of their authorities.
VALIDITY, AUTHORITY_VALIDITY = timedelta(days=397), timedelta(days=3650)


@dataclass(frozen=True)
class Pair:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path

    def load(self):
        """The certificate as ``x509.Certificate``."""
        return x509.load_pem_x509_certificate(self.certificate.read_bytes())

    def load_key(self):
        return serialization.load_pem_private_key(self.key.read_bytes(), None)


class Authority:
    """The certificates below one folder."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def pair(self, name):
        """The files of a certificate: ``root``, ``smp-ca``, ``ap-ca``, ``tls-ca``, ``smp``, ``smp-other`` (another
        publisher, for redirects), ``tls`` or a seat's id, each of the last four also with ``-expired``, an expired
        certificate for the same key."""
        return Pair(self.folder / f"{name}.pem", self.folder / f"{name.removesuffix('-expired')}.key")

    def pem(self, name):
        return self.pair(name).certificate.read_text(encoding="ascii")

    def make(self, seats, now):
        """Make what is missing for access points with these seat ids, at ``now`` (UTC, aware).

        Returns the names of the certificates that were made. Where an authority is made anew, so is what it signed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        made = set()
        self._authority("root", "Root test CA", None, made, now)
        self._authority("smp-ca", "Service metadata publisher test CA", "root", made, now)
        self._authority("ap-ca", "Access point test CA", "root", made, now)
        self._authority("tls-ca", "TLS test CA", None, made, now)
        # Peppol names an SMP PXX000000 and a seat POP000000 in the subject's common name
        issuers = {"smp": "smp-ca", "smp-other": "smp-ca", "tls": "tls-ca"} | dict.fromkeys(seats, "ap-ca")
        for name, issuer in issuers.items():
            common_name = {"smp": "PSM000001", "smp-other": "PSM000002", "tls": "localhost"}.get(name, name)
            for suffix, expired in (("", False), ("-expired", True)):
                self._leaf(name + suffix, common_name, issuer, made, now, expired=expired)
        return sorted(made)

    def _authority(self, name, common_name, issuer, made, now):
        if issuer not in made and self._is_good(name, now + RENEW_BEFORE):
            return
        key = _new_key(small=name == "tls-ca")
        path_length = 1 if issuer is None else 0
        builder = (
            self._builder(_subject(common_name), key, issuer, now - timedelta(days=400), now + AUTHORITY_VALIDITY)
            .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        )
        self._write(name, builder, key, issuer)
        made.add(name)

    def _leaf(self, name, common_name, issuer, made, now, *, expired):
        moment = None if expired else now + RENEW_BEFORE
        if not made & {issuer, name.removesuffix("-expired")} and self._is_good(name, moment):
            return
        is_tls = issuer == "tls-ca"
        key = self.pair(name).load_key() if expired else _new_key(small=is_tls)
        start, end = (now - timedelta(days=366), now - timedelta(days=1)) if expired else (now, now + VALIDITY)
        builder = (
            self._builder(_subject(common_name), key, issuer, start - timedelta(days=1), end)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True, key_encipherment=not is_tls), critical=True)
        )
        if is_tls:
            names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False).add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
            )
        self._write(name, builder, key, issuer)
        made.add(name)

    def _builder(self, subject, key, issuer, start, end):
        issuer_name, issuer_key = subject, key.public_key()
        if issuer:
            certificate = self.pair(issuer).load()
            issuer_name, issuer_key = certificate.subject, certificate.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer_name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
        )

    def _is_good(self, name, moment):
        """Whether both files are there, belong together, and the certificate is valid at the moment (None: ever)."""
        pair = self.pair(name)
        try:
            certificate = pair.load()
            belongs = certificate.public_key() == pair.load_key().public_key()
        except (OSError, ValueError):
            return False
        valid = moment is None or certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc
        return belongs and valid

    def _write(self, name, builder, key, issuer):
        signing_key = self.pair(issuer).load_key() if issuer else key
        pair = self.pair(name)
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        write_private(pair.key, key.private_bytes(serialization.Encoding.PEM, *form))
        certificate = builder.sign(signing_key, hashes.SHA256())
        write_private(pair.certificate, certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def make_certificates(folder, seats, now: datetime):
    """Make the certificates that are missing below ``folder``; see :meth:`Authority.make`."""
    return Authority(folder).make(seats, now)


def write_private(path, content, mode=0o600):
    """Replace a file at once: a reader never sees half of it, and nobody else ever sees a private one."""
    path = Path(path)
    making = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with open(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.chmod(mode)
    making.replace(path)


def _new_key(*, small):
    """Peppol's certificates hold RSA keys of 2048 bits and more; small ones are quicker where Peppol asks nothing."""
    return ec.generate_private_key(ec.SECP256R1()) if small else rsa.generate_private_key(65537, 2048)


def _subject(common_name):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "BE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "FOR TEST ONLY"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(**allowed):
    kinds = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign"
        " encipher_only decipher_only"
    )
    return x509.KeyUsage(**{kind: allowed.get(kind, False) for kind in kinds.split()})
