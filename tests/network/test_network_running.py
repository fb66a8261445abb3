"""The network as a whole: two gateways trade over it; it starts, stops and survives the death of its processes."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from peppol_network.supervisor import read_status, running

SENDER, RECEIVER = "0208:1999900171", "0208:1999900272"
INVOICE = b"""<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
    xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID><cbc:ID>1</cbc:ID>
</Invoice>"""


@pytest.fixture
def network(trading_network):
    trading_network.end_drills()
    trading_network.register(SENDER, access_point="ap1")
    trading_network.register(RECEIVER, access_point="ap2")
    return trading_network


def until(condition, seconds=60):
    """Wait until the condition gives something true, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "that did not happen in time"
        time.sleep(0.1)
    return found


def call(network, name, path, content=None):
    """The JSON answer of a gateway's REST API."""
    access_point = network.layout.read_connection()["access_points"][name]
    headers = {"Authorization": f"Bearer {access_point['token']}", "Content-Type": "application/xml"}
    request = urllib.request.Request(f"{access_point['url']}/api/v1{path}", content, headers)
    return json.load(urllib.request.urlopen(request, timeout=20))


def send(network):
    """Send an invoice from the first access point to the second; the message once it is through."""
    identifier = call(network, "ap1", f"/outgoing?sender={SENDER}&receiver={RECEIVER}", INVOICE)["id"]

    def through():
        message = call(network, "ap1", f"/outgoing/{identifier}")
        return message if message["state"] in ("delivered", "failed") else None

    return until(through)


def inbox(network):
    return len(call(network, "ap2", "/inbox")["items"])


def process(network, name):
    """The number of a process that runs; None while it does not."""
    number = read_status(network.layout).get(name, {}).get("pid")
    return number if number and Path(f"/proc/{number}").exists() else None


def test_an_invoice_crosses_the_network(network):
    before = inbox(network)
    assert send(network)["state"] == "delivered"
    assert inbox(network) == before + 1


def test_refused_for_good(network):
    """The signed answer of an access point that does not serve the receiver ends the attempts."""
    network.drill("refused", "ap2")
    before = inbox(network)
    message = send(network)
    assert message["state"] == "failed"
    assert "PEPPOL:NOT_SERVICED" in json.dumps(message["history"])
    assert inbox(network) == before


def test_duplicated_but_received_once(network):
    network.drill("duplicated", "ap2", times=1)
    before = inbox(network)
    assert send(network)["state"] == "delivered"
    assert inbox(network) == before + 1
    assert network.events()[-1]["drill"] == "duplicated"


def test_a_second_start_changes_nothing(network):
    status = read_status(network.layout)
    network.start()
    assert read_status(network.layout) == status
    command = [sys.executable, "-m", "peppol_network", "run", str(network.layout.folder)]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode
    assert "running already" in second.stderr


@pytest.mark.parametrize("name", ["services", "ap1"])
def test_a_killed_process_is_started_again(network, name):
    number = process(network, name)
    restarts = read_status(network.layout)[name]["restarts"]
    os.kill(number, signal.SIGKILL)
    until(lambda: process(network, name) not in (None, number))
    assert read_status(network.layout)[name]["restarts"] == restarts + 1
    until(network.is_healthy)
    assert send(network)["state"] == "delivered"


def test_a_killed_supervisor_takes_the_others_along_and_nothing_is_forgotten(network):
    """After kill -9 no process is left; started again, ports, token, participants and inbox are those of before."""
    settings, connection, received = network.settings, network.layout.read_connection(), inbox(network)
    numbers = [process(network, name) for name in ("services", "ap1", "ap2")]
    os.kill(running(network.layout), signal.SIGKILL)
    until(lambda: not any(alive(number) for number in numbers))
    assert not network.is_healthy()
    network.start()
    assert (network.settings, network.layout.read_connection()) == (settings, connection)
    assert send(network)["state"] == "delivered"
    assert inbox(network) == received + 1


def alive(number):
    """Whether a process runs; one that has ended and waits for its parent's attention does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_secrets_are_their_owners_alone(network):
    folder = network.layout.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secrets = [network.layout.connection, network.layout.network, *folder.glob("ap*/token"), *folder.rglob("*.key")]
    assert len(secrets) > 10
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o600}
    token = network.layout.read_connection()["token"]
    assert token not in network.layout.log.read_text(encoding="utf-8")


def test_stopping_it_twice_is_as_good_as_once(network):
    numbers = [process(network, name) for name in ("services", "ap1", "ap2")]
    network.stop()
    network.stop()
    assert running(network.layout) is None
    assert not any(alive(number) for number in numbers)
    assert not network.is_healthy()
