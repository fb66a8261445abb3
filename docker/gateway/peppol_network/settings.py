"""Where the local network keeps its files, and on which ports of loopback it listens.

``settings.json`` is written when the network is first started and read afterwards; a port that another program has
taken meanwhile is replaced. ``network.json`` is what a look-up needs (``transport.network.Network.from_file``).
"""

import json
import secrets
import socket
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path

from transport.identifiers import ParticipantId

from .certificates import Authority, write_private

LOOPBACK = "127.0.0.1"
#: A zone below .test, which exists on no real name server (RFC 6761).
ZONE = "participant.sml.local.test"
#: Below those that the system gives to outgoing connections: one of them could take a port that a drill has closed.
PORTS = range(18000, 32000)


@dataclass
class AccessPoint:
    """An access point: what others reach is the ``port`` of its front, the service itself listens on ``service``."""

    name: str
    #: its seat's id, the common name of its certificate
    seat: str
    port: int = 0
    service: int = 0

    @property
    def service_provider(self):
        """The identifier (scheme 0242) that message level statuses for this access point go to."""
        return ParticipantId("0242", self.seat[-6:])

    @property
    def url(self):
        return f"https://{LOOPBACK}:{self.port}/as4"


def two_access_points():
    return [AccessPoint("ap1", "POP000901"), AccessPoint("ap2", "POP000902")]


@dataclass
class Settings:
    zone: str = ZONE
    sml: int = 0
    smp: int = 0
    control: int = 0
    access_points: list = field(default_factory=two_access_points)

    @property
    def smp_url(self):
        return f"https://{LOOPBACK}:{self.smp}"

    @property
    def control_url(self):
        return f"http://{LOOPBACK}:{self.control}"

    def access_point(self, name):
        """The access point with this name; None where there is none."""
        return next((point for point in self.access_points if point.name == name), None)


class Layout:
    """The files of one local network, below one folder that belongs to the user who runs it."""

    def __init__(self, folder):
        self.folder = Path(folder).absolute()
        self.settings = self.folder / "settings.json"
        self.network = self.folder / "network.json"
        self.connection = self.folder / "connection.json"
        self.status = self.folder / "status.json"
        self.lock = self.folder / "lock"
        self.log = self.folder / "network.log"
        self.database = self.folder / "network.sqlite"
        self.authority = Authority(self.folder / "certificates")

    def make(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def read_settings(self):
        """The settings; those of a new network where none are written yet."""
        try:
            values = json.loads(self.settings.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return Settings()
        points = [AccessPoint(**point) for point in values.pop("access_points")]
        return Settings(**values, access_points=points)

    def write_settings(self, settings):
        write_json(self.settings, asdict(settings))

    def read_connection(self):
        """``{"url", "token", "network", "access_points": {name: {"url", "token"}}}``: the control interface, the file
        for look-ups, the access points' own interfaces."""
        return json.loads(self.connection.read_text(encoding="utf-8"))

    def write_clients_files(self, settings, access_points):
        """Write what look-ups, access points and Odoo need to reach the network. The token stays once it is made."""
        write_json(
            self.network,
            {
                "name": "local",
                "zone": settings.zone,
                "nameservers": [[LOOPBACK, settings.sml]],
                "smp_anchors": [self.authority.pem("smp-ca")],
                "ap_anchors": [self.authority.pem("ap-ca")],
                "tls_anchors": [self.authority.pem("tls-ca")],
                "allow_private": True,
                "https_only": True,
                "timeout": 5,
            },
        )
        try:
            token = self.read_connection()["token"]
        except (OSError, ValueError, KeyError):
            token = secrets.token_urlsafe(32)
        write_json(
            self.connection,
            {"url": settings.control_url, "token": token, "network": str(self.network), "access_points": access_points},
        )


def write_json(path, values):
    write_private(path, (json.dumps(values, indent=2) + "\n").encode())


def choose_ports(settings):
    """Give every part a port that is free now: the one that it had, else a new one."""
    taken = set()

    def free(port, *, datagrams=False):
        while port in taken or not (port and _is_free(port, datagrams)):
            port = secrets.choice(PORTS)
        taken.add(port)
        return port

    settings.sml = free(settings.sml, datagrams=True)
    settings.smp = free(settings.smp)
    settings.control = free(settings.control)
    for point in settings.access_points:
        point.port = free(point.port)
        point.service = free(point.service)


def _is_free(port, datagrams=False):
    kinds = [socket.SOCK_STREAM] + [socket.SOCK_DGRAM] * datagrams
    for kind in kinds:
        with closing(socket.socket(socket.AF_INET, kind)) as probe:
            if kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                return False
    return True
