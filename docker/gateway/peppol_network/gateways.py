"""The access points of the local network: the gateway of this repository, each with a store of its own."""

import json
import secrets
import sys

from .certificates import write_private
from .settings import LOOPBACK


def gateway_folder(layout, point):
    return layout.folder / point.name


def write_configuration(layout, settings, point, participants):
    """Write the gateway's configuration for an access point that serves these participants; returns its path.

    Its token for the REST API stays once it is made.
    """
    folder = gateway_folder(layout, point)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o700)
    token = folder / "token"
    if not token.exists():
        write_private(token, secrets.token_urlsafe(32).encode("ascii"))
    pair = layout.authority.pair(point.seat)
    values = {
        "state": str(folder / "state"),
        "host": LOOPBACK,
        "port": point.service,
        "certificate": str(pair.certificate),
        "key": str(pair.key),
        "network": str(layout.network),
        "token_file": str(token),
        "participants": sorted(str(one.id) for one in participants if one.access_point == point.name),
        # one plays with this network: what goes wrong is tried again soon, and given up within the hour
        "send_timeout": 15.0,
        "retry_first": 5.0,
        "retry_longest": 60.0,
        "retry_for": 3600.0,
    }
    path = folder / "gateway.toml"
    # JSON's texts, numbers and lists are TOML's too
    write_private(path, "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items()).encode())
    return path


def command_of(configuration):
    """How the gateway is started with a configuration."""
    return [sys.executable, "-m", "peppol_gateway", "--config", str(configuration)]
