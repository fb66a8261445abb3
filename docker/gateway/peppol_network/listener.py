"""A web application on a port of loopback that can be closed and opened again while the process goes on."""

import asyncio
import contextlib
import socket

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .settings import LOOPBACK


class _Protocol(H11Protocol):
    """Gives the application the means to drop its connection without an answer: ``scope["drop"]()``."""

    def connection_made(self, transport):
        super().connection_made(transport)
        app = self.app

        async def with_drop(scope, receive, send):
            await app({**scope, "drop": transport.abort}, receive, send)

        self.app = with_drop


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self):
        # the process has several servers: it takes the signals itself
        yield


class Listener:
    """tls: a ``certificates.Pair``, or None for plain HTTP."""

    def __init__(self, app, port, tls=None):
        self.app = app
        self.port = port
        self.tls = tls
        self.server = None
        self.task = None
        self.held = None

    async def start(self):
        """:raises OSError: if the port is taken"""
        if self.server is not None:
            return
        # nobody else gets the port while it is closed: who binds without listening refuses connections
        self.held = self.held or self._bound()
        door = self._bound()
        files = {"ssl_certfile": self.tls.certificate, "ssl_keyfile": self.tls.key} if self.tls else {}
        config = uvicorn.Config(
            self.app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            **files,
        )
        self.server = _Server(config)
        self.task = asyncio.create_task(self.server.serve(sockets=[door]))
        while not self.server.started:
            if self.task.done():
                self.server = None
                raise OSError(f"Port {self.port} cannot be opened.")
            await asyncio.sleep(0.01)

    def _bound(self):
        door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
                door.setsockopt(socket.SOL_SOCKET, option, 1)
            door.bind((LOOPBACK, self.port))
        except OSError:
            door.close()
            raise
        return door

    async def close(self):
        """Stop for good, and give the port away."""
        await self.stop()
        if self.held is not None:
            self.held.close()
            self.held = None

    async def stop(self):
        if self.server is None:
            return
        self.server.should_exit = True
        while not self.task.done():
            await asyncio.sleep(0.05)
            # a client that keeps its connection open would hold the port; for it, the server is gone
            for connection in list(self.server.server_state.connections):
                if not self.server.servers or not self.server.servers[0].is_serving():
                    # one that TLS has closed on both sides is gone, which Python 3.11's abort() does not expect
                    with contextlib.suppress(AttributeError):
                        connection.transport.abort()
        self.server = None

    def show(self, pair):
        """Let connections see another TLS certificate: those that are open end with the message that they carry."""
        if pair == self.tls:
            return
        self.tls = pair
        if self.server is not None:
            self.server.config.ssl.load_cert_chain(pair.certificate, pair.key)
            for connection in list(self.server.server_state.connections):
                connection.shutdown()
