"""Posts messages over HTTP: streamed, without redirects, to addresses that may be asked, with bounded answers."""

import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from transport.https import is_public

from .errors import Permanent, Temporary

LARGEST_ANSWER = 1 << 20


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    retry_after: float | None


class Poster:
    """One pool of connections for all threads. ``private_allowed``: also post to private addresses, and without TLS."""

    def __init__(self, *, tls: ssl.SSLContext, private_allowed, timeout):
        self.private_allowed = private_allowed
        self.pool = urllib3.PoolManager(
            num_pools=50,
            maxsize=8,
            ssl_context=tls,
            timeout=urllib3.Timeout(connect=min(10.0, timeout), read=timeout),
            retries=False,
        )

    def __call__(self, url, headers, body):
        """POST a file; an Answer, or Temporary or Permanent where there is none."""
        self.check(url)
        try:
            response = self.pool.request("POST", url, body=body, headers=headers, redirect=False, preload_content=False)
            try:
                answer = response.read(LARGEST_ANSWER + 1)
                if len(answer) > LARGEST_ANSWER:
                    response.close()
                    raise Temporary("The answer of the receiver's access point is too large.")
            finally:
                response.release_conn()
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise Temporary(f"The receiver's access point cannot be reached: {type(error).__name__}: {error}") from None
        return Answer(response.status, answer, _seconds(response.headers.get("Retry-After")))

    def check(self, url):
        """Refuse what an SMP must not make us ask: our own network, and connections without TLS."""
        parts = urlsplit(url)
        if parts.scheme not in ("https", "http") or not parts.hostname:
            raise Permanent("The address of the receiver's access point is no web address.")
        if self.private_allowed:
            return
        if parts.scheme != "https":
            raise Permanent("The receiver's access point has no address with TLS.")
        try:
            found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
        except OSError as error:
            raise Temporary(f"The name of the receiver's access point cannot be resolved: {error}") from None
        if not all(is_public(entry[4][0]) for entry in found):
            raise Permanent("The receiver's access point is at an address that is not on the internet.")


def _seconds(text):
    try:
        return min(3600.0, max(0.0, float(text)))
    except (TypeError, ValueError):
        return None
