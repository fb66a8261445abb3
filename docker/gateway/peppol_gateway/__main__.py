"""The gateway's commands: ``python -m peppol_gateway {serve,check,openapi} [--config FILE]``."""

import argparse
import json
import os
import sys
from pathlib import Path

import uvicorn

from . import logs
from .app import create_app
from .config import ENVIRONMENT, load
from .errors import ConfigurationError
from .service import Service


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="peppol_gateway", description="A Peppol AS4 access point.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (
        ("serve", "serve the AS4 endpoint and the REST API"),
        ("check", "read the configuration, the keys and the certificates, and say how they stand"),
        ("init", "write a configuration, a token and, for a local network, certificates"),
    ):
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("--config", type=Path, default=os.environ.get(f"{ENVIRONMENT}CONFIG"))
    options = parser.parse_args(arguments)
    try:
        return globals()[f"command_{options.command}"](options)
    except ConfigurationError as error:
        print(f"The gateway cannot start: {error}", file=sys.stderr)
        return 2


def command_serve(options):
    settings = load(options.config)
    os.environ[f"{ENVIRONMENT}CONFIG"] = str(options.config or "")
    # what cannot work is said here, not by each process
    Service(settings)
    uvicorn.run(
        "peppol_gateway.__main__:application",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        access_log=False,
        log_config=None,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=30,
    )
    return 0


def application():
    """The application of one serving process."""
    logs.set_up()
    return create_app(Service(load(os.environ.get(f"{ENVIRONMENT}CONFIG") or None)))


def command_check(options):
    service = Service(load(options.config))
    from .keys import utc_now

    for item in service.certificates(utc_now()):
        print(f"{item.state:8} {item.not_after:%Y-%m-%d}  {item.subject}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
