"""``python -m peppol_network COMMAND FOLDER``: the local Peppol network from the command line."""

import argparse
import asyncio
import json
import sys
from datetime import UTC, datetime

from .certificates import make_certificates
from .client import LocalNetwork, NetworkError
from .logs import log_to_stderr
from .settings import Layout, two_access_points
from .supervisor import AlreadyRunning, Supervisor, read_status, running


def certificates(arguments):
    """make the certificates that are missing, and say which"""
    seats = arguments.seat or [point.seat for point in two_access_points()]
    for name in make_certificates(arguments.folder, seats, datetime.now(UTC)):
        print(name)


def run(arguments):
    """run the network until it is ended"""
    log_to_stderr("supervisor")
    Supervisor(Layout(arguments.folder), access_points=not arguments.without_access_points).run()


def serve_services(arguments):
    """run the services alone (the supervisor does that)"""
    # the web servers, which the other commands need not wait for
    from .services import serve

    log_to_stderr("services")
    asyncio.run(serve(Layout(arguments.folder), gateways=not arguments.without_access_points))


def start(arguments):
    """start the network and wait until it answers"""
    LocalNetwork(arguments.folder).start()


def stop(arguments):
    """stop the network"""
    LocalNetwork(arguments.folder).stop()


def status(arguments):
    """show how its parts are"""
    network = LocalNetwork(arguments.folder)
    if running(network.layout) is None:
        raise NetworkError("The local Peppol network is not running.")
    print(json.dumps({**network.ask("GET", "/health"), "processes": read_status(network.layout)}, indent=2))


def register(arguments):
    """register participants, one “0208:…” a line on standard input where none is given"""
    participants = arguments.participant or sys.stdin.read().split()
    LocalNetwork(arguments.folder).register(*participants, access_point=arguments.access_point)


COMMANDS = {
    "certificates": certificates,
    "run": run,
    "serve": serve_services,
    "start": start,
    "stop": stop,
    "status": status,
    "register": register,
}


def main():
    parser = argparse.ArgumentParser(prog="peppol_network", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        command.add_argument("folder")
        command.set_defaults(function=function)
        if name == "certificates":
            command.add_argument("--seat", action="append", help="an access point's seat id, such as POP000901")
        if name in ("run", "serve"):
            command.add_argument("--without-access-points", action="store_true")
        if name == "register":
            command.add_argument("--access-point", default="ap1")
            command.add_argument("participant", nargs="*")
    arguments = parser.parse_args()
    try:
        arguments.function(arguments)
    except AlreadyRunning:
        sys.exit("The local Peppol network of this folder is running already.")
    except NetworkError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
