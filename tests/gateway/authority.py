"""Certificates for tests: an authority, access points, and what is wrong with some of them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)


@cache
def rsa_key(name):
    """A key per name: making one takes longer than most tests."""
    return rsa.generate_private_key(65537, 2048)


class Authority:
    """Issues access points' certificates into ``folder``."""

    def __init__(self, folder, name="Test access point CA"):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.key = rsa_key(f"{folder}/{name}")
        self.certificate = self._build(self.name, self.key.public_key(), NOW - timedelta(1), NOW + timedelta(999), True)
        self.pem = self.folder / "ca.pem"
        self.pem.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _build(self, subject, public_key, start, end, ca, lists=()):
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if lists:
            names = [x509.UniformResourceIdentifier(address) for address in lists]
            points = x509.CRLDistributionPoints([x509.DistributionPoint(names, None, None, None)])
            builder = builder.add_extension(points, critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def list_of_revoked(self, *certificates, start=None, end=None):
        """The list (CRL) that names these certificates as revoked: DER."""
        start = start or NOW - timedelta(hours=1)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name)
        builder = builder.last_update(start).next_update(end or NOW + timedelta(days=7))
        for one in certificates:
            revoked = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(start)
            builder = builder.add_revoked_certificate(revoked.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def issue(self, common_name, *, start=None, end=None, file=None, lists=()):
        """(certificate, key), written as ``<file>.pem`` and ``<file>.key`` (0600); the first time it is asked.

        ``lists``: where it says that the list of revoked certificates is.
        """
        path = self.folder / f"{file or common_name}.pem"
        key = rsa_key(common_name)
        if path.exists():
            return x509.load_pem_x509_certificate(path.read_bytes()), key
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        certificate = self._build(
            subject, key.public_key(), start or NOW - timedelta(1), end or NOW + timedelta(365), False, lists
        )
        path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        path.with_suffix(".key").touch(mode=0o600)
        path.with_suffix(".key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return certificate, key
