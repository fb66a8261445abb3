"""The gateway's commands: ``python -m peppol_gateway [serve|check|init] [--config FILE]``."""

import argparse
import gc
import os
import secrets
import sys
from pathlib import Path

import uvicorn

from . import logs
from .app import create_app
from .config import ENVIRONMENT, load
from .errors import ConfigurationError
from .keys import utc_now
from .service import Service


def main(arguments=None):
    parser = argparse.ArgumentParser(
        prog="peppol_gateway",
        description="A Peppol AS4 access point. serve: the AS4 endpoint and the REST API; check: say how configuration,"
        " keys and certificates stand; init: write a configuration and a token to begin with.",
    )
    parser.add_argument("command", nargs="?", default="serve", choices=("serve", "check", "init"))
    parser.add_argument("--config", type=Path, default=os.environ.get(f"{ENVIRONMENT}CONFIG") or None)
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
        # said, so that none falls back on what is slower: without TCP_NODELAY, which uvloop sets also on a listening
        # socket shared by several processes, each answer waits for the client's delayed acknowledgement (40 ms)
        loop="uvloop",
        http="httptools",
        timeout_graceful_shutdown=30,
    )
    return 0


def application():
    """The application of one serving process."""
    logs.set_up()
    app = create_app(Service(load(os.environ.get(f"{ENVIRONMENT}CONFIG") or None)))
    # what is there now stays: the collector need not look through it again and again
    gc.collect()
    gc.freeze()
    # and need not look at what is new so often: a message makes some thousands of objects, and none in circles
    gc.set_threshold(20_000, 10, 10)
    return app


def command_check(options):
    service = Service(load(options.config))
    for item in service.certificates(utc_now()):
        print(f"{item.state:8} {item.not_after:%Y-%m-%d}  {item.subject}")
    return 0


TEMPLATE = """\
# The Peppol gateway: docs/gateway.md explains each setting. Paths are relative to this file.
state = "state"
host = "127.0.0.1"
port = 8181
certificate = "ap.pem"
key = "ap.key"
network = "production"
token_file = "token"
participants = []
"""


def command_init(options):
    """Write what is missing of a configuration and its token; certificates come from the network's authority."""
    path = options.config or Path("gateway.toml")
    path.parent.mkdir(parents=True, exist_ok=True)
    for file, text in ((path, TEMPLATE), (path.parent / "token", secrets.token_urlsafe(32) + "\n")):
        if not file.exists():
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
                opened.write(text)
            print(f"{file} written")
    settings = load(path)
    missing = [str(name) for name in (settings.certificate, settings.key) if not name.exists()]
    if missing:
        print(f"Put your access point's certificate and key (chmod 600) at: {', '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
