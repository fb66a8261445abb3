"""The access points of the local network: the gateway of this repository, each with a store of its own."""

import asyncio
import json
import logging
import secrets
import sys
from urllib.parse import quote

import httpx

from .certificates import write_private
from .settings import LOOPBACK

log = logging.getLogger(__name__)

#: Requests to one gateway at the same time.
ABREAST = 8


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


class Gateways:
    """The running gateways, as the services see them."""

    def __init__(self, layout, settings):
        self.points = {point.name: point for point in settings.access_points}
        self.client = httpx.AsyncClient(timeout=5, trust_env=False)
        self.headers = {
            point.name: {"Authorization": f"Bearer {gateway_token(layout, point).read_text(encoding='ascii').strip()}"}
            for point in settings.access_points
        }

    async def close(self):
        await self.client.aclose()

    async def is_healthy(self, name):
        try:
            answer = await self.client.get(f"{service_url(self.points[name])}/health")
        except httpx.HTTPError:
            return False
        return answer.status_code == 200

    async def serve(self, participants):
        """Tell each gateway for whom it receives from now on. One that is down learns it when it is started again."""
        limit = asyncio.Semaphore(ABREAST)

        async def tell(method, name, participant):
            url = f"{service_url(self.points[name])}/api/v1/participants/{quote(str(participant.id))}"
            async with limit:
                try:
                    answer = await self.client.request(method, url, headers=self.headers[name])
                except httpx.HTTPError as error:
                    log.warning("%s was not told of %s: %s", name, participant.id, type(error).__name__)
                    return
            if answer.status_code >= 400 and (method, answer.status_code) != ("DELETE", 404):
                log.warning("%s was not told of %s: %s", name, participant.id, answer.status_code)

        await asyncio.gather(
            *(
                tell("PUT" if one.access_point == name else "DELETE", name, one)
                for one in participants
                for name in self.points
            )
        )
