"""Messages for Bob that only as4 or peppol-py has built, and what can be wrong with them."""

from as4 import AS4LocalPrivateKey
from as4.peppol import (
    build_peppol_message,
    create_peppol_external_party,
    create_peppol_internal_party,
)
from peers import ALICE, BOB, SEATS, invoice

INVOICE = (
    "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
    "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1"
)
BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"


def as4_message(ca, *, receiver=BOB, seat="POP000901", signer=None, encrypt_for=None, party=None, **options):
    """(headers, body) of a message made by ``as4`` itself. ``signer``: (certificate, key)."""
    certificate, key = signer or ca.issue(seat)
    message = build_peppol_message(
        invoice(receiver=receiver),
        local_party=create_peppol_internal_party(seat, certificate, AS4LocalPrivateKey(key)),
        remote_party=create_peppol_external_party(party or SEATS[BOB], encrypt_for or ca.issue(SEATS[BOB])[0]),
        sender=ALICE,
        recipient=receiver,
        document_type_identifier_scheme="busdox-docid-qns",
        document_type_identifier_value=INVOICE,
        process_identifier=BILLING,
        sender_country_id="BE",
        **options,
    )
    body, boundary = message.get_request_data()
    return message.get_http_headers(boundary), body
