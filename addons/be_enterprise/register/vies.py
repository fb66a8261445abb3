# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ask VIES, the European Commission's VAT number service, about one number.

An answer is "valid" or "invalid" only where VIES said so itself. Everything else (no network, a member state's service
that is down, too many questions, an unreadable answer) is :class:`Unreachable`: it says nothing about the number.

Source: REST interface of VIES, ``GET <base>/ms/<country>/vat/<number>``, fields ``isValid`` and ``userError``.
"""

from dataclasses import dataclass

import requests

BASE_URL = "https://ec.europa.eu/taxation_customs/vies/rest-api"
TIMEOUT = 10
#: Member states, with Greece as EL, and Northern Ireland: what VIES can be asked about.
COUNTRIES = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV"}
    | {"MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"}
)


class Unreachable(Exception):
    """No answer about the number; the argument is VIES's own code (``MS_UNAVAILABLE``…) or ``NETWORK``, ``ANSWER``."""


class NotAskable(ValueError):
    """VIES does not cover this country, or the text is no VAT number."""


@dataclass(frozen=True)
class Answer:
    """What VIES said. ``name`` and ``address`` are "" where the member state does not give them."""

    valid: bool
    name: str = ""
    address: str = ""


def split(vat):
    """Return (country, number) of a VAT number; NotAskable where VIES cannot be asked.

    >>> split("be 0477.472.701"), split("GR123456783")
    (('BE', '0477472701'), ('EL', '123456783'))
    """
    text = "".join(c for c in (vat or "").upper() if c.isalnum())
    country, number = text[:2].replace("GR", "EL"), text[2:]
    if country not in COUNTRIES or not 2 <= len(number) <= 12 or not number.isascii():
        raise NotAskable(vat)
    return country, number


def check(vat, *, base_url=BASE_URL, timeout=TIMEOUT, get=requests.get):
    """Ask VIES about ``vat``; return an :class:`Answer`, or raise Unreachable or NotAskable."""
    country, number = split(vat)
    try:
        response = get(f"{base_url}/ms/{country}/vat/{number}", timeout=timeout, headers={"Accept": "application/json"})
        response.raise_for_status()
    except requests.RequestException as error:
        raise Unreachable("NETWORK") from error
    try:
        found = response.json()
        valid, code = found["isValid"], found.get("userError") or ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreachable("ANSWER") from error
    if valid is True and code in ("", "VALID"):
        return Answer(True, _given(found.get("name")), _given(found.get("address")))
    if valid is False and code in ("INVALID", "INVALID_INPUT"):
        return Answer(False)
    raise Unreachable(code or "ANSWER")


def _given(text):
    text = (text or "").strip()
    return "" if text.strip("-") == "" else text
