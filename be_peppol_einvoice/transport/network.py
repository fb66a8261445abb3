# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which Peppol network to ask, and whom to believe in it."""

import json
import ssl
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

from cryptography import x509

ZONES = {
    # in force since 19 March 2026
    "production": "participant.sml.prod.tech.peppol.org",
    "test": "participant.sml.test.tech.peppol.org",
}
TIMEOUT = 8.0  # seconds for one look-up as a whole

_ANCHORS = Path(__file__).parent / "anchors"


class InvalidNetwork(ValueError):
    """The description of a network cannot be used; the text says why."""


@dataclass(frozen=True)
class Network:
    """A Peppol network.

    zone: the locator's zone in the DNS. nameservers: ``(address, port)`` pairs to ask instead of the machine's own.
    smp_anchors, ap_anchors: the certificates, as PEM texts, that directly issue those of publishers and access points.
    allow_private: also ask publishers at private and loopback addresses and other ports than 443 (local networks).
    https_only: refuse publishers without TLS. tls_anchors: PEM texts that vouch for the publishers' web servers instead
    of the machine's own list. timeout: seconds for one look-up as a whole.
    """

    zone: str
    nameservers: tuple[tuple[str, int], ...] | None = None
    smp_anchors: tuple[str, ...] = ()
    ap_anchors: tuple[str, ...] = ()
    allow_private: bool = False
    https_only: bool = True
    timeout: float = TIMEOUT
    tls_anchors: tuple[str, ...] = ()
    name: str = field(default="", compare=False)

    @classmethod
    def production(cls) -> "Network":
        return cls._public("production")

    @classmethod
    def test(cls) -> "Network":
        return cls._public("test")

    @classmethod
    def _public(cls, name: str) -> "Network":
        pem = (_ANCHORS / f"{name}-smp.pem").read_text(), (_ANCHORS / f"{name}-ap.pem").read_text()
        return cls(ZONES[name], smp_anchors=pem[:1], ap_anchors=pem[1:], name=name)

    @classmethod
    def from_file(cls, path) -> "Network":
        """The network described by a JSON file with this class's fields; anchors are PEM texts or paths of PEM files,
        relative to the file.

        :raises InvalidNetwork: if the file cannot be read or describes none
        """
        path = Path(path)
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict) or not values.get("zone"):
                raise InvalidNetwork(f"{path} names no zone")
            known = {one.name for one in fields(cls)}
            values = {"name": path.stem} | {key: value for key, value in values.items() if key in known}
            for key in ("smp_anchors", "ap_anchors", "tls_anchors"):
                texts = values.get(key) or ()
                values[key] = tuple(_pem(path.parent, text) for text in ([texts] if isinstance(texts, str) else texts))
            if values.get("nameservers") is not None:
                values["nameservers"] = tuple((str(host), int(port)) for host, port in values["nameservers"])
            network = cls(**values)
            # read now, so that what is wrong with them is said here
            _certificates((*network.smp_anchors, *network.ap_anchors))
        except (OSError, TypeError, ValueError) as error:
            raise InvalidNetwork(f"{path} describes no network: {error}") from error
        return network

    @cached_property
    def smp_certificates(self) -> list[x509.Certificate]:
        return _certificates(self.smp_anchors)

    @cached_property
    def ap_certificates(self) -> list[x509.Certificate]:
        return _certificates(self.ap_anchors)

    @cached_property
    def tls_context(self) -> ssl.SSLContext:
        """How publishers' web servers are recognised; made once, since reading the machine's list takes long."""
        if not self.tls_anchors:
            return ssl.create_default_context()
        return ssl.create_default_context(cadata="\n".join(self.tls_anchors))

    @cached_property
    def zones_seen(self) -> set[str]:
        """The zones known to exist, so that "no such name" in them can be believed."""
        return set()


def _pem(folder: Path, text: str) -> str:
    return text if "-----BEGIN" in text else (folder / text).read_text(encoding="ascii")


def _certificates(texts) -> list[x509.Certificate]:
    return [one for text in texts for one in x509.load_pem_x509_certificates(text.encode())]
