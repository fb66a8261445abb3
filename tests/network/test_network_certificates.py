"""The certificate authority of the local network."""

import shutil
import stat
from datetime import UTC, datetime, timedelta

import pytest
from as4.core.trust import certificate_chain
from cryptography.x509.oid import NameOID
from peppol_network.certificates import AUTHORITY_VALIDITY, Authority, make_certificates

SEATS = ["POP000901", "POP000902"]
NOW = datetime.now(UTC)


@pytest.fixture
def authority(made, tmp_path):
    """An authority of one's own that has made its certificates at NOW."""
    return Authority(shutil.copytree(made, tmp_path / "certificates"))


def test_made_once_then_kept_then_renewed(authority):
    """The second run makes nothing; before a certificate ends it is made anew, its authority is kept."""
    before = authority.pem("POP000901")
    assert make_certificates(authority.folder, SEATS, NOW + timedelta(days=300)) == []
    again = authority.make(SEATS, NOW + timedelta(days=390))
    assert {"POP000901", "smp", "tls"} <= set(again)
    assert not {"root", "smp-ca", "ap-ca", "tls-ca"} & set(again)
    assert authority.pem("POP000901") != before
    # a new seat leaves the others alone
    assert authority.make([*SEATS, "POP000903"], NOW + timedelta(days=390)) == ["POP000903", "POP000903-expired"]


def test_an_authority_that_ends_takes_what_it_signed_with_it(authority):
    names = {"root", "smp-ca", "ap-ca", "tls-ca", "smp", "tls", *SEATS}
    assert names <= set(authority.make(SEATS, NOW + AUTHORITY_VALIDITY))


def test_a_lost_key_makes_a_new_pair(authority):
    authority.pair("POP000901").key.unlink()
    assert authority.make(SEATS, NOW) == ["POP000901", "POP000901-expired"]
    pair = authority.pair("POP000901")
    assert pair.load().public_key() == pair.load_key().public_key()


def test_private_keys_are_their_owners_alone(made):
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    keys = list(made.glob("*.key"))
    assert len(keys) == 9
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert not list(made.glob(".*")), "a file that was being written is left over"


def test_chains_and_names(authority):
    """The access points chain to the root as the package as4 checks it, and carry their seat's id."""
    resolve = certificate_chain(authority.pair("root").load(), intermediates=[authority.pair("ap-ca").load()])
    for seat in SEATS:
        certificate = authority.pair(seat).load()
        assert resolve(None, certificate) is certificate
        assert certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == seat
    expired = authority.pair("POP000901-expired")
    assert expired.load().not_valid_after_utc < datetime.now(UTC)
    assert expired.load().public_key() == authority.pair("POP000901").load().public_key()
