# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fetching from publishers that anybody may run: guarded against wrong addresses, endless and slow answers."""

import http.client
import io
import ipaddress
import socket
import time
from urllib.parse import urlsplit

from .errors import LookupFailed, NotFound
from .network import Network
from .sml import addresses

MAX_BYTES = 1024 * 1024  # a participant with 500 document types has about 250 kB
_BLOCK = 65536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HEADERS = {"Accept": "application/xml, text/xml", "Accept-Encoding": "identity", "User-Agent": "be-peppol-lookup"}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where it is an IPv4 address in another's clothes.

    >>> is_public("193.191.211.1"), is_public("2001:4860:4860::8888")
    (True, True)
    >>> [is_public(one) for one in ("127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "100.64.0.1")]
    [False, False, False, False, False, False]
    >>> [is_public(one) for one in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "fe80::1%1")]
    [False, False, False, False, False]
    """
    ip = ipaddress.ip_address(address)
    if ip.version == 6:
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.ip_address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
        elif ip.teredo is not None:
            return False
    return ip.is_global and not ip.is_multicast


class Client:
    """Gets documents from publishers; keeps the connection to the last one. For one thread at a time.

    No proxy is used and no redirect of HTTP followed: the address that has been checked is the one connected to.
    """

    def __init__(self, network: Network):
        self._network = network
        self._connection = None
        self._place = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self._connection is not None:
            self._connection.close()
        self._connection = self._place = None

    def get(self, url: str, deadline: float) -> bytes:
        """The body at an address.

        :raises NotFound: for HTTP 404
        :raises LookupFailed: for everything else that is not an answer
        """
        place, path = self._place_of(url)
        kept = self._place == place and self._connection is not None
        try:
            return self._exchange(place, path, deadline)
        except (ConnectionError, http.client.RemoteDisconnected, http.client.BadStatusLine) as error:
            self.close()
            if not kept:
                raise LookupFailed("smp_unreachable", str(error) or type(error).__name__) from error
        # the connection that was kept had been closed on the other side
        try:
            return self._exchange(place, path, deadline)
        except (ConnectionError, http.client.HTTPException) as error:
            self.close()
            raise LookupFailed("smp_unreachable", str(error) or type(error).__name__) from error

    def _place_of(self, url: str):
        """``((scheme, host, port), path)`` of an address that may be asked."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise LookupFailed("smp_refused", f"{url}: {error}") from error
        if parts.scheme not in ("https", "http") or not host or parts.username is not None or not url.isascii():
            raise LookupFailed("smp_refused", f"not an address of a publisher: {url}")
        if any(char <= " " for char in url):
            raise LookupFailed("smp_refused", f"not an address of a publisher: {url!r}")
        if parts.scheme == "http" and self._network.https_only:
            raise LookupFailed("smp_refused", f"{url} is not HTTPS, which Peppol demands since 1 February 2026")
        port = port or (443 if parts.scheme == "https" else 80)
        if port not in (80, 443) and not self._network.allow_private:
            raise LookupFailed("smp_refused", f"port {port} is not one of publishers")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return (parts.scheme, host, port), path

    def _exchange(self, place, path: str, deadline: float) -> bytes:
        try:
            if self._place != place or self._connection is None:
                self.close()
                self._connection, self._place = self._connect(place, deadline), place
            self._connection.sock.deadline = deadline
            self._connection.request("GET", path, headers=_HEADERS)
            response = self._connection.getresponse()
            body = self._read(response)
        except TimeoutError as error:
            self.close()
            raise LookupFailed("smp_timeout", f"{place[1]}: {error}") from error
        except (ConnectionError, LookupFailed):
            self.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            self.close()
            if isinstance(error, http.client.BadStatusLine):
                raise
            raise LookupFailed("smp_unreachable", f"{place[1]}: {error}") from error
        if response.will_close:
            self.close()
        if response.status == 404:
            raise NotFound(path)
        if response.status != 200:
            raise LookupFailed("smp_error", f"{place[1]} answered HTTP {response.status}")
        return body

    def _read(self, response) -> bytes:
        """The body, if it is not too long."""
        body = response.read(MAX_BYTES + 1)
        if len(body) > MAX_BYTES:
            raise LookupFailed("smp_invalid", f"more than {MAX_BYTES} bytes")
        # the end of the answer, so that the connection can be used again
        response.read(1)
        return body

    def _connect(self, place, deadline: float):
        """A connection to an address that is allowed; the name is looked up once and the result used."""
        scheme, host, port = place
        allowed = self._allowed(host, deadline)
        last = None
        for address in allowed[:3]:
            try:
                sock = socket.create_connection((address, port), timeout=_left(deadline))
            except TimeoutError:
                raise
            except OSError as error:
                last = error
                continue
            if scheme == "https":
                try:
                    sock = self._network.tls_context.wrap_socket(sock, server_hostname=host)
                except BaseException:
                    sock.close()
                    raise
            connection = http.client.HTTPConnection(host, port, timeout=_left(deadline))
            connection.sock = _TimedSocket(sock)
            connection.auto_open = 0
            if scheme == "https":
                connection.default_port = 443
            return connection
        raise LookupFailed("smp_unreachable", f"{host}: {last}")

    def _allowed(self, host: str, deadline: float) -> list[str]:
        try:
            found = [str(ipaddress.ip_address(host))]
        except ValueError:
            if host == "localhost":
                found = ["127.0.0.1"]
            else:
                found = addresses(host, self._network, deadline)
        if self._network.allow_private:
            return found
        allowed = [one for one in found if is_public(one)]
        if not allowed:
            raise LookupFailed("smp_refused", f"{host} is at {', '.join(found)}, which is not on the internet")
        return allowed


class _TimedSocket:
    """What ``http.client`` needs of a socket, ending at a deadline as a whole however slowly bytes drip in."""

    def __init__(self, sock):
        self._sock = sock
        self._reader = None
        self._closed = False
        self.deadline = 0.0

    def sendall(self, data):
        self._sock.settimeout(_left(self.deadline))
        self._sock.sendall(data)

    def makefile(self, _mode):
        self._reader = _TimedReader(self)
        return io.BufferedReader(self._reader, _BLOCK)

    def receive(self, buffer) -> int:
        self._sock.settimeout(_left(self.deadline))
        return self._sock.recv_into(buffer)

    def close(self):
        """Close once the answer being read has been read, as sockets do."""
        self._closed = True
        if self._reader is None or self._reader.closed:
            self._sock.close()

    def reader_closed(self):
        if self._closed:
            self._sock.close()


class _TimedReader(io.RawIOBase):
    """The bytes of one answer, its head included; an endless one ends at the limit."""

    def __init__(self, sock):
        super().__init__()
        self._sock = sock
        self._left = MAX_BYTES + 2 * _BLOCK

    def readable(self):
        return True

    def readinto(self, buffer):
        count = self._sock.receive(buffer)
        self._left -= count
        if self._left < 0:
            raise LookupFailed("smp_invalid", f"more than {MAX_BYTES} bytes")
        return count

    def close(self):
        if not self.closed:
            super().close()
            self._sock.reader_closed()


def _left(deadline: float) -> float:
    """Seconds until the deadline.

    :raises TimeoutError: if it has passed
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("out of time")
    return left
