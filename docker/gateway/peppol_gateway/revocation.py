"""Revoked certificates: the authorities' lists (CRL, RFC 5280), fetched in the background and kept on disk.

A message never waits for a list: one that comes while the authority's server is down is judged by the last list that
was had. Who is known to be revoked is refused, also where that list has grown old. Whether others are refused meanwhile
is ``mode``: ``off`` asks nothing, ``known`` accepts them and reports the list as expired or missing, ``required``
refuses them. Without a list's address in the certificate there is nothing to ask.
"""

import contextlib
import hashlib
import logging
import os
import socket
import threading
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from as4.errors import UntrustedSignerError
from cryptography import x509
from transport.https import is_public

log = logging.getLogger(__name__)

LARGEST = 20_000_000  # bytes of a list
#: Seconds: how long a list is used before it is asked for again, and how long after a failure.
REFRESH, AGAIN = 3600.0, 300.0
#: Lists at most, against a mad authority.
MOST = 100
NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True)
class List:
    """An authority's list, its signature verified."""

    start: datetime
    end: datetime  # when the next one is due; NEVER where it does not say
    serials: frozenset

    @classmethod
    def read(cls, content, issuer):
        """:raises ValueError: where it is none of this issuer's"""
        found = x509.load_der_x509_crl(content)
        if found.issuer != issuer.subject or not found.is_signature_valid(issuer.public_key()):
            raise ValueError("the list is not the issuer's")
        return cls(found.last_update_utc, found.next_update_utc or NEVER, frozenset(one.serial_number for one in found))


class Revocations:
    """The lists of one process; ``folder`` is shared by all. ``private_allowed``: lists may be at private addresses."""

    def __init__(self, folder, *, mode="known", private_allowed=False):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.mode = mode
        self.private_allowed = private_allowed
        self.issuers = {}  # address → the certificate of the issuer whose list is there
        self.lists = {}  # address → (when the file was written, List)
        self.tried = {}  # address → time of the last attempt
        self.wake = threading.Event()
        self.stopping = False
        self.thread = None

    def check(self, path, now):
        """UntrustedSignerError where a certificate of the path (leaf first, anchor last) is revoked."""
        if self.mode == "off":
            return
        for certificate, issuer in pairwise(path):
            addresses = addresses_of(certificate)
            lists = [found for address in addresses if (found := self._list(address, issuer))]
            name = certificate.subject.rfc4514_string()
            if any(certificate.serial_number in one.serials for one in lists):
                raise UntrustedSignerError(f"{name} is revoked")
            if self.mode == "required" and addresses and not any(one.end > now for one in lists):
                raise UntrustedSignerError(f"it is not known whether {name} is revoked")

    def _list(self, address, issuer):
        """The List of an address, None where there is none; from now on it is kept fresh."""
        if address not in self.issuers and len(self.issuers) < MOST:
            self.issuers[address] = issuer
            self.wake.set()
        try:
            written = self._file(address).stat().st_mtime_ns
        except OSError:
            return None
        known = self.lists.get(address)
        if known is None or known[0] != written:
            with contextlib.suppress(OSError, ValueError):
                known = self.lists[address] = (written, List.read(self._file(address).read_bytes(), issuer))
        return known and known[1]

    def _file(self, address):
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()}.crl"

    def states(self, now):
        """(issuer's certificate, address, List or None, "ok", "expired" or "missing") of each list that is watched."""
        found = []
        for address, issuer in list(self.issuers.items()):
            one = self._list(address, issuer)
            found.append((issuer, address, one, "missing" if one is None else "ok" if one.end > now else "expired"))
        return found

    # in the background

    def start(self):
        if self.mode != "off":
            self.thread = threading.Thread(target=self.loop, daemon=True)
            self.thread.start()

    def stop(self):
        self.stopping = True
        self.wake.set()

    def loop(self):
        while not self.stopping:
            self.wake.clear()
            self.refresh(time.time())
            self.wake.wait(AGAIN)

    def refresh(self, now):
        """Fetch the lists that are due; another process may have done it."""
        for address, issuer in list(self.issuers.items()):
            with contextlib.suppress(OSError):
                if now - self._file(address).stat().st_mtime < REFRESH:
                    continue
            if now - self.tried.get(address, 0.0) < AGAIN:
                continue
            self.tried[address] = now
            try:
                self._fetch(address, issuer)
            except (OSError, ValueError) as error:
                log.warning("revocation list", extra={"address": address, "reason": f"{type(error).__name__}: {error}"})

    def _fetch(self, address, issuer):
        content = self._download(address)
        new, old = List.read(content, issuer), self._list(address, issuer)
        if old is not None and new.start < old.start:
            raise ValueError("the list is older than the one that is kept")
        making = self.folder / f".{os.getpid()}.{threading.get_ident()}"
        making.write_bytes(content)
        making.replace(self._file(address))

    def _download(self, address):
        parts = urlsplit(address)
        if not self.private_allowed:
            found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
            if not all(is_public(entry[4][0]) for entry in found):
                raise ValueError("its address is not on the internet")
        with urllib.request.build_opener(_NoRedirects).open(address, timeout=30) as answer:
            content = answer.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ValueError("the list is too large")
        return content


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        """Redirects are errors: the address that was checked is the one that is asked."""


@lru_cache(maxsize=1000)
def addresses_of(certificate):
    """Where a certificate's authority publishes its list: web addresses."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return ()
    names = [name.value for point in points for name in point.full_name or () if isinstance(name.value, str)]
    return tuple(name for name in names if urlsplit(name).scheme in ("http", "https"))
