# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The local Peppol network itself, started for tests: its code lies beside the add-ons."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from ..control import Control

ROOT = Path(__file__).resolve().parents[3]
#: Where ``./dev`` keeps the gateway's Python.
PYTHON = Path(os.environ.get("DEV_STATE") or ROOT / ".dev") / "venv-gateway/bin/python"
#: Seconds within which a message goes from one access point to the other on a busy machine.
PATIENCE = 60


def available():
    return PYTHON.exists() and (ROOT / "docker/gateway/peppol_network").is_dir()


class RealNetwork:
    """Locator, publisher and two access points; ``folder`` is what the environment names."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="peppol-network-")
        self._run("start")

    def _run(self, command):
        paths = (ROOT / "docker/gateway", ROOT / "be_peppol_einvoice", ROOT / "docker/dev")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
        subprocess.run(
            [PYTHON, "-m", "peppol_network", command, self.folder], env=environment, check=True, capture_output=True
        )

    def stop(self):
        self._run("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def register(participant, access_point):
        Control().ask("POST", "/participants", {"participants": [{"id": participant, "access_point": access_point}]})


def wait_until(done, what):
    """Wait for something that the network does by itself."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {PATIENCE} seconds")
        time.sleep(0.2)
