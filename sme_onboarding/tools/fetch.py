# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads a page of the firm's own website, and nothing else.

The address is typed by a user, so the server could be sent to places that only it can reach. Every connection, also
after a redirect, therefore goes to an address that was resolved once and found to be a public one, on the usual ports,
without credentials; time, size and the number of redirects are bounded.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

PORTS = {"http": 80, "https": 443}
TIMEOUT = 5
DEADLINE = 12
MOST_BYTES = 512 * 1024
MOST_REDIRECTS = 4
AGENT = "Odoo-SME-Onboarding (check of the firm's own website)"


class FetchError(Exception):
    """``reason``: one of ``address``, ``forbidden``, ``unknown_host``, ``refused``, ``timeout``, ``certificate``,
    ``redirects``, ``answer``."""

    def __init__(self, reason, detail=""):
        self.reason = reason
        super().__init__(f"{reason}: {detail}" if detail else reason)


@dataclass(frozen=True)
class Response:
    """``url``: the one that answered in the end. ``text``: at most :data:`MOST_BYTES` of it."""

    url: str
    status: int
    text: str


def is_public(address):
    """
    >>> is_public("127.0.0.1"), is_public("10.1.2.3"), is_public("169.254.169.254"), is_public("::1")
    (False, False, False, False)
    >>> is_public("::ffff:192.168.0.1"), is_public("64:ff9b::a00:1"), is_public("1.1.1.1")
    (False, False, True)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if ip.version == 6:
        # addresses that carry an IPv4 address inside are judged by it, or refused
        if ip.ipv4_mapped or ip.sixtofour or ip.teredo:
            return False
        if ip in ipaddress.ip_network("64:ff9b::/96") or ip in ipaddress.ip_network("64:ff9b:1::/48"):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def fetch(url, *, allowed=is_public, ports=None, resolve=socket.getaddrinfo, now=time.monotonic):
    """Read a page with GET.

    :param str url: http or https
    :param allowed: function of an address as text; where it says no, nothing is connected to
    :param ports: dict scheme → the only port for it, :data:`PORTS` where None
    :return: :class:`Response`
    :raises FetchError:
    """
    until, ports = now() + DEADLINE, ports or PORTS
    for _redirect in range(MOST_REDIRECTS + 1):
        scheme, host, path = _parts(url, ports)
        status, headers, body = _get(scheme, host, ports[scheme], path, allowed, resolve, lambda: until - now())
        location = headers.get("Location")
        if status in (301, 302, 303, 307, 308) and location:
            url = urljoin(url, location)
            continue
        charset = headers.get_content_charset() or "utf-8"
        try:
            text = body.decode(charset, "replace")
        except LookupError:
            text = body.decode("utf-8", "replace")
        return Response(url, status, text)
    raise FetchError("redirects")


def _parts(url, ports):
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("address", url) from error
    if parts.scheme not in ports or not parts.hostname:
        raise FetchError("address", url)
    if parts.username or parts.password or (port is not None and port != ports[parts.scheme]):
        raise FetchError("forbidden", url)
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    if not path.isascii() or any(c in path for c in " \r\n\t"):
        raise FetchError("address", url)
    return parts.scheme, parts.hostname, path


def _get(scheme, host, port, path, allowed, resolve, left):
    try:
        found = resolve(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("unknown_host", host) from error
    addresses = list(dict.fromkeys(entry[4][0] for entry in found))
    # one address that is not public is reason enough: a name that mixes them is not a firm's website
    if not addresses or not all(allowed(address) for address in addresses):
        raise FetchError("forbidden", host)
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    try:
        # the connection goes to the address that was judged, whatever the name resolves to now
        sock = socket.create_connection((addresses[0], port), timeout=max(0.1, min(TIMEOUT, left())))
        if scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection.sock = sock
        headers = {"User-Agent": AGENT, "Accept": "text/html", "Connection": "close"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, _read(answer, sock, left)
    except ssl.SSLCertVerificationError as error:
        raise FetchError("certificate", host) from error
    except TimeoutError as error:
        raise FetchError("timeout", host) from error
    except (OSError, ssl.SSLError) as error:
        raise FetchError("refused", host) from error
    except (http.client.HTTPException, ValueError) as error:
        raise FetchError("answer", host) from error
    finally:
        connection.close()


def _read(answer, sock, left):
    parts, size = [], 0
    while size < MOST_BYTES:
        if left() <= 0:
            raise TimeoutError
        part = answer.read1(min(65536, MOST_BYTES - size))
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts)
