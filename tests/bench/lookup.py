# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Look-ups per second, cold and with connections kept, and the time that a company's customers take.

    python tests/bench/lookup.py [--network FILE] [--participants FILE] [--count 3000] [--workers 16] [--json]

Without a network file, a network is made in a process of its own on this machine: a DNS server that answers NAPTR and
an HTTPS server with signed answers, in Python like the client, so its own time is in the figures. One participant in
three can receive, one is registered for another document, one is not registered.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ADDON = Path(__file__).parents[2] / "be_peppol_einvoice"
sys.path[:0] = [str(ADDON), str(ADDON / "tests")]


def enterprise_number(serial: int) -> str:
    stem = 4_000_000 + serial
    return f"{stem:08d}{97 - stem % 97:02d}"


def serve(count, folder, ready, finished):
    """The network of the measurement, until it is finished."""
    from fake_network import CREDIT_NOTE, INVOICE, FakeNetwork

    with FakeNetwork() as network:
        for serial in range(count):
            if serial % 3 < 2:
                documents = (CREDIT_NOTE,) if serial % 3 else (INVOICE, CREDIT_NOTE)
                network.register(f"0208:{enterprise_number(serial)}", documents)
        network.describe_in(folder, timeout=30.0)
        ready.set()
        finished.wait()


def measure(network, participants, workers):
    """The figures, as a dict."""
    from transport.bulk import Question, look_up_many
    from transport.https import Client
    from transport.identifiers import BIS3_INVOICE, belgian_alternatives
    from transport.lookup import look_up

    def now():
        return datetime.now(UTC)

    def rate(function, some):
        started = time.perf_counter()
        for participant in some:
            function(participant)
        return len(some) / (time.perf_counter() - started)

    some = participants[:300]
    with Client(network) as client:
        kept = rate(lambda one: look_up(one, network, BIS3_INVOICE, now=now(), client=client), some)
    cold = rate(lambda one: look_up(one, network, BIS3_INVOICE, now=now()), some)
    questions = [Question(one, tuple(belgian_alternatives(one)), BIS3_INVOICE) for one in participants]
    started = time.perf_counter()
    kinds = {}
    for _question, found in look_up_many(questions, network, now, workers):
        kinds[found.kind] = kinds.get(found.kind, 0) + 1
    seconds = time.perf_counter() - started
    return {
        "cold_per_second": round(cold, 1),
        "connection_kept_per_second": round(kept, 1),
        "participants": len(participants),
        "workers": workers,
        "seconds": round(seconds, 1),
        "per_second": round(len(participants) / seconds, 1),
        "outcomes": kinds,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--network", help="a running network, such as the local one, instead of one made here")
    parser.add_argument("--participants", help="a file with one participant a line, for --network")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    from transport.identifiers import ParticipantId
    from transport.network import Network

    if options.participants:
        names = Path(options.participants).read_text(encoding="ascii").split()
    else:
        names = [f"0208:{enterprise_number(serial)}" for serial in range(options.count)]
    participants = [ParticipantId.parse(name) for name in names]
    if options.network:
        figures = measure(Network.from_file(options.network), participants, options.workers)
    else:
        context = multiprocessing.get_context("spawn")
        ready, finished = context.Event(), context.Event()
        with tempfile.TemporaryDirectory() as folder:
            server = context.Process(target=serve, args=(len(participants), folder, ready, finished))
            server.start()
            ready.wait()
            try:
                network = Network.from_file(Path(folder) / "network.json")
                figures = measure(network, participants, options.workers)
            finally:
                finished.set()
                server.join()
    if options.json:
        print(json.dumps(figures))
        return
    print(f"one after the other, a connection each:    {figures['cold_per_second']:8.1f} look-ups a second")
    print(f"one after the other, the connection kept:  {figures['connection_kept_per_second']:8.1f} look-ups a second")
    print(
        f"{figures['participants']} customers, {figures['workers']} at a time: {figures['seconds']} s "
        f"({figures['per_second']} a second): {figures['outcomes']}"
    )


if __name__ == "__main__":
    main()
