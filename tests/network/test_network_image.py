"""The gateway's Docker image: what the Dockerfile copies is enough to run the service."""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.request
from fnmatch import fnmatch
from pathlib import Path

import pytest
from peppol_network.gateways import command_of
from peppol_network.settings import Settings, choose_ports

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "docker/gateway/Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COPIES = [line.split()[1:] for line in DOCKERFILE.splitlines() if line.startswith("COPY ")]


@pytest.fixture
def image(tmp_path):
    """The files of the image, below a folder."""
    for *sources, target in COPIES:
        for source in sources:
            place = tmp_path / target.lstrip("/")
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, place)
    return tmp_path


def test_the_build_sees_what_is_copied():
    """.dockerignore leaves everything out but what it names."""
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    for source in (source for *sources, _target in COPIES for source in sources):
        assert any(fnmatch(source, name) or source.startswith(f"{name}/") for name in allowed), source


def test_it_does_not_run_as_root():
    assert re.search(r"^USER (?!root|0)", DOCKERFILE, re.MULTILINE)


def test_the_service_runs_from_the_copied_files(image, made, tmp_path):
    settings = Settings()
    choose_ports(settings)
    port, folder = settings.control, tmp_path / "etc"
    folder.mkdir()
    shutil.copy(made / "POP000901.pem", folder / "ap.pem")
    shutil.copy(made / "POP000901.key", folder / "ap.key")
    (folder / "token").write_text("a token of more than sixteen characters")
    (folder / "token").chmod(0o600)
    configuration = folder / "gateway.toml"
    configuration.write_text(f'port = {port}\nstate = "state"\ntoken_file = "token"\nnetwork = "test"\n')
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PEPPOL"))}
    variables["PYTHONPATH"] = str(image / re.search(r"PYTHONPATH=/(\S+)", DOCKERFILE)[1])
    service = subprocess.Popen(command_of(configuration), env=variables, cwd=folder, stderr=subprocess.PIPE)
    try:
        health = _health(port, service)
    finally:
        service.terminate()
        service.communicate()
    assert health["healthy"]
    assert health["party"] == "POP000901"
    assert command_of(configuration)[1:4] == json.loads(re.search(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[1])[1:4]


def _health(port, service):
    deadline = time.monotonic() + 90
    while True:
        try:
            return json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5))
        except OSError:
            assert service.poll() is None, service.stderr.read().decode()
            assert time.monotonic() < deadline
            time.sleep(0.2)
