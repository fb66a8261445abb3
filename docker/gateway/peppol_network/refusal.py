"""The answer of an access point that does not serve the receiver: EBMS:0004 with PEPPOL:NOT_SERVICED, signed."""

from as4.core.common import AS4LocalPrivateKey
from as4.errors import ParticipantNotServicedError
from as4.peppol import create_peppol_internal_party, parse_peppol_message, peppol_security_policy


def refusal(seat, authority, headers, content):
    """``(HTTP status, content type, body)`` that answers a message to the access point with this seat."""
    pair = authority.pair(seat)
    exchange = parse_peppol_message(
        headers,
        content,
        create_peppol_internal_party(seat, pair.load(), AS4LocalPrivateKey(pair.load_key())),
        accept_participant=_refuse,
        security_policy=peppol_security_policy(authority.pair("ap-ca").load()),
    )
    signal_headers, body = exchange.build_signal()
    return 200, signal_headers.get("Content-Type", "application/soap+xml"), body


def _refuse(participant):
    raise ParticipantNotServicedError(f"{participant} is not serviced here")
