"""What a received envelope's header must say; each refusal is the profile's."""

import pytest
from as4.peppol import PeppolSBDHException
from lxml import etree
from peers import ALICE, BILLING, BOB, INVOICE_TYPE
from peppol_gateway import envelope, sbdh
from peppol_gateway.identifiers import DOCUMENT_SCHEME, PROCESS_SCHEME, Qualified
from peppol_gateway.keys import utc_now

ADDRESSING = envelope.Addressing(
    sender=ALICE,
    receiver=BOB,
    document_type=Qualified.parse(INVOICE_TYPE, DOCUMENT_SCHEME),
    process=Qualified.parse(BILLING, PROCESS_SCHEME),
    country="BE",
    instance="an instance",
    mls_to="0242:000901",
    mls_type="ALWAYS_SEND",
)


def header(old=b"", new=b""):
    text = envelope.header(ADDRESSING, utc_now())
    assert old in text
    return etree.fromstring(text.replace(old, new, 1) + envelope.CLOSING)


def test_what_was_written_is_read():
    found = sbdh.read(header())
    assert found.addressing == ADDRESSING
    assert (found.sender.value, found.sender.authority) == (ALICE, "iso6523-actorid-upis")
    assert found.receiver.value == BOB


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"<HeaderVersion>1.0</HeaderVersion>", b"", "not schema valid"),
        (b"<Receiver>", b"<Receiver><Identifier Authority='x'>0208:1</Identifier></Receiver><Receiver>", "2 elements"),
        (b"<Type>PROCESSID</Type>", b"<Type>OTHER</Type>", "Missing scopes: PROCESSID"),
        (b"<InstanceIdentifier>an instance<", b"<InstanceIdentifier> <", "empty"),
        (ALICE.encode(), b"nobody", "no participant"),
    ],
)
def test_what_is_wrong_is_refused(old, new, why):
    with pytest.raises(PeppolSBDHException) as refused:
        sbdh.read(header(old, new))
    assert why in refused.value.detail
