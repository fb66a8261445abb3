# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A participant's look-up from the locator to the endpoint, against a network in this process."""

from fake_network import NOW
from transport.identifiers import BIS3_INVOICE, ParticipantId
from transport.lookup import look_up

ONE = ParticipantId.parse("0208:0477472701")


def test_can_receive(fake, network):
    fake.register(str(ONE))
    outcome = look_up(ONE, network, BIS3_INVOICE, now=NOW)
    assert (outcome.kind, outcome.reason, outcome.detail) == ("can_receive", "", "")
