"""The local Peppol network in a folder of its own, on ports that are free; one for each test process."""

import shutil
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from peppol_network.certificates import make_certificates
from peppol_network.client import LocalNetwork
from peppol_network.settings import two_access_points
from transport.lookup import look_up
from transport.network import Network


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A folder with the certificates of a network; keys take long to make."""
    folder = tmp_path_factory.mktemp("authority") / "certificates"
    make_certificates(folder, [point.seat for point in two_access_points()], datetime.now(UTC))
    return folder


def new_network(made, tmp_path_factory):
    """A network that was never started, with the certificates that are made already."""
    network = LocalNetwork(tmp_path_factory.mktemp("network"))
    shutil.copytree(made, network.layout.authority.folder)
    return network


@pytest.fixture(scope="module")
def trading_network(made, tmp_path_factory):
    """A network with both access points."""
    network = new_network(made, tmp_path_factory).start()
    yield network
    network.stop()


@pytest.fixture(scope="session")
def whole_network(made, tmp_path_factory):
    """Locator, publisher, fronts and control; no access points behind the fronts."""
    network = new_network(made, tmp_path_factory).start(access_points=False)
    yield network
    network.stop()


@pytest.fixture
def network(whole_network):
    """The network, all drills off before and after."""
    whole_network.end_drills()
    yield whole_network
    whole_network.end_drills()


@pytest.fixture
def find(network):
    """Look a participant up as Odoo and the gateway do."""

    def find(participant, timeout=5, **options):
        values = {**vars(Network.from_file(network.layout.network)), "timeout": timeout}
        fields = {name: values[name] for name in Network.__dataclass_fields__}
        return look_up(participant, Network(**fields), now=datetime.now(UTC), **options)

    return find


class Behind:
    """What stands behind a front: remembers what reaches it, and answers."""

    def __init__(self, port):
        self.received = received = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                received.append(self.rfile.read(int(self.headers["Content-Length"])))
                answer = f"receipt {len(received)}".encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/soap+xml")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def behind(network):
    behind = Behind(network.settings.access_point("ap1").service)
    yield behind
    behind.close()
