"""The web application: the AS4 endpoint, the REST API for the client, health and metrics."""

import logging
import time
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from . import __version__, api, views
from .errors import GatewayError
from .intake import Intake
from .keys import utc_now
from .metrics import CONTENT_TYPE
from .receiver import SIGNAL_TYPE
from .service import Service, too_large

log = logging.getLogger(__name__)

DESCRIPTION = """
A Peppol AS4 access point. Submit documents, follow them until they are delivered, fetch what came in, acknowledge it.

Every call but `/health` and `/as4` needs `Authorization: Bearer <token>`. Every error has the shape of `Problem`.
""".strip()


def create_app(service: Service):
    """The ASGI application of a service; starting it starts the sending threads."""

    @asynccontextmanager
    async def lifespan(_app):
        service.start(utc_now())
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(service.stop)

    app = FastAPI(
        title="Peppol gateway",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    intake = Intake(service.store.spool, most=service.settings.intakes)
    crypto = anyio.CapacityLimiter(service.settings.crypto)
    app.state.service, app.state.intake = service, intake
    app.include_router(api.router)
    _handle_errors(app, service)

    @app.post("/as4", include_in_schema=False)
    async def as4_endpoint(request: Request):
        started = time.perf_counter()
        service.check_room()
        # in base64, an attachment is a third larger
        largest = service.settings.largest_document * 7 // 5 + (1 << 20)
        async with intake.body(request, largest, too_large(largest)) as file:
            answer = await anyio.to_thread.run_sync(
                service.receiver.receive, file, request.headers.get("content-type", ""), utc_now(), limiter=crypto
            )
        outcome = "duplicate" if answer.duplicate else answer.error or "received"
        service.metrics.incoming.labels(outcome).inc()
        service.metrics.seconds.labels("receive").observe(time.perf_counter() - started)
        log.info("incoming", extra={"outcome": outcome, "id": answer.incoming, "detail": answer.detail})
        return Response(answer.signal, media_type=SIGNAL_TYPE)

    @app.get("/health", response_model=views.Health, responses={503: {"model": views.Health}}, tags=["operation"])
    def health():
        """Whether the service works, and how its certificates stand. No token is needed."""
        now = utc_now()
        checks = service.healthy(now)
        health = views.Health(
            healthy=all(checks.values()),
            party=service.us.identity.party_id,
            version=__version__,
            checks=checks,
            certificates=[views.Certificate(**vars(item)) for item in service.certificates(now)],
        )
        return JSONResponse(health.model_dump(mode="json"), 200 if health.healthy else 503)

    @app.get("/metrics", response_class=PlainTextResponse, dependencies=api.AUTHORISED, tags=["operation"])
    def metrics():
        """Figures in Prometheus' text format."""
        return Response(service.metrics.text(service, utc_now()), media_type=CONTENT_TYPE)

    return app


def _handle_errors(app, service):
    @app.exception_handler(GatewayError)
    def gateway_error(_request, error):
        service.metrics.refused.labels(error.kind).inc()
        headers = {"Retry-After": str(int(error.retry_after))} if error.retry_after else None
        return _problem(error.status, error.kind, error.text, headers)

    @app.exception_handler(RequestValidationError)
    def invalid(_request, error):
        first = error.errors()[0]
        return _problem(400, "invalid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def http_error(_request, error):
        kind = "not_found" if error.status_code == 404 else "invalid"
        return _problem(error.status_code, kind, str(error.detail))

    @app.exception_handler(ClientDisconnect)
    def disconnected(_request, _error):
        return _problem(400, "invalid", "The request ended before its body did.")

    @app.exception_handler(Exception)
    def fault(_request, error):
        log.error("fault", exc_info=error)
        return _problem(500, "temporary", "The gateway failed; see its log.")


def _problem(status, kind, detail, headers=None):
    return JSONResponse({"kind": kind, "detail": detail}, status, headers)
