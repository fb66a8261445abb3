# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peppol identifiers: participants, document types and processes.

Source: Peppol Policy for Use of Identifiers 4.4.0, SML 1.3.0 and the code lists 9.7.
"""

import re
from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

PARTICIPANT_SCHEME = "iso6523-actorid-upis"
EXACT = "busdox-docid-qns"
WILDCARD = "peppol-doctype-wildcard"
PROCESS_SCHEME = "cenbii-procid-ubl"
AS4 = "peppol-transport-as4-v2_0"

_PARTICIPANT = re.compile(r"(\d{4}):([!-9;-~]{1,50})", re.ASCII)


class InvalidIdentifier(ValueError):
    """Not a participant identifier; the text says why."""


@dataclass(frozen=True)
class ParticipantId:
    """A participant: the code of the numbering scheme (ISO 6523) and the number in it.

    Identifiers are compared without regard to case, so they are kept in small letters.

    >>> ParticipantId.parse("9925:BE0477472701")
    ParticipantId(scheme='9925', value='be0477472701')
    >>> str(ParticipantId.parse("iso6523-actorid-upis::0208:0477472701"))
    '0208:0477472701'
    """

    scheme: str
    value: str

    @classmethod
    def parse(cls, text: str) -> "ParticipantId":
        """:raises InvalidIdentifier: if the text is not ``scheme:number``, four digits and at most 50 characters

        >>> try:
        ...     ParticipantId.parse("0477472701")
        ... except InvalidIdentifier as error:
        ...     print(error)
        “0477472701” is no participant identifier such as 0208:0477472701
        """
        bare = text.strip().removeprefix(f"{PARTICIPANT_SCHEME}::")
        match = _PARTICIPANT.fullmatch(bare)
        if not match:
            raise InvalidIdentifier(f"“{text}” is no participant identifier such as 0208:0477472701")
        return cls(match[1], match[2].lower())

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    def sml_name(self, zone: str) -> str:
        """The name under which the locator knows the participant.

        >>> ParticipantId.parse("0010:5798000000001").sml_name("example.org")
        'xukhfqabqziki3ykvr2fhr4snfa3pf5vpq6k4tonv3lmvsy5arvq.iso6523-actorid-upis.example.org'
        """
        digest = b32encode(sha256(str(self).lower().encode()).digest()).decode().rstrip("=").lower()
        return f"{digest}.{PARTICIPANT_SCHEME}.{zone}"

    def path(self) -> str:
        """The participant's part of a publisher's addresses.

        >>> ParticipantId.parse("0208:0477472701").path()
        'iso6523-actorid-upis%3A%3A0208%3A0477472701'
        """
        return quote(f"{PARTICIPANT_SCHEME}::{self}", safe="")


@dataclass(frozen=True)
class DocumentType:
    """A document type: its scheme (``EXACT`` or ``WILDCARD``) and its value ``syntax##customization::version``."""

    scheme: str
    value: str

    @classmethod
    def parse(cls, text: str) -> "DocumentType":
        """Read ``scheme::value``; a value without a scheme is of the exact one.

        >>> DocumentType.parse("busdox-docid-qns::urn:a::A##b::2.1")
        DocumentType(scheme='busdox-docid-qns', value='urn:a::A##b::2.1')
        """
        for scheme in (EXACT, WILDCARD):
            if text.startswith(f"{scheme}::"):
                return cls(scheme, text[len(scheme) + 2 :])
        return cls(EXACT, text)

    @classmethod
    def addressed(cls, value: str) -> "DocumentType":
        """The type under which a document is sent, from its value: PINT goes under the wildcard scheme (policy 16a).

        >>> DocumentType.addressed("urn:x::Invoice##urn:peppol:pint:billing-1@eu-1::2.1").scheme
        'peppol-doctype-wildcard'
        >>> DocumentType.addressed("urn:x::Invoice##urn:cen.eu:en16931:2017::2.1").scheme
        'busdox-docid-qns'
        """
        found = cls.parse(value)
        return cls(WILDCARD, found.value) if found.customization.startswith("urn:peppol:pint:") else found

    def __str__(self) -> str:
        return f"{self.scheme}::{self.value}"

    def path(self) -> str:
        """The document type's part of a publisher's addresses."""
        return quote(str(self), safe="")

    @property
    def customization(self) -> str:
        """The specification that documents of this type follow (BT-24).

        >>> PINT_EU_INVOICE.customization
        'urn:peppol:pint:billing-1@eu-1'
        """
        return self._parts()[1]

    def _parts(self) -> tuple[str, str, str]:
        syntax, _, rest = self.value.partition("##")
        customization, _, version = rest.rpartition("::")
        return syntax, customization, version

    def accepts(self, wanted: "DocumentType") -> bool:
        """Whether a receiver registered for this type takes documents of the ``wanted`` type.

        Under the wildcard scheme an asterisk at the end stands for the specializations of that specification.

        >>> registered = DocumentType(WILDCARD, "urn:x::Invoice##urn:peppol:pint:billing-1*::2.1")
        >>> registered.accepts(DocumentType(WILDCARD, "urn:x::Invoice##urn:peppol:pint:billing-1@eu-1::2.1"))
        True
        >>> registered.accepts(DocumentType(WILDCARD, "urn:x::Invoice##urn:peppol:pint:billing-10::2.1"))
        False
        >>> registered.accepts(DocumentType(EXACT, "urn:x::Invoice##urn:peppol:pint:billing-1@eu-1::2.1"))
        False
        """
        if self == wanted:
            return True
        if self.scheme != WILDCARD or wanted.scheme != WILDCARD:
            return False
        syntax, customization, version = self._parts()
        other_syntax, other, other_version = wanted._parts()
        if (syntax, version) != (other_syntax, other_version) or not customization.endswith("*"):
            return False
        stem = customization[:-1]
        return other.rstrip("*") == stem or other.startswith(f"{stem}@")


