"""Tells the running gateways for whom they receive."""

import asyncio
import logging
from urllib.parse import quote

import httpx

from .gateways import gateway_token, service_url

log = logging.getLogger(__name__)

#: Requests to the gateways at the same time.
ABREAST = 8


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
