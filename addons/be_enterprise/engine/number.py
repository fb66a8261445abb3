# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Belgian enterprise, establishment unit and VAT numbers: read, normalise, check, write.

Both kinds of number have ten digits, the last two being 97 minus the first eight modulo 97 (01 to 97, never 00):

* enterprise number: first digit 0 or 1 (1 is given out since 2023-09-19; Crossroads Bank for Enterprises, FPS Economy);
* establishment unit number: first digit 2 to 8.

A Belgian VAT number is ``BE`` followed by the enterprise number. Before 2005 it had nine digits: a leading zero is
added to those.

Every reading function takes the usual writings and returns ten bare digits, or raises a :class:`NumberError`:

>>> enterprise("0477.472.701"), enterprise("BE 0477472701"), enterprise("477 472 701")
('0477472701', '0477472701', '0477472701')
>>> format_enterprise("be0477472701")
'0477.472.701'
"""

import re
import unicodedata

#: Words that people and systems write before a number. ISO 6523 scheme 0208 and EAS 9925 come from Peppol addresses.
_LABEL = re.compile(
    r"^(?:(?:iso6523-actorid-upis::)?(?:0208|9925):|(?:TVA|BTW|MWST|VAT|RPM|RPR|RJP|KBO|BCE|CBE|ZDU|ZOE|N[°ºR]|NO|UST-?ID)"
    r"(?![A-Z])[\s.:°º-]*)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"[\s.\-/_·]+")
_TWO_LETTERS = re.compile(r"^[A-Z]{2}(?=[\s.\-/_·]*[0-9A-Z])", re.IGNORECASE)
#: Dashes and spaces of all kinds become the plain ones before reading.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


class NumberError(ValueError):
    """A text that is not the number asked for.

    ``code`` says what is wrong, for the caller to explain in the user's language; ``value`` is the text as given.
    """

    code = "invalid"

    def __init__(self, value, message):
        super().__init__(message)
        self.value = value


class EmptyNumber(NumberError):
    """Nothing was given."""

    code = "empty"


class ForeignNumber(NumberError):
    """The text starts with another country's prefix: it may well be right, but it is not Belgian."""

    code = "foreign"


class BadFormat(NumberError):
    """Not nine or ten digits, with the usual separators at most."""

    code = "format"


class BadFirstDigit(NumberError):
    """Ten digits, but of another kind of number."""

    code = "first_digit"


class BadChecksum(NumberError):
    """The last two digits do not fit the first eight: a typing error."""

    code = "checksum"


def check_digits(base):
    """Return the two check digits of an eight-digit ``base`` (str or int).

    >>> check_digits("04774727")
    '01'
    >>> check_digits(97)
    '97'
    """
    base = int(base)
    if not 0 <= base <= 99_999_999:
        raise ValueError(f"eight digits are needed, not {base}")
    return f"{97 - base % 97:02d}"


def _digits(text, *, pad):
    """Return the ten digits in ``text``; ``pad``: nine digits are an old number without its zero."""
    if text is None or not str(text).strip():
        raise EmptyNumber(text, "no number was given")
    rest = unicodedata.normalize("NFKC", str(text)).translate(_DASHES).strip()
    while label := _LABEL.match(rest):
        rest = rest[label.end() :].lstrip()
    prefix = _TWO_LETTERS.match(rest)
    if prefix:
        if prefix.group().upper() != "BE":
            raise ForeignNumber(text, f"{text!r} starts with {prefix.group().upper()}, not BE")
        rest = rest[prefix.end() :]
    digits = _SEPARATORS.sub("", rest)
    if pad and len(digits) == 9:
        digits = "0" + digits
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise BadFormat(text, f"{text!r} does not have ten digits")
    return digits


def _checked(text, digits, first_digits):
    if digits[0] not in first_digits:
        raise BadFirstDigit(text, f"{text!r} starts with {digits[0]}")
    if not int(digits[:8]) or check_digits(digits[:8]) != digits[8:]:
        raise BadChecksum(text, f"the last two digits of {text!r} do not fit the others")
    return digits


def enterprise(text):
    """Return the ten digits of the enterprise number written in ``text``, or raise a :class:`NumberError`.

    >>> enterprise("TVA BE 0477.472.701")
    '0477472701'
    >>> enterprise("0208:0477472701")
    '0477472701'
    >>> enterprise("1000000021")
    '1000000021'
    >>> enterprise("0477472702")
    Traceback (most recent call last):
    ...
    engine.number.BadChecksum: the last two digits of '0477472702' do not fit the others
    """
    return _checked(text, _digits(text, pad=True), "01")


def establishment(text):
    """Return the ten digits of the establishment unit number written in ``text``, or raise a :class:`NumberError`.

    >>> establishment("2.000.000.042")
    '2000000042'
    """
    return _checked(text, _digits(text, pad=False), "2345678")


def vat(text):
    """Return the Belgian VAT number (``BE`` and ten digits) written in ``text``, or raise a :class:`NumberError`.

    >>> vat("477.472.701")
    'BE0477472701'
    >>> vat("NL123456782B90")
    Traceback (most recent call last):
    ...
    engine.number.ForeignNumber: 'NL123456782B90' starts with NL, not BE
    """
    return "BE" + enterprise(text)


def problem(text, read=enterprise):
    """Return the code of what is wrong with ``text`` as read by ``read``, or None where nothing is.

    >>> problem("0477472702"), problem("2000000042"), problem("12"), problem(""), problem("0477472701")
    ('checksum', 'first_digit', 'format', 'empty', None)
    """
    try:
        read(text)
    except NumberError as error:
        return error.code
    return None


def is_enterprise(text):
    """Tell whether ``text`` is a right enterprise number in any usual writing.

    >>> is_enterprise("0477.472.701"), is_enterprise(None)
    (True, False)
    """
    return problem(text) is None


def is_establishment(text):
    """Tell whether ``text`` is a right establishment unit number in any usual writing."""
    return problem(text, establishment) is None


def format_enterprise(text):
    """Return the number as the register prints it, ``0477.472.701``; errors as :func:`enterprise`."""
    digits = enterprise(text)
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def format_establishment(text):
    """Return the number as the register prints it, ``2.000.000.042``; errors as :func:`establishment`.

    >>> format_establishment("2000000042")
    '2.000.000.042'
    """
    digits = establishment(text)
    return f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"


def format_vat(text):
    """Return the VAT number as it is usually printed, ``BE 0477.472.701``; errors as :func:`vat`.

    >>> format_vat("0477472701")
    'BE 0477.472.701'
    """
    return f"BE {format_enterprise(text)}"


def agree(enterprise_number, vat_number):
    """Tell whether two numbers name the same enterprise; None where one of them cannot be read as Belgian.

    >>> agree("0477.472.701", "BE0477472701"), agree("1000000021", "BE0477472701"), agree("0477472701", "/")
    (True, False, None)
    """
    try:
        return enterprise(enterprise_number) == enterprise(vat_number)
    except NumberError:
        return None