_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_BIS3 = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc"


def _ubl(root: str, customization: str, scheme: str = EXACT) -> DocumentType:
    return DocumentType(scheme, f"{_UBL}{root}-2::{root}##{customization}::2.1")


BIS3_INVOICE = _ubl("Invoice", f"{_BIS3}:billing:3.0")
BIS3_CREDIT_NOTE = _ubl("CreditNote", f"{_BIS3}:billing:3.0")
SELF_BILLED_INVOICE = _ubl("Invoice", f"{_BIS3}:selfbilling:3.0")
SELF_BILLED_CREDIT_NOTE = _ubl("CreditNote", f"{_BIS3}:selfbilling:3.0")
INVOICE_RESPONSE = _ubl("ApplicationResponse", "urn:fdc:peppol.eu:poacc:trns:invoice_response:3")
MESSAGE_LEVEL_RESPONSE = _ubl("ApplicationResponse", "urn:fdc:peppol.eu:poacc:trns:mlr:3")
MESSAGE_LEVEL_STATUS = _ubl("ApplicationResponse", "urn:peppol:edec:mls:1.0")
PINT_EU_INVOICE = _ubl("Invoice", "urn:peppol:pint:billing-1@eu-1", WILDCARD)
PINT_EU_CREDIT_NOTE = _ubl("CreditNote", "urn:peppol:pint:billing-1@eu-1", WILDCARD)

BILLING = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
SELF_BILLING = "urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0"
INVOICE_RESPONSE_PROCESS = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3"
MESSAGE_LEVEL_RESPONSE_PROCESS = "urn:fdc:peppol.eu:poacc:bis:mlr:3"
MESSAGE_LEVEL_STATUS_PROCESS = "urn:peppol:edec:mls"
PINT_BILLING = "urn:peppol:bis:billing"

# the process in which each document type is exchanged
PROCESSES = {
    BIS3_INVOICE: BILLING,
    BIS3_CREDIT_NOTE: BILLING,
    SELF_BILLED_INVOICE: SELF_BILLING,
    SELF_BILLED_CREDIT_NOTE: SELF_BILLING,
    INVOICE_RESPONSE: INVOICE_RESPONSE_PROCESS,
    MESSAGE_LEVEL_RESPONSE: MESSAGE_LEVEL_RESPONSE_PROCESS,
    MESSAGE_LEVEL_STATUS: MESSAGE_LEVEL_STATUS_PROCESS,
    PINT_EU_INVOICE: PINT_BILLING,
    PINT_EU_CREDIT_NOTE: PINT_BILLING,
}

# short names for people, in the order in which they matter to them
NAMES = {
    BIS3_INVOICE: "Invoice (BIS Billing 3)",
    BIS3_CREDIT_NOTE: "Credit note (BIS Billing 3)",
    SELF_BILLED_INVOICE: "Self-billed invoice (BIS 3)",
    SELF_BILLED_CREDIT_NOTE: "Self-billed credit note (BIS 3)",
    PINT_EU_INVOICE: "Invoice (PINT EU)",
    PINT_EU_CREDIT_NOTE: "Credit note (PINT EU)",
    INVOICE_RESPONSE: "Invoice response (IMR)",
    MESSAGE_LEVEL_RESPONSE: "Message level response (MLR)",
    MESSAGE_LEVEL_STATUS: "Message level status (MLS)",
}


def belgian_alternatives(participant: ParticipantId) -> list[ParticipantId]:
    """The identifiers under which a Belgian company may be registered, the one to try first first.

    Those who moved from the VAT number (9925) to the enterprise number (0208) are found under the latter.

    >>> [str(one) for one in belgian_alternatives(ParticipantId.parse("9925:BE0477472701"))]
    ['0208:0477472701', '9925:be0477472701']
    >>> [str(one) for one in belgian_alternatives(ParticipantId.parse("0088:5412345000013"))]
    ['0088:5412345000013']
    """
    number = participant.value.removeprefix("be")
    if participant.scheme not in ("0208", "9925") or not re.fullmatch(r"\d{10}", number, re.ASCII):
        return [participant]
    return [ParticipantId("0208", number), ParticipantId("9925", f"be{number}")]
