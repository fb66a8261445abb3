# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BE-ENT: enterprise and VAT numbers of both sides.

Each rule is a generator over (values, group, name of the field): what is wrong, and where.
"""

import re

from ..en16931.identifiers import belgian

_LABELS = re.compile(r"^(?:TVA|BTW|MWST|KBO|BCE|RPM|RPR|N°|NR)?[\s:.]*(?:BE)?[\s.:-]*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.\-/\u00a0\u202f\u2011]")


def digits(text: str | None) -> str | None:
    """The ten digits of a Belgian number in any usual writing, right or wrong; None for anything else.

    >>> digits("BE 0477.472.701"), digits("477472701"), digits("NL123456782B90"), digits("04774727011")
    ('0477472701', '0477472701', None, None)
    """
    bare = _SEPARATORS.sub("", _LABELS.sub("", (text or "").strip()))
    if not bare.isascii() or not bare.isdigit() or len(bare) not in (9, 10):
        return None
    return bare.zfill(10)


def is_enterprise(number: str) -> bool:
    """Whether ten digits are an enterprise number (establishment units start with 2 to 8).

    >>> is_enterprise("0477472701"), is_enterprise("0477472702"), is_enterprise("2000000042")
    (True, False, False)
    """
    return number[0] in "01" and belgian(number)


def is_belgian(party) -> bool:
    """Whether a party is established in Belgium by its address, or has a Belgian VAT number where it has no country."""
    if party is None:
        return False
    if party.address and party.address.country:
        return party.address.country.strip().upper() == "BE"
    return (party.vat_id or "").strip().upper().startswith("BE")


def legal_number(party) -> str | None:
    """The digits of BT-30/BT-47 of a Belgian party; other schemes (GLN, DUNS) are not enterprise numbers."""
    if not is_belgian(party) or (party.legal_id_scheme or "").strip() not in ("", "0208"):
        return None
    return digits(party.legal_id)


def vat_number(party) -> str | None:
    """The digits of BT-31/BT-48 where it says BE."""
    vat = (party.vat_id or "").strip().upper() if party else ""
    return digits(vat) if vat.startswith("BE") else None


def endpoint_number(party) -> str | None:
    """The digits of BT-34/BT-49 where its scheme is that of Belgian enterprise or VAT numbers."""
    if party is None or (party.endpoint_scheme or "").strip() not in ("0208", "9925"):
        return None
    return digits(party.endpoint)


def _wrong_legal(party):
    number = legal_number(party)
    if number and not is_enterprise(number):
        yield {"value": party.legal_id.strip()}, party, "legal_id"


def _wrong_vat(party):
    vat = (party.vat_id or "").strip() if party else ""
    if vat.upper().startswith("BE"):
        number = digits(vat)
        if number is None or not is_enterprise(number):
            yield {"value": vat}, party, "vat_id"


def _disagreement(party):
    legal, vat = legal_number(party), vat_number(party)
    if legal and vat and legal != vat and is_enterprise(legal) and is_enterprise(vat):
        yield {"value": party.legal_id.strip(), "other": party.vat_id.strip()}, party, "legal_id"


def _wrong_endpoint(party):
    """Only where neither number of the party is the one of its electronic address."""
    own = {legal_number(party), vat_number(party)} - {None}
    number = endpoint_number(party)
    if own and number and number not in own:
        yield {"value": party.endpoint.strip(), "other": ", ".join(sorted(own))}, party, "endpoint"


def seller_identifier(invoice, context):
    """A seller identifier that is somebody else's enterprise number; customers' own numbering passes."""
    seller = invoice.seller
    own = {legal_number(seller), vat_number(seller)} - {None}
    for text in seller.identifiers if seller and own else ():
        number = digits(text)
        if number and is_enterprise(number) and number not in own and len(_SEPARATORS.sub("", text)) >= 10:
            yield {"value": text.strip(), "other": ", ".join(sorted(own))}, seller, "identifiers"


def seller_without_vat(invoice, context):
    """A seller established in Belgium who charges VAT has a Belgian VAT number."""
    seller = invoice.seller
    charges = any(part.category == "S" and part.tax for part in invoice.vat)
    if seller and is_belgian(seller) and charges and not seller.vat_id and not invoice.tax_representative:
        yield {"value": seller.name or ""}, seller, "name"


def _of(side, judge):
    """A rule on one of the parties, ``seller`` or ``buyer``."""
    return lambda invoice, context: judge(getattr(invoice, side))


RULES = {
    "BE-ENT-01": _of("seller", _wrong_legal),
    "BE-ENT-02": _of("seller", _wrong_vat),
    "BE-ENT-03": _of("seller", _disagreement),
    "BE-ENT-04": _of("seller", _wrong_endpoint),
    "BE-ENT-05": seller_identifier,
    "BE-ENT-06": seller_without_vat,
    "BE-ENT-11": _of("buyer", _wrong_legal),
    "BE-ENT-12": _of("buyer", _wrong_vat),
    "BE-ENT-13": _of("buyer", _disagreement),
    "BE-ENT-14": _of("buyer", _wrong_endpoint),
}
