# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An HTTP server on the loopback, on which an add-on's tests build an access point that keeps to its contract."""

import json
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from .provider_suite import Peer

TIMEOUT = 0.4


class Answer(Exception):
    """What a call is answered with: an HTTP status and a JSON value, or bytes."""

    def __init__(self, status, value=None):
        super().__init__(status)
        self.status, self.value = status, value


class HttpPeer(Peer):
    """``answer(method, path, query, headers, body)`` raises :class:`Answer`; ``token`` is the valid one.

    ``fault_statuses`` are the statuses by which the real access point says ``permanent`` and ``invalid``;
    ``open_paths`` need no token.
    """

    token = "a-valid-token-nobody-else-may-see"
    fault_statuses = {}
    open_paths = ()

    def __init__(self):
        peer = self
        self.released = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_arguments):
                pass

            def date_time_string(self, timestamp=None):
                return format_datetime(datetime.now(UTC) + peer.clock, usegmt=True)

            def handle_any(self):
                peer.handle(self)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def handle(self, handler):
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        where = urlsplit(handler.path)
        if self.fault == "slow":
            self.released.wait(TIMEOUT * 4)
            handler.close_connection = True
            return
        try:
            if where.path not in self.open_paths:
                self.check(handler.headers)
            self.answer(handler.command, where.path, dict(parse_qsl(where.query)), handler.headers, body)
        except Answer as answer:
            if self.fault == "lost_answer":
                handler.close_connection = True
                return
            self.respond(handler, answer)

    def check(self, headers):
        if self.fault == "unauthorised" or headers.get("Authorization") != f"Bearer {self.token}":
            raise Answer(401, {"detail": "the key is not valid"})
        if self.fault == "temporary":
            raise Answer(503, {"detail": "busy"})
        if self.fault in self.fault_statuses:
            raise Answer(self.fault_statuses[self.fault], {"detail": self.fault, "kind": self.fault})

    def respond(self, handler, answer):
        value = answer.value
        content = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        if self.fault == "malformed":
            content = b'{"surprise": [1, 2'
        handler.send_response(answer.status)
        if self.retry_after and answer.status == 503:
            when = datetime.now(UTC) + self.clock + timedelta(seconds=self.retry_after)
            text = format_datetime(when, usegmt=True) if self.clock else str(self.retry_after)
            handler.send_header("Retry-After", text)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)
