"""The access points of the local network: the gateway of this repository, each with a store of its own."""

import json
import secrets
import sys

from .certificates import write_private
from .settings import LOOPBACK


def gateway_token(layout, point):
    """The token of an access point's REST API, made where there is none yet."""
    path = layout.folder / point.name / "token"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.parent.chmod(0o700)
        write_private(path, secrets.token_urlsafe(32).encode("ascii"))
    return path


def service_url(point):
    """The address of an access point's REST API."""
    return f"http://{LOOPBACK}:{point.service}"


def write_configuration(layout, settings, point, participants):
    """Write the gateway's configuration for an access point that serves these participants; returns its path."""
    token = gateway_token(layout, point)
    folder = token.parent
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
    return [sys.executable, "-m", "peppol_gateway", "serve", "--config", str(configuration)]
