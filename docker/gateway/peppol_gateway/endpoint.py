"""The AS4 endpoint, an ASGI application before the REST API: what other access points call for every message."""

import logging
import time

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from .errors import GatewayError
from .keys import utc_now
from .receiver import SIGNAL_TYPE
from .service import too_large

log = logging.getLogger(__name__)

PATH = "/as4"
CUT_OFF = "The request ended before its body did."


class As4Endpoint:
    """Answers requests to ``/as4`` and hands all others on. The layers of FastAPI take longer than its own work."""

    def __init__(self, app, *, service, intake):
        self.app = app
        self.service = service
        self.intake = intake
        self.crypto = anyio.CapacityLimiter(service.settings.crypto)

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["path"] != PATH:
            await self.app(scope, receive, send)
            return
        try:
            response = await self.answer(Request(scope, receive))
        except GatewayError as error:
            response = refusal(self.service, error)
        except ClientDisconnect:
            response = problem(400, "invalid", CUT_OFF)
        await response(scope, receive, send)

    async def answer(self, request):
        """The response to a message; GatewayError where it is not taken in."""
        if request.method != "POST":
            return problem(405, "invalid", "Method Not Allowed", {"Allow": "POST"})
        service, started = self.service, time.perf_counter()
        service.check_room()
        # in base64, an attachment is a third larger
        largest = service.settings.largest_document * 7 // 5 + (1 << 20)
        async with self.intake.body(request, largest, too_large(largest)) as file:
            answer = await anyio.to_thread.run_sync(
                service.receiver.receive, file, request.headers.get("content-type", ""), utc_now(), limiter=self.crypto
            )
        outcome = "duplicate" if answer.duplicate else answer.error or "received"
        service.metrics.incoming.labels(outcome).inc()
        service.metrics.seconds.labels("receive").observe(time.perf_counter() - started)
        log.info("incoming", extra={"outcome": outcome, "id": answer.incoming, "detail": answer.detail})
        return Response(answer.signal, media_type=SIGNAL_TYPE)


def refusal(service, error):
    """The response that tells a GatewayError."""
    service.metrics.refused.labels(error.kind).inc()
    headers = {"Retry-After": str(int(error.retry_after))} if error.retry_after else None
    return problem(error.status, error.kind, error.text, headers)


def problem(status, kind, detail, headers=None):
    """An error's response, of the shape of ``views.Problem``."""
    return JSONResponse({"kind": kind, "detail": detail}, status, headers)
