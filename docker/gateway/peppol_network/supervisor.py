"""Keeps the processes of a local network running: the services, and one access point each.

One supervisor per folder. A process that dies is started again; when the supervisor itself dies, however it does, the
others end with it.
"""

import ctypes
import fcntl
import json
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from .gateways import command_of, gateway_token, service_url, write_configuration
from .settings import choose_ports, write_json
from .store import STATUS_DOCUMENTS, Participant, Store

log = logging.getLogger(__name__)

#: Seconds before a process that died is started again: at first, at most; and after how long it counts as well again.
FIRST_PAUSE, LONGEST_PAUSE, WELL_AFTER = 0.2, 5, 30
#: Seconds that a process has to end by itself.
GRACE = 8
PR_SET_PDEATHSIG = 1


class AlreadyRunning(Exception):
    """Another supervisor has this folder."""


@dataclass
class Child:
    name: str
    #: gives the command, each time that it is started
    command: Callable
    process: subprocess.Popen | None = None
    restarts: int = 0
    pause: float = FIRST_PAUSE
    started: float = 0
    due: float = 0

    def start(self):
        self.process = subprocess.Popen(
            self.command(),
            stdin=subprocess.DEVNULL,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 (this process has one thread)
        )
        self.started = time.monotonic()


def _end_with_parent():
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """access_points: False leaves them out, where only look-ups are wanted."""

    def __init__(self, layout, *, access_points=True):
        self.layout = layout
        self.access_points = access_points
        self.children = []
        self.ended = False

    def run(self):
        """:raises AlreadyRunning: if the folder has a supervisor"""
        self.layout.make()
        with open(self.layout.lock, "a+", encoding="ascii") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning from None
            lock.truncate(0)
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self.end)
            self.prepare()
            try:
                self.watch()
            finally:
                self.stop()
                self.layout.status.unlink(missing_ok=True)

    def end(self, *_):
        self.ended = True

    def prepare(self):
        layout = self.layout
        settings = layout.read_settings()
        choose_ports(settings)
        layout.write_settings(settings)
        made = layout.authority.make([point.seat for point in settings.access_points], datetime.now(UTC))
        if made:
            log.info("Certificates made: %s", ", ".join(made))
        addresses = {
            point.name: {"url": service_url(point), "token": gateway_token(layout, point).read_text(encoding="ascii")}
            for point in settings.access_points
        }
        layout.write_clients_files(settings, addresses)
        command = [sys.executable, "-m", "peppol_network", "serve", str(layout.folder)]
        if not self.access_points:
            self.children = [Child("services", lambda: [*command, "--without-access-points"])]
            return
        self.register_providers(settings)
        self.children = [Child("services", lambda: command)]
        self.children += [Child(point.name, partial(self.gateway, settings, point)) for point in settings.access_points]

    def register_providers(self, settings):
        """Message level statuses are addressed to the access points themselves."""
        with closing(Store(self.layout.database, settings.zone)) as store:
            store.register(
                Participant(point.service_provider, point.name, STATUS_DOCUMENTS) for point in settings.access_points
            )

    def gateway(self, settings, point):
        """The command of a gateway that serves whoever is registered at its access point now."""
        with closing(Store(self.layout.database, settings.zone)) as store:
            return command_of(write_configuration(self.layout, settings, point, store.participants()))

    def watch(self):
        for child in self.children:
            child.start()
        self.write_status()
        while not self.ended:
            time.sleep(0.1)
            changed = [child for child in self.children if self.look_after(child)]
            if changed:
                self.write_status()

    def look_after(self, child):
        """Start it again where it died, after a pause that grows; whether that was done."""
        now = time.monotonic()
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return False
            if now - child.started > WELL_AFTER:
                child.pause = FIRST_PAUSE
            log.warning("%s ended with code %s; it is started again in %.1f s", child.name, code, child.pause)
            child.process, child.due = None, now + child.pause
            child.pause = min(LONGEST_PAUSE, child.pause * 2)
            return True
        if now < child.due:
            return False
        child.restarts += 1
        child.start()
        return True

    def write_status(self):
        children = {
            child.name: {"pid": child.process and child.process.pid, "restarts": child.restarts}
            for child in self.children
        }
        write_json(self.layout.status, children)

    def stop(self):
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def running(layout):
    """The process number of the folder's supervisor; None where none runs."""
    try:
        with open(layout.lock, "rb+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                # a supervisor that has only just begun has not written it yet
                return int(lock.read() or 0)
    except FileNotFoundError:
        pass
    return None


def read_status(layout):
    """``{name: {"pid", "restarts"}}`` of the running processes; empty where they are not started yet."""
    with suppress(OSError, ValueError):
        return json.loads(layout.status.read_text(encoding="utf-8"))
    return {}
