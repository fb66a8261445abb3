# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A control interface that keeps its registrations and drills in memory; the real one runs in an environment of its own
and is tested in tests/network."""

import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class FakeControl:
    """Serves on loopback; ``folder`` is what the environment names."""

    OFFERED = (("dns_down", "sml"), ("slow", "smp"), ("lost", "ap1"), ("late", "ap2"), ("down", "ap2"))

    def __init__(self, folder):
        self.token = "secret"
        self.participants = {}
        self.on = {}
        self.events = []
        self.requests = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        connection = {
            "url": self.url,
            "token": self.token,
            "network": str(Path(folder) / "network.json"),
            "access_points": {
                name: {"url": f"{self.url}/{name}", "token": f"{name} token\n"} for name in ("ap1", "ap2")
            },
        }
        (Path(folder) / "connection.json").write_text(json.dumps(connection), encoding="utf-8")

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def act(self, name, target):
        """A drill does something."""
        self.events.append({"id": len(self.events) + 1, "moment": time.time(), "target": target, "drill": name})

    def answer(self, method, path, values):
        if path == "/participants" and method == "POST":
            self.participants |= {one["id"].lower(): one["access_point"] for one in values["participants"]}
            return 200, {}
        if path == "/participants":
            return 200, {"participants": [{"id": k, "access_point": v} for k, v in self.participants.items()]}
        if match := re.fullmatch(r"/drills/(\w+)/(\w+)", path):
            if match.groups() not in self.OFFERED:
                return 400, {"error": "There is no such drill."}
            if method == "PUT":
                self.on[match.groups()] = values
            else:
                self.on.pop(match.groups(), None)
        if path == "/drills" and method == "DELETE":
            self.on.clear()
        if path == "/events":
            return 200, {"events": self.events}
        return 200, {"drills": [self.drill(name, target) for name, target in self.OFFERED]}

    def drill(self, name, target):
        values = self.on.get((name, target))
        return {
            "name": name,
            "target": target,
            "delayed": name in ("late", "slow"),
            "counted": name != "down",
            "seconds": 20,
            "on": values is not None,
            "times": (values or {}).get("times"),
        }

    def _handler(self):
        control = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                values = json.loads(content) if content else None
                control.requests.append((self.command, self.path, values))
                status, answer = 401, {"error": "The token is missing or wrong."}
                if self.headers["Authorization"] == f"Bearer {control.token}":
                    status, answer = control.answer(self.command, self.path, values)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        return Handler
