"""The two calls that every message takes, as an ASGI application before the others: submitting, and receiving (AS4).

FastAPI describes the first one (api.py). Its layers take longer than the calls' own work.
"""

import logging
import time

import anyio
from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from . import views
from .errors import GatewayError, Invalid
from .intake import Intake
from .keys import utc_now
from .receiver import SIGNAL_TYPE
from .service import too_large

log = logging.getLogger(__name__)

#: Characters of the longest Idempotency-Key.
KEY_LENGTH = 200
CUT_OFF = "The request ended before its body did."


class Endpoints:
    """What the two calls do; each takes a Request and gives a Response, or raises GatewayError."""

    def __init__(self, service):
        self.service = service
        self.intake = Intake(service.store.spool, most=service.settings.intakes)
        self.crypto = anyio.CapacityLimiter(service.settings.crypto)

    async def submit(self, request):
        """Accept a document for sending (POST /api/v1/outgoing)."""
        service = self.service
        service.authorise(request.headers.get("authorization"))
        service.check_room()
        try:
            wishes = views.Wishes.model_validate(dict(request.query_params))
        except ValidationError as error:
            first = error.errors()[0]
            raise Invalid(f"query.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        key = request.headers.get("idempotency-key")
        if key is not None and len(key) > KEY_LENGTH:
            raise Invalid(f"header.Idempotency-Key: at most {KEY_LENGTH} characters.")
        largest = service.settings.largest_document
        async with self.intake.body(request, largest, too_large(largest)) as file:
            row, new = await anyio.to_thread.run_sync(service.submit, file, vars(wishes), key, utc_now())
        answer = views.Outgoing.model_construct(**views.outgoing(row)).model_dump_json()
        return Response(answer, 202 if new else 200, media_type="application/json")

    async def receive(self, request):
        """Take in a message of another access point (POST /as4)."""
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


class Front:
    """Answers these two calls and hands all others on to ``app``."""

    def __init__(self, app, *, endpoints):
        self.app = app
        self.endpoints = endpoints

    async def __call__(self, scope, receive, send):
        endpoint = self._endpoint(scope) if scope["type"] == "http" else None
        if endpoint is None:
            await self.app(scope, receive, send)
            return
        try:
            response = await endpoint(Request(scope, receive))
        except GatewayError as error:
            response = refusal(self.endpoints.service, error)
        except ClientDisconnect:
            response = problem(400, "invalid", CUT_OFF)
        await response(scope, receive, send)

    def _endpoint(self, scope):
        if scope["path"] == "/as4":
            return self.endpoints.receive
        if scope["path"] == "/api/v1/outgoing" and scope["method"] == "POST":
            return self.endpoints.submit
        return None


def refusal(service, error):
    """The response that tells a GatewayError."""
    service.metrics.refused.labels(error.kind).inc()
    headers = {"Retry-After": str(int(error.retry_after))} if error.retry_after else None
    return problem(error.status, error.kind, error.text, headers)


def problem(status, kind, detail, headers=None):
    """An error's response, of the shape of ``views.Problem``."""
    return JSONResponse({"kind": kind, "detail": detail}, status, headers)
