"""What a business document says about itself: who sends what to whom (UBL; BT-34 and BT-49)."""

from dataclasses import dataclass

from .errors import Invalid
from .identifiers import (
    DOCUMENT_SCHEME,
    PROCESS_SCHEME,
    WILDCARD_SCHEME,
    Qualified,
    participant,
)
from .xmlscan import XmlError, scan

_PARTIES = (
    ("AccountingSupplierParty", "AccountingCustomerParty"),  # Invoice, CreditNote
    ("BuyerCustomerParty", "SellerSupplierParty"),  # Order
    ("SenderParty", "ReceiverParty"),  # ApplicationResponse
)
_PATHS = {
    "root": ("*",),
    "customization": ("*", "CustomizationID"),
    "profile": ("*", "ProfileID"),
    "version": ("*", "UBLVersionID"),
}
for _pair in _PARTIES:
    for _name in _pair:
        _party = ("*", _name) if _name in ("SenderParty", "ReceiverParty") else ("*", _name, "Party")
        _PATHS[_name] = (*_party, "EndpointID")
        _PATHS[f"{_name}/country"] = (*_party, "PostalAddress", "Country", "IdentificationCode")


@dataclass(frozen=True)
class Facts:
    """What was found; None where the document is silent. ``start`` and ``end`` delimit its root element's bytes."""

    start: int
    end: int
    sender: str | None
    receiver: str | None
    document_type: Qualified | None
    process: Qualified | None
    country: str | None


def read(file):
    """The facts of a document (a binary file), or Invalid. Documents that are not UBL give root positions only."""
    try:
        found, _encoding = scan(file, _PATHS)
    except XmlError as error:
        raise Invalid(f"The document cannot be read: {error}") from None
    root = found["root"]
    sender, receiver = next(
        ((a, b) for a, b in _PARTIES if a in found and b in found),
        ("AccountingSupplierParty", "AccountingCustomerParty"),
    )
    country = found.get(f"{sender}/country")
    return Facts(
        start=root.start,
        end=root.end,
        sender=_endpoint(found.get(sender)),
        receiver=_endpoint(found.get(receiver)),
        document_type=_document_type(root, found.get("customization")),
        process=Qualified(PROCESS_SCHEME, found["profile"].text.strip()) if "profile" in found else None,
        country=country.text.strip().upper() if country else None,
    )


def _endpoint(element):
    if element is None or not element.attributes.get("schemeID"):
        return None
    try:
        return participant(f"{element.attributes['schemeID']}:{element.text.strip()}")
    except ValueError:
        return None


def _document_type(root, customization):
    if customization is None or not root.namespace.startswith("urn:oasis:names:specification:ubl:schema:xsd:"):
        return None
    identifier = customization.text.strip()
    # PINT is addressed with the wildcard scheme (Policy for Use of Identifiers 4.4.0, policy 16a)
    scheme = WILDCARD_SCHEME if identifier.startswith("urn:peppol:pint:") else DOCUMENT_SCHEME
    return Qualified(scheme, f"{root.namespace}::{root.name}##{identifier}::2.1")
