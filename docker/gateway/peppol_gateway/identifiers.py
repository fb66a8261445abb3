"""Peppol's identifiers as this service needs them (Policy for Use of Identifiers 4.4.0)."""

import re
from dataclasses import dataclass

PARTICIPANT_SCHEME = "iso6523-actorid-upis"
DOCUMENT_SCHEME = "busdox-docid-qns"
WILDCARD_SCHEME = "peppol-doctype-wildcard"
PROCESS_SCHEME = "cenbii-procid-ubl"
TRANSPORT_PROFILE = "peppol-transport-as4-v2_0"
#: The scheme of service providers' own identifiers (SPIS), which message level statuses are addressed to.
SERVICE_PROVIDER_SCHEME = "0242"

_RESPONSE = "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2::ApplicationResponse##{}::2.1"
MLS_DOCUMENT = _RESPONSE.format("urn:peppol:edec:mls:1.0")
MLS_PROCESS = "urn:peppol:edec:mls"
MLR_DOCUMENT = _RESPONSE.format("urn:fdc:peppol.eu:poacc:trns:mlr:3")

_PARTICIPANT = re.compile(r"[0-9]{4}:[A-Za-z0-9][A-Za-z0-9._~:-]{0,49}")


def participant(text):
    """A participant identifier in its short form, or ValueError.

    >>> participant(" iso6523-actorid-upis::0208:0477472701"), participant("9925:BE0477472701")
    ('0208:0477472701', '9925:be0477472701')
    """
    value = text.strip().removeprefix(f"{PARTICIPANT_SCHEME}::").lower()
    if not _PARTICIPANT.fullmatch(value):
        raise ValueError(f"“{text[:80]}” is no participant identifier such as 0208:0477472701.")
    return value


def service_provider(common_name):
    """The identifier that a service provider receives message level statuses at, from its certificate's name.

    >>> service_provider("POP000306"), service_provider("PBE000042"), service_provider("ap.example.org")
    ('0242:000306', '0242:000042', None)
    """
    match = re.fullmatch(r"P[A-Z]{2}([0-9]{6})", common_name)
    return f"{SERVICE_PROVIDER_SCHEME}:{match[1]}" if match else None


@dataclass(frozen=True)
class Qualified:
    """A document type or process: scheme and value.

    >>> Qualified.parse("busdox-docid-qns::urn:a::B##c::2.1", DOCUMENT_SCHEME)
    Qualified(scheme='busdox-docid-qns', value='urn:a::B##c::2.1')
    >>> str(Qualified.parse("urn:p", PROCESS_SCHEME))
    'cenbii-procid-ubl::urn:p'
    """

    scheme: str
    value: str

    @classmethod
    def parse(cls, text, default_scheme):
        for scheme in (DOCUMENT_SCHEME, WILDCARD_SCHEME, PROCESS_SCHEME):
            if text.startswith(f"{scheme}::"):
                return cls(scheme, text[len(scheme) + 2 :].strip())
        return cls(default_scheme, text.strip())

    def __str__(self):
        return f"{self.scheme}::{self.value}"
