# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML Schema's simple types and XPath's arithmetic, exactly and without surprises on odd input."""

import re
from datetime import date
from decimal import ROUND_FLOOR, Context, Decimal, InvalidOperation

# Amounts are added and multiplied exactly as long as they stay below 100 digits.
CONTEXT = Context(prec=100, Emax=100000, Emin=-100000, traps=[InvalidOperation])
MAX_DIGITS = 90
DECIMAL = re.compile(r"[ \t\r\n]*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*\Z")
_DOUBLE = re.compile(r"[ \t\r\n]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN)[ \t\r\n]*\Z")
_DATE = re.compile(r"(-?)([0-9]{4,9})-([0-9]{2})-([0-9]{2})(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?\Z")
_TIME = re.compile(
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?\Z"
)
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
ZERO = Decimal(0)
ONE = Decimal(1)


def decimal(text: str | None) -> Decimal | None:
    """The value of an xs:decimal, or None.

    >>> decimal(" 12.50 "), decimal("1e3"), decimal("NaN"), decimal("")
    (Decimal('12.50'), None, None, None)
    """
    if text is None or not DECIMAL.match(text):
        return None
    text = text.strip(" \t\r\n")
    if len(text) > MAX_DIGITS:
        return None
    return Decimal(text)


def double(text: str | None) -> float:
    """XPath's number(): NaN for what is no number.

    >>> double("25.0"), double("x"), double("-INF")
    (25.0, nan, -inf)
    """
    if text is None:
        return float("nan")
    match = _DOUBLE.match(text)
    if not match:
        return float("nan")
    return float(match[1].replace("INF", "inf"))


def round2(value: Decimal) -> Decimal:
    """Two decimals, halves towards plus infinity, as XPath's round() does.

    >>> round2(Decimal("1.005")), round2(Decimal("-1.015"))
    (Decimal('1.01'), Decimal('-1.01'))
    """
    return ((value * HUNDRED + Decimal("0.5")).to_integral_value(ROUND_FLOOR)) / HUNDRED


def round0(value: Decimal) -> Decimal:
    """A whole number, halves towards plus infinity."""
    return (value + Decimal("0.5")).to_integral_value(ROUND_FLOOR)


def is_date(text: str) -> bool:
    """Whether text is an xs:date.

    >>> is_date("2026-02-28"), is_date("2026-02-30"), is_date("2026-2-1"), is_date("2026-01-01Z")
    (True, False, False, True)
    """
    match = _DATE.match(text.strip(" \t\r\n"))
    if not match or (len(match[2]) > 4 and match[2][0] == "0") or not int(match[2]):
        return False
    try:
        # A leap year repeats every 400 years: larger years have the same calendar.
        date(int(match[2]) % 400 + 400, int(match[3]), int(match[4]))
    except ValueError:
        return False
    return True


def date_key(text: str | None):
    """Something by which two dates compare, or None.

    >>> date_key("2026-01-31") < date_key("2026-02-01")
    True
    """
    if text is None or not is_date(text):
        return None
    match = _DATE.match(text.strip(" \t\r\n"))
    zone = match[5] or "Z"
    minutes = 0 if zone == "Z" else int(zone[1:3]) * 60 + int(zone[4:6])
    if zone[0] == "+":
        minutes = -minutes
    year = int(match[2]) * (-1 if match[1] else 1)
    return ((year * 12 + int(match[3])) * 31 + int(match[4])) * 1440 + minutes


def is_time(text: str) -> bool:
    """Whether text is an xs:time.

    >>> is_time("12:00:00"), is_time("12:00")
    (True, False)
    """
    return bool(_TIME.match(text.strip(" \t\r\n")))


def space(text: str | None) -> str:
    """XPath's normalize-space().

    >>> space("  a   b ")
    'a b'
    """
    if not text:
        return ""
    return " ".join(_SPLIT(text))


def _SPLIT(text: str) -> list[str]:
    # str.split() also splits at no-break and other spaces, which XML does not count as white space.
    if text.isascii():
        return text.split()
    return [part for part in re.split(r"[ \t\r\n]+", text) if part]


def fraction(text: str) -> int:
    """The number of characters after the first point.

    >>> fraction("1.250"), fraction("7")
    (3, 0)
    """
    point = text.find(".")
    return 0 if point < 0 else len(text) - point - 1
