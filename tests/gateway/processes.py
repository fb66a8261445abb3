"""Gateways as processes of their own, which can be killed, and clients that outlive them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
from peers import ALICE, BOB, SEATS, TOKEN

ROOT = Path(__file__).parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """One gateway, served by a process."""

    def __init__(self, ca, folder, participant, **settings):
        self.ca, self.folder, self.participant = ca, Path(folder), participant
        self.port = free_port()
        self.settings = settings
        self.process = None
        self.configuration = self.folder / "gateway.toml"
        ca.issue(SEATS[participant])
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def configure(self, other):
        """Write the configuration; ``other`` is the gateway that serves the other participant."""
        seat, their_seat = SEATS[self.participant], SEATS[other.participant]
        values = {
            "state": str(self.folder / "state"),
            "port": self.port,
            "certificate": str(self.ca.folder / f"{seat}.pem"),
            "key": str(self.ca.folder / f"{seat}.key"),
            "network": "none",
            "anchors": [str(self.ca.pem)],
            "participants": [self.participant],
            "free_space": 0,
            "mls": "off",
            **self.settings,
        }
        text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())
        text += f'[routes."{other.participant}"]\nurl = "{other.url}/as4"\n'
        text += f'certificate = "{self.ca.folder / their_seat}.pem"\n'
        self.configuration.write_text(text)

    def start(self, wait=True):
        environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'docker' / 'gateway'}:{ROOT / 'be_peppol_einvoice'}",
            "PEPPOL_GATEWAY_TOKEN": TOKEN,
        }
        with (self.folder / "gateway.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "peppol_gateway", "--config", str(self.configuration)],
                stdout=log,
                stderr=log,
                env=environment,
                start_new_session=True,
            )
        if wait:
            self.wait()

    def wait(self, seconds=30):
        """Until it answers."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                return httpx.get(f"{self.url}/health", timeout=2)
            except httpx.HTTPError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise AssertionError((self.folder / "gateway.log").read_text()[-3000:])

    def kill(self):
        """As a power cut or the kernel does it: no handler runs, in the process or its children."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def client(self):
        return httpx.Client(base_url=f"{self.url}/api/v1", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60)

    def memory(self):
        """Resident anonymous memory of its processes in bytes: now, and the peak of all memory (VmHWM)."""
        now = peak = 0
        for pid in self.pids():
            status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            now += int(status["RssAnon"].split()[0]) * 1024
            peak += int(status["VmHWM"].split()[0]) * 1024
        return now, peak

    def pids(self):
        """The serving process and its children."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]


def two(ca, folder, **settings):
    """Two configured gateways that are not yet started."""
    alice = Process(ca, Path(folder) / "alice", ALICE, **settings)
    bob = Process(ca, Path(folder) / "bob", BOB, **settings)
    alice.configure(bob)
    bob.configure(alice)
    return alice, bob
