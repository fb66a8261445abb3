# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Signatures made by another code base (signxml 5.2.0) are understood, and only as long as nothing is changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from transport import smp, xmldsig
from transport.errors import LookupFailed
from transport.identifiers import BIS3_INVOICE, ParticipantId

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def anchors():
    return x509.load_pem_x509_certificates((DATA / "publishers.pem").read_bytes())


@pytest.mark.parametrize("name", ["inclusive", "exclusive", "version11"])
def test_signed_by_signxml(anchors, name):
    data = (DATA / f"signxml-{name}.xml").read_bytes()
    root, certificate = xmldsig.verify(data, anchors, NOW)
    assert "PSM000001" in certificate.subject.rfc4514_string()
    (document,) = smp.read_service_metadata(root, ParticipantId.parse("0208:0477472701"), BIS3_INVOICE)
    assert document.endpoints[0].url == "https://ap.fake/as4"
    # the signature itself is not part of what it vouches for
    assert root.find(f"{{{xmldsig.DS}}}Signature") is None


@pytest.mark.parametrize("name", ["inclusive", "exclusive", "version11"])
def test_every_change_is_seen(anchors, name):
    """Each letter of the information, one after the other."""
    data = (DATA / f"signxml-{name}.xml").read_bytes()
    start, end = data.index(b"<smp:ServiceInformation>"), data.index(b"</smp:ServiceInformation>")
    for place in range(start, end, 7):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(LookupFailed):
            xmldsig.verify(changed, anchors, NOW)
