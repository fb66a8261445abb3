# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The locator (SML): which publisher knows a participant, by DNS NAPTR (SML 1.3.0; RFC 3403)."""

import re
import time

try:
    import dns.exception
    import dns.name
    import dns.nameserver
    import dns.rdatatype
    import dns.resolver
except ImportError:
    # an administrator may install the app where nobody may install packages: then nothing is known
    dns = None

from .errors import LookupFailed, NotRegistered
from .network import Network

SERVICE = "meta:smp"
_MAX_PATTERN = 255  # longer ones do not fit in a DNS character string


def publisher_url(name: str, network: Network, deadline: float) -> str:
    """The address of the publisher of the participant called ``name`` in the locator, without a slash at its end.

    :param deadline: of ``time.monotonic()``
    :raises NotRegistered: if the network says that there is no such name
    :raises LookupFailed: if nothing can be known
    """
    resolver = _resolver(network)
    try:
        answer = _ask(resolver, name, "NAPTR", deadline)
    except dns.resolver.NXDOMAIN as error:
        if not _credible(error, resolver, network, deadline):
            raise LookupFailed("dns_zone", f"NXDOMAIN for {network.zone} as well") from error
        raise NotRegistered("not_in_sml") from None
    except dns.resolver.NoAnswer as error:
        # a name of the locator has NAPTR records or does not exist: this answer is another server's
        raise LookupFailed("dns_invalid", f"no NAPTR record: {error}") from error
    return _choose(answer, name)


def _choose(records, name: str) -> str:
    """The URL of the first usable record by order and preference."""
    problems = []
    for record in sorted(records, key=lambda one: (one.order, one.preference)):
        flags, service = record.flags.decode("latin-1"), record.service.decode("latin-1")
        if flags.lower() != "u" or service.lower() != SERVICE:
            continue
        try:
            return _substitute(record.regexp.decode("utf-8"), name)
        except (ValueError, UnicodeDecodeError) as error:
            problems.append(str(error))
    raise LookupFailed("dns_invalid", "; ".join(problems) or "no NAPTR record with flag U and service Meta:SMP")


def _substitute(expression: str, name: str) -> str:
    """Apply a record's regular expression to the whole name, once.

    Only the form that Peppol uses is understood (match everything, give the URL), besides back-references of one
    group, so that a stranger's expression is never run: some take exponential time.

    >>> _substitute("!.*!https://smp.example.org!", "abc.example.org")
    'https://smp.example.org'
    >>> _substitute("!^.*$!https://smp.example.org/!", "abc.example.org")
    'https://smp.example.org'
    >>> _substitute(r"!^(.*)$!https://smp.example.org/\\1!i", "abc.example.org")
    'https://smp.example.org/abc.example.org'
    >>> _substitute("!^(a+)+$!https://smp.example.org!", "aaaa")
    Traceback (most recent call last):
    ...
    ValueError: not a regular expression of the locator: '!^(a+)+$!https://smp.example.org!'
    """
    delimiter = expression[:1]
    parts = expression.split(delimiter) if delimiter else []
    if len(parts) != 4 or len(expression) > _MAX_PATTERN or delimiter.isalnum() or parts[3] not in ("", "i"):
        raise ValueError(f"not a regular expression of the locator: {expression!r}")
    pattern = parts[1].removeprefix("^").removesuffix("$")
    if pattern not in (".*", "(.*)", ".+", "(.+)"):
        raise ValueError(f"not a regular expression of the locator: {expression!r}")
    url = parts[2].replace("\\1", name) if "(" in pattern else parts[2]
    if not re.fullmatch(r"https?://[!-~]+", url):
        raise ValueError(f"not the address of a publisher: {url!r}")
    return url.rstrip("/")


def addresses(host: str, network: Network, deadline: float) -> list[str]:
    """The IP addresses of a publisher's host, as texts; by the same name servers, within the same time.

    :raises LookupFailed: if it has none, or none can be known
    """
    resolver = _resolver(network)
    for kind in ("A", "AAAA"):
        try:
            return [record.address for record in _ask(resolver, host, kind, deadline)]
        except dns.resolver.NoAnswer:
            continue
        except dns.resolver.NXDOMAIN as error:
            raise LookupFailed("smp_unreachable", f"there is no host {host}") from error
    raise LookupFailed("smp_unreachable", f"the host {host} has no address")


def available() -> bool:
    """Whether this Python can ask name servers at all."""
    return dns is not None


def _resolver(network: Network):
    if not available():
        raise LookupFailed("no_resolver")
    try:
        resolver = dns.resolver.Resolver(configure=network.nameservers is None)
    except dns.resolver.NoResolverConfiguration as error:
        raise LookupFailed("dns_failed", "this machine has no name server") from error
    if network.nameservers is not None:
        resolver.nameservers = [dns.nameserver.Do53Nameserver(host, port) for host, port in network.nameservers]
    resolver.timeout = max(0.5, network.timeout / 4)
    return resolver


def _ask(resolver, name: str, kind: str, deadline: float):
    """The answer's records; errors other than "no such name" and "no such record" become LookupFailed."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise LookupFailed("dns_timeout", name)
    try:
        return resolver.resolve(dns.name.from_text(name), kind, lifetime=left, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        raise
    except dns.exception.Timeout as error:
        raise LookupFailed("dns_timeout", str(error)) from error
    except (dns.exception.DNSException, OSError) as error:
        raise LookupFailed("dns_failed", str(error)) from error


def _credible(error, resolver, network: Network, deadline: float) -> bool:
    """Whether "no such name" comes from the network's zone.

    A machine without a way out may have a name server that denies every name: that says nothing about a participant.
    The zone's own SOA record in the answer shows that the zone has been asked; some forwarding servers leave it out,
    then the zone itself must exist.
    """
    zone = dns.name.from_text(network.zone)
    for response in error.responses().values():
        if any(one.rdtype == dns.rdatatype.SOA and one.name.is_subdomain(zone) for one in response.authority):
            return True
    if network.zone not in network.zones_seen:
        try:
            _ask(resolver, network.zone, "SOA", deadline)
        except dns.resolver.NXDOMAIN:
            return False
        except dns.resolver.NoAnswer:
            pass
        network.zones_seen.add(network.zone)
    return True
