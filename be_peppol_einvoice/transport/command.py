# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Looking participants up from the command line."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import replace
from datetime import UTC, datetime

from .identifiers import DocumentType, InvalidIdentifier, ParticipantId
from .lookup import look_up
from .network import ZONES, InvalidNetwork, Network
from .outcome import CAN_RECEIVE, NOT_REGISTERED, OTHER_DOCUMENTS, REASONS, UNKNOWN, Outcome

EXIT_CODES = {CAN_RECEIVE: 0, OTHER_DOCUMENTS: 1, NOT_REGISTERED: 1, UNKNOWN: 2}
_USAGE_ERROR = 3
_MARKS = {CAN_RECEIVE: "✓", OTHER_DOCUMENTS: "✗", NOT_REGISTERED: "✗", UNKNOWN: "?"}


class _Parser(ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(_USAGE_ERROR, f"{self.prog}: {message}\n")


def main(arguments=None, out=None) -> int:
    """Look each participant up; the exit code is the highest of theirs."""
    parser = _Parser(
        prog="lookup",
        description="Say what a participant can receive over Peppol, by asking the network itself.",
        epilog="Exit code: 0 can receive, 1 cannot (not registered, or not for this document), 2 unknown, 3 wrong use.",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object per line and participant")
    parser.add_argument("--test", action="store_true", help="ask Peppol's test network instead of production")
    parser.add_argument("--zone", help="another zone of the locator: production, test or a domain name")
    parser.add_argument("--network", metavar="FILE", help="a network described by a JSON file, such as the local one")
    parser.add_argument("--document", type=DocumentType.parse, metavar="TYPE", help="the document type to be received")
    parser.add_argument("--process", metavar="ID", help="the process in which it is to be received")
    parser.add_argument("participants", nargs="+", metavar="PARTICIPANT", help="for example 0208:0477472701")
    options = parser.parse_args(arguments)
    try:
        network = _network(options)
        participants = [ParticipantId.parse(text) for text in options.participants]
    except (InvalidNetwork, InvalidIdentifier) as error:
        parser.error(str(error))
    out = out or sys.stdout
    worst = 0
    for participant in participants:
        now = datetime.now(UTC)
        outcome = look_up(participant, network, options.document, options.process, now=now)
        out.write(json.dumps(outcome.as_dict(), ensure_ascii=False) + "\n" if options.json else text_of(outcome, now))
        worst = max(worst, EXIT_CODES[outcome.kind])
    return worst


def _network(options) -> Network:
    if options.network:
        network = Network.from_file(options.network)
    elif options.test or options.zone == "test":
        network = Network.test()
    else:
        network = Network.production()
    if options.zone and options.zone not in ZONES:
        network = replace(network, zone=options.zone)
    return network


def text_of(outcome: Outcome, now: datetime) -> str:
    """The outcome for people."""
    lines = [f"{outcome.participant}: {_MARKS[outcome.kind]} {outcome.kind}"]
    if outcome.reason:
        detail = f" ({outcome.detail})" if outcome.detail else ""
        lines[0] += f": {REASONS[outcome.reason]}{detail}"
    lines.append(f"  DNS name   {outcome.dns_name}")
    lines.append(f"  publisher  {outcome.smp_url or 'not known'}")
    for document in outcome.documents:
        lines.append(f"  document   {document.name}")
        if document.name != document.type:
            lines.append(f"             {document.document_type}")
        if document.process:
            lines.append(f"             process {document.process}")
        lines.extend(
            f"             {endpoint.transport} at {endpoint.url}, {_period(endpoint, now)}"
            for endpoint in document.endpoints
        )
    return "\n".join(lines) + "\n"


def _period(endpoint, now: datetime) -> str:
    start = f"from {endpoint.not_before:%Y-%m-%d}" if endpoint.not_before else ""
    end = f"until {endpoint.not_after:%Y-%m-%d}" if endpoint.not_after else ""
    state = "not active yet" if not endpoint.begun(now) else "ended" if endpoint.ended(now) else "active"
    return " ".join(filter(None, (state, start, end)))
