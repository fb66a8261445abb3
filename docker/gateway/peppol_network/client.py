"""Starts, stops and asks a local network from another process: for ./dev, the tests and the command line."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from urllib.parse import quote, urlsplit

from .settings import Layout
from .supervisor import running

#: Seconds until a network must answer, or have ended.
PATIENCE = 120


class NetworkError(Exception):
    """The network did not do what was asked; the text says why."""


class LocalNetwork:
    """The network in a folder. Usable as a context: it runs inside, and is stopped afterwards."""

    def __init__(self, folder):
        self.layout = Layout(folder)

    @property
    def settings(self):
        return self.layout.read_settings()

    def start(self, *, access_points=True):
        """Start it in a process that outlives this one, and wait until it answers; nothing where it runs already."""
        process = None
        if running(self.layout) is None:
            self.layout.make()
            command = [sys.executable, "-m", "peppol_network", "run", str(self.layout.folder)]
            if not access_points:
                command.append("--without-access-points")
            with open(self.layout.log, "ab") as log:
                process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/"
                )
        self.wait(process)
        return self

    def wait(self, process=None):
        """Wait until it is healthy, or its process has ended."""
        deadline = time.monotonic() + PATIENCE
        while not self.is_healthy():
            gone = process and process.poll() is not None and running(self.layout) is None
            if gone or time.monotonic() > deadline:
                raise NetworkError(f"The local Peppol network does not answer; see {self.layout.log}")
            time.sleep(0.05)

    def is_healthy(self):
        try:
            return running(self.layout) is not None and self.ask("GET", "/health")["healthy"]
        except (OSError, ValueError, NetworkError):
            return False

    def stop(self):
        """End it and wait for that; nothing where it does not run."""
        deadline = time.monotonic() + PATIENCE
        while (process := running(self.layout)) is not None:
            if process:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGTERM)
            if time.monotonic() > deadline:
                raise NetworkError("The local Peppol network does not end.")
            time.sleep(0.05)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def ask(self, method, path, values=None):
        """The JSON answer of the control interface.

        :raises NetworkError: with its text, where the request was refused
        """
        connection_values = self.layout.read_connection()
        address = urlsplit(connection_values["url"])
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=PATIENCE)
        try:
            body = None if values is None else json.dumps(values)
            headers = {"Authorization": f"Bearer {connection_values['token']}", "Content-Type": "application/json"}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        try:
            content = json.loads(content)
        except ValueError:
            content = {"error": f"The control interface answered HTTP {answer.status}; see {self.layout.log}"}
        if answer.status >= 400:
            raise NetworkError(content.get("error", f"HTTP {answer.status}"))
        return content

    def register(self, *participants, access_point="ap1", documents=None):
        """Register participants (``0208:…``) for these document types; by default for all that are usual."""
        values = [{"id": one, "access_point": access_point, "documents": documents} for one in participants]
        return self.ask("POST", "/participants", {"participants": values})

    def unregister(self, participant):
        return self.ask("DELETE", f"/participants/{quote(participant)}")

    def drill(self, name, target, **values):
        """Switch a drill on; values: ``seconds``, ``times``."""
        return self.ask("PUT", f"/drills/{name}/{target}", values)

    def end_drills(self):
        return self.ask("DELETE", "/drills")

    def events(self, after=0):
        return self.ask("GET", f"/events?after={after}")["events"]
