"""Posts messages over HTTP: streamed, without redirects, to addresses that may be asked, with bounded answers.

On Python's own client: urllib3 takes four times as long for a request, as much as two of RSA's signatures.
"""

import contextlib
import http.client
import select
import socket
import ssl
import threading
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from transport.https import is_public

from .errors import Permanent, Temporary

LARGEST_ANSWER = 1 << 20
#: Connections kept open to one access point, and to how many of them.
KEPT, ADDRESSES = 8, 50
CONNECT = 10.0  # seconds
BLOCK = 1 << 16  # bytes sent at once
_FAULTS = (http.client.HTTPException, OSError)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    retry_after: float | None


class Poster:
    """Keeps connections for all threads. ``private_allowed``: also post to private addresses, and without TLS."""

    def __init__(self, *, tls: ssl.SSLContext, private_allowed, timeout):
        self.tls = tls
        self.private_allowed = private_allowed
        self.timeout = timeout
        self.idle = {}  # (scheme, host, port) → connections that wait for their next request
        self.lock = threading.Lock()

    def __call__(self, url, headers, body):
        """POST a file; an Answer, or Temporary or Permanent where there is none."""
        parts = self.check(url)
        address = (parts.scheme, parts.hostname, _port(parts))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            if connection := self._kept(address):
                # it may end at the moment that it is used again: the same message then goes over a new one
                with contextlib.suppress(*_FAULTS):
                    return self._post(connection, address, target, headers, body)
                body.seek(0)
            return self._post(self._connect(address), address, target, headers, body)
        except _FAULTS as error:
            raise Temporary(f"The receiver's access point cannot be reached: {type(error).__name__}: {error}") from None

    def _post(self, connection, address, target, headers, body):
        try:
            connection.request("POST", target, body, headers)
            response = connection.getresponse()
            content = response.read(LARGEST_ANSWER + 1)
            if len(content) > LARGEST_ANSWER:
                raise Temporary("The answer of the receiver's access point is too large.")
        except BaseException:
            connection.close()
            raise
        # the library closes it where the other side does not keep it
        if connection.sock is not None:
            self._keep(address, connection)
        return Answer(response.status, content, _seconds(response.headers.get("Retry-After")))

    def _connect(self, address):
        scheme, host, port = address
        door = self._reach(self._places(host, port))
        try:
            door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if scheme == "https":
                door = self.tls.wrap_socket(door, server_hostname=host)
            door.settimeout(self.timeout)
        except BaseException:
            door.close()
            raise
        connection = http.client.HTTPConnection(host, port, blocksize=BLOCK)
        connection.default_port = 443 if scheme == "https" else 80
        connection.auto_open = 0
        connection.sock = door
        return connection

    def _places(self, host, port):
        """Where the name leads, looked up once: a second look could be given another answer than the checked one."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Temporary(f"The name of the receiver's access point cannot be resolved: {error}") from None
        places = [entry[4][:2] for entry in found]
        if not self.private_allowed and not all(is_public(place[0]) for place in places):
            raise Permanent("The receiver's access point is at an address that is not on the internet.")
        return places

    def _reach(self, places):
        for place in places[:-1]:
            with contextlib.suppress(OSError):
                return socket.create_connection(place, min(CONNECT, self.timeout))
        return socket.create_connection(places[-1], min(CONNECT, self.timeout))

    def _kept(self, address):
        """A connection that is still open; None where there is none."""
        while True:
            with self.lock:
                waiting = self.idle.get(address)
                if not waiting:
                    return None
                connection = waiting.pop()
            # what nobody has asked for is the end of the connection, or nonsense
            poll = select.poll()
            poll.register(connection.sock, select.POLLIN)
            if not poll.poll(0):
                return connection
            connection.close()

    def _keep(self, address, connection):
        with self.lock:
            waiting = self.idle.pop(address, None) or deque(maxlen=KEPT)
            given_up = [waiting[0]] if len(waiting) == KEPT else []
            waiting.append(connection)
            # the last ones were used last
            self.idle[address] = waiting
            if len(self.idle) > ADDRESSES:
                given_up += self.idle.pop(next(iter(self.idle)))
        for one in given_up:
            one.close()

    def check(self, url):
        """The parts of a URL. Refuses what an SMP must not make us ask; :meth:`_places` refuses our own network."""
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname or _port(parts) is None or not url.isascii():
            raise Permanent("The address of the receiver's access point is no web address.")
        if parts.scheme != "https" and not self.private_allowed:
            raise Permanent("The receiver's access point has no address with TLS.")
        return parts


def _port(parts):
    with contextlib.suppress(ValueError):
        return parts.port or (443 if parts.scheme == "https" else 80)
    return None


def _seconds(text):
    try:
        return min(3600.0, max(0.0, float(text)))
    except (TypeError, ValueError):
        return None
