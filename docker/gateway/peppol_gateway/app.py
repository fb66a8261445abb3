"""The web application: the AS4 endpoint, the REST API for the client, health and metrics."""

import logging
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from . import __version__, api, views
from .endpoints import CUT_OFF, Endpoints, Front, problem, refusal
from .errors import GatewayError
from .keys import utc_now
from .metrics import CONTENT_TYPE
from .service import Service

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
    endpoints = Endpoints(service)
    app.state.service, app.state.endpoints = service, endpoints
    app.include_router(api.router)
    app.add_middleware(Front, endpoints=endpoints)
    _handle_errors(app)

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


def _handle_errors(app):
    @app.exception_handler(GatewayError)
    def gateway_error(_request, error):
        return refusal(app.state.service, error)

    @app.exception_handler(RequestValidationError)
    def invalid(_request, error):
        first = error.errors()[0]
        return problem(400, "invalid", f"{'.'.join(map(str, first['loc']))}: {first['msg']}")

    @app.exception_handler(HTTPException)
    def http_error(_request, error):
        kind = "not_found" if error.status_code == 404 else "invalid"
        return problem(error.status_code, kind, str(error.detail))

    @app.exception_handler(ClientDisconnect)
    def disconnected(_request, _error):
        return problem(400, "invalid", CUT_OFF)

    @app.exception_handler(Exception)
    def fault(_request, error):
        log.error("fault", exc_info=error)
        return problem(500, "temporary", "The gateway failed; see its log.")
