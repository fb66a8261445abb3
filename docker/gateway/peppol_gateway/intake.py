"""Takes request bodies in: streamed to a spool file, within limits of size, number and time."""

import asyncio
from contextlib import asynccontextmanager

from .errors import Busy, GatewayError


class Slow(GatewayError):
    """The client took too long to send its request."""

    kind = "temporary"
    status = 408


class Intake:
    """``most``: requests at the same time; those beyond are told to come back instead of piling up."""

    def __init__(self, spool, *, most, seconds=300.0):
        self.spool = spool
        self.most = most
        self.seconds = seconds
        self.present = 0

    @asynccontextmanager
    async def body(self, request, largest, too_large):
        """The request's body as a file; ``too_large`` is raised beyond ``largest`` bytes. Removed afterwards."""
        declared = request.headers.get("content-length", "0")
        if declared.isdigit() and int(declared) > largest:
            raise too_large
        if self.present >= self.most:
            raise Busy("Too many requests at the same time.", retry_after=2)
        self.present += 1
        try:
            with self.spool.open() as file:
                size = 0
                try:
                    async with asyncio.timeout(self.seconds):
                        async for chunk in request.stream():
                            size += len(chunk)
                            if size > largest:
                                raise too_large
                            file.write(chunk)
                except TimeoutError:
                    raise Slow("The request took too long to arrive.") from None
                yield file
        finally:
            self.present -= 1
