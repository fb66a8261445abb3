"""Settings: a TOML file, each key of which the environment may override (``PEPPOL_GATEWAY_<KEY>``)."""

import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path

from .errors import ConfigurationError
from .identifiers import participant

ENVIRONMENT = "PEPPOL_GATEWAY_"


@dataclass(frozen=True)
class Route:
    """A receiver whose access point is agreed by contract instead of looked up."""

    url: str
    certificate: Path


@dataclass(frozen=True)
class Settings:
    """All settings with their defaults. Paths are relative to the configuration file's folder."""

    #: Folder of the database and of the documents.
    state: Path = Path("state")
    host: str = "127.0.0.1"
    port: int = 8181
    #: Processes that serve; each sends with ``senders`` threads.
    workers: int = 1
    senders: int = 4
    #: This access point's certificate (PEM; intermediates may follow) and its private key (PEM, mode 0600).
    certificate: Path = Path("ap.pem")
    key: Path = Path("ap.key")
    #: “production”, “test”, or a JSON file as the local network writes it (look-up and trust anchors).
    network: str = "production"
    #: Files of trusted access-point authorities (PEM), instead of the network's.
    anchors: tuple = ()
    #: File of the API token (mode 0600); the environment may give PEPPOL_GATEWAY_TOKEN instead.
    token_file: Path | None = None
    token: str = field(default="", repr=False)
    #: Participants that are served from the start; more can be added through the API.
    participants: tuple = ()
    #: Country of corner 1 when neither the client nor the document tells.
    country: str = "BE"
    #: {participant identifier: Route}
    routes: dict = field(default_factory=dict)
    #: Bytes: the largest document; larger ones are answered 413.
    largest_document: int = 100_000_000
    #: Bytes: documents up to this size are kept in the database, larger ones in files.
    inline: int = 65_536
    #: Requests whose bodies are taken in at the same time, and messages that are encrypted or decrypted.
    intakes: int = 100
    crypto: int = 2
    #: Messages waiting to be sent before new ones are answered 503.
    queue: int = 100_000
    #: Bytes that must stay free on the state's disk.
    free_space: int = 200_000_000
    #: Seconds.
    send_timeout: float = 60.0
    retry_first: float = 30.0
    retry_factor: float = 2.0
    retry_longest: float = 3600.0
    #: A message that cannot be delivered for this long has failed.
    retry_for: float = 86_400.0
    #: Message level status: “off”, “asked” (where the sender names who gets it) or “always”.
    mls: str = "asked"
    #: Seconds without an answer of the client after which AB is sent.
    mls_after: float = 900.0
    #: The identifier that statuses for our own messages go to; by default 0242 with the certificate's number.
    mls_to: str = ""
    #: Certificates that their authority has revoked: “off”, “known” (refuse them) or “required” (refuse also where no
    #: list in force says).
    revocation: str = "known"
    #: Days before its end that a certificate is reported.
    expiry_days: int = 30
    #: Days that documents which are through are kept; 0 keeps them for ever.
    keep_days: int = 0

    def mended(self):
        """Check what a type cannot say; return the settings."""
        if self.mls not in ("off", "asked", "always"):
            raise ConfigurationError("mls must be off, asked or always.")
        if self.revocation not in ("off", "known", "required"):
            raise ConfigurationError("revocation must be off, known or required.")
        for name in ("workers", "senders", "intakes", "crypto", "largest_document"):
            if getattr(self, name) < 1:
                raise ConfigurationError(f"{name} must be at least 1.")
        return self


def load(path, environment=os.environ):
    """Settings of a TOML file (None: the environment alone)."""
    folder, values = Path.cwd(), {}
    if path is not None:
        try:
            values = tomllib.loads(Path(path).read_text())
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"The configuration {path} cannot be read: {error}") from None
        folder = Path(path).resolve().parent
    known = {item.name: item for item in fields(Settings)}
    for name in known:
        if ENVIRONMENT + name.upper() in environment:
            values[name] = environment[ENVIRONMENT + name.upper()]
    if unknown := sorted(set(values) - set(known)):
        raise ConfigurationError(f"Unknown settings: {', '.join(unknown)}.")
    try:
        return Settings(**{name: _value(known[name], value, folder) for name, value in values.items()}).mended()
    except (TypeError, ValueError, KeyError) as error:
        raise ConfigurationError(f"A setting has a wrong value: {error}") from None


def _value(item, value, folder):
    if item.name == "participants":
        return tuple(participant(name) for name in _list(value))
    if item.name == "anchors":
        return tuple(folder / name for name in _list(value))
    if item.name == "routes":
        return {participant(k): Route(r["url"], folder / r["certificate"]) for k, r in value.items()}
    if item.name == "network":
        return value if value in ("production", "test", "none") else str(folder / value)
    if item.type in (Path, Path | None):
        return folder / value
    return item.type(value)


def _list(value):
    return value.split(",") if isinstance(value, str) else value
