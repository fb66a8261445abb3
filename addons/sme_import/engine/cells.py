# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One value of a cell, in the many ways in which people and programs write it.

Numbers and dates in text are read with a :class:`Style`, which is learnt from the whole column: ``1.234`` alone may be
a thousand or one and a bit, and nothing is guessed where money is concerned.
"""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from .errors import CellError

_EXCEL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#N/B", "#VERW!"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\ufeff]")
_YES = frozenset("1 j ja y yes o oui x true vrai waar wahr t a actief actif active aktiv -1".split())
_NO = frozenset("0 n nee neen no non nein false faux onwaar falsch f i inactief inactif inactive inaktiv".split())
_CURRENCY = re.compile(r"(?i)€|\$|£|\beur\b|\busd\b|\bgbp\b")


@dataclass(frozen=True)
class Style:
    """How a column writes numbers and dates.

    ``decimal``: "," or ".", or None where no value of the column tells. ``month_first``: American dates.
    """

    decimal: str | None = None
    month_first: bool = False


def text(value):
    """Return ``value`` as clean text: no control characters, single blanks; whole numbers without decimals.

    >>> text("  Du\\u00a0Pont \\n & fils\\x00"), text(1000.0), text(None), text(477472701)
    ('Du Pont & fils', '1000', '', '477472701')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return str(int(value))
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    cleaned = " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", str(value))).split())
    if cleaned in _EXCEL_ERRORS:
        raise CellError("excel", cleaned)
    return cleaned


def _bare(value):
    """Return the digits and signs of a written number, its minus sign in front, or None where it is no number."""
    written = _CURRENCY.sub("", text(value)).replace("−", "-").replace("’", "'")
    written = re.sub(r"[\s']", "", written)
    minus = False
    if written.startswith("(") and written.endswith(")"):
        written, minus = written[1:-1], True
    if written.endswith("-") or written.upper().endswith(("CR", "C")):
        written, minus = written.rstrip("-CRcr"), True
    elif written.upper().endswith(("DB", "D")):
        written = written.rstrip("DBdb")
    if written[:1] in "+-":
        minus ^= written[:1] == "-"
        written = written[1:]
    if not written or not re.fullmatch(r"[\d.,]*\d[\d.,]*", written):
        return None
    return ("-" if minus else "") + written


def _decimal_sign(bare):
    """Return the decimal sign that a written number proves, "" where it needs none, None where both are possible."""
    digits = bare.lstrip("-")
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return ""
    if dots and commas:
        return "," if digits.rfind(",") > digits.rfind(".") else "."
    sign, count = (".", dots) if dots else (",", commas)
    if count > 1:
        return "," if sign == "." else "."
    before, after = digits.split(sign)
    if len(after) != 3 or len(before) > 3 or before in ("", "0"):
        return sign
    return None


def number(value, style=Style()):
    """Return ``value`` as a Decimal, or None where it is empty; raises :class:`CellError`.

    >>> [str(number(value)) for value in ("1.234,56", "1,234.56", "-12,5", "12,50-", "(3)", "€ 1 200,00", 2.5, "")]
    ['1234.56', '1234.56', '-12.5', '-12.50', '-3', '1200.00', '2.5', 'None']
    >>> str(number("1.234", Style(decimal=","))), str(number("1.234", Style(decimal=".")))
    ('1234', '1.234')
    >>> number("1.234")
    Traceback (most recent call last):
    ...
    engine.errors.CellError: ambiguous: '1.234'
    """
    if isinstance(value, bool):
        raise CellError("number", str(value))
    if isinstance(value, int | float | Decimal):
        found = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not found.is_finite():
            raise CellError("number", str(value))
        return found
    if isinstance(value, datetime.date):
        raise CellError("number", str(value))
    written = text(value)
    if not written:
        return None
    bare = _bare(written)
    if bare is None:
        raise CellError("number", written)
    sign = _decimal_sign(bare)
    if sign is None:
        sign = style.decimal
        if not sign:
            raise CellError("ambiguous", written)
    other = "." if sign == "," else ","
    if sign and sign in bare:
        if bare.count(sign) > 1 or bare.rfind(other) > bare.rfind(sign):
            raise CellError("number", written)
        bare = bare.replace(other, "").replace(sign, ".")
    else:
        bare = bare.replace(other, "")
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise CellError("number", written) from error


_YEAR_FIRST = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?:[T ][\d:.]*Z?)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:[T ][\d:.]*)?")
_TIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")


def date(value, style=Style()):
    """Return ``value`` as a date, or None where it is empty; raises :class:`CellError`.

    Two digits of a year are of this century up to 69. Belgium writes the day first.

    >>> [date(value).isoformat() for value in ("31/12/2025", "1-2-25", "2025-02-01", "20250201", "01.02.2025")]
    ['2025-12-31', '2025-02-01', '2025-02-01', '2025-02-01', '2025-02-01']
    >>> date("02/01/2025", Style(month_first=True)).isoformat()
    '2025-02-01'
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    written = text(value)
    if not written.strip("0-/. "):
        return None
    if found := _YEAR_FIRST.fullmatch(written):
        year, month, day = map(int, found.groups())
        # eight digits without signs may also be a Belgian date: 31122025
        if not (1900 <= year <= 2200 and 1 <= month <= 12) and (tight := _TIGHT.fullmatch(written)):
            day, month, year = map(int, tight.groups())
    elif found := _YEAR_LAST.fullmatch(written):
        day, month, year = map(int, found.groups())
        if style.month_first:
            day, month = month, day
        if year < 100:
            year += 2000 if year < 70 else 1900
    else:
        raise CellError("date", written)
    try:
        return datetime.date(year, month, day)
    except ValueError as error:
        raise CellError("date", written) from error


def flag(value):
    """Return True or False, or None where the value is empty; raises :class:`CellError`.

    >>> flag("Ja"), flag("non"), flag(""), flag(1)
    (True, False, None, True)
    """
    written = text(value).lower()
    if not written:
        return None
    if written in _YES:
        return True
    if written in _NO:
        return False
    raise CellError("flag", written)


def learn(values):
    """Return the :class:`Style` that the written ``values`` of a column prove.

    >>> learn(["1.234", "12,50"]).decimal, learn(["1.234"]).decimal, learn(["12/25/2025", "01/02/2025"]).month_first
    (',', None, True)
    """
    signs, month_first = {",": 0, ".": 0}, 0
    for value in values:
        if not isinstance(value, str):
            continue
        if found := _YEAR_LAST.fullmatch(value.strip()):
            first, second = int(found[1]), int(found[2])
            month_first += (second > 12 >= first) - (first > 12 >= second)
            continue
        try:
            bare = _bare(value)
        except CellError:
            continue
        if bare and (sign := _decimal_sign(bare)):
            signs[sign] += 1
    decimal = None
    if signs[","] != signs["."]:
        decimal = "," if signs[","] > signs["."] else "."
    return Style(decimal, month_first > 0)
