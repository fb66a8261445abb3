# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Check digits and formats of identifiers."""

import re


def _digits(text: str) -> bool:
    return bool(text) and text.isascii() and text.isdigit()


def gln(text: str) -> bool:
    """GS1 location numbers: weights 3 and 1 from the right.

    >>> gln("7300010000001"), gln("7300010000002")
    (True, False)
    """
    if not _digits(text):
        return False
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(text[:-1])))
    return (10 - total % 10) % 10 == int(text[-1])


def mod11(text: str) -> bool:
    """Weights 2 to 7 from the right, as in Norwegian organisation numbers.

    >>> mod11("974760673"), mod11("974760674")
    (True, False)
    """
    if not _digits(text) or int(text) <= 0:
        return False
    total = sum(int(digit) * (place % 6 + 2) for place, digit in enumerate(reversed(text[:-1])))
    return (11 - total % 11) % 11 == int(text[-1])


def norwegian(text: str) -> bool:
    return len(text) == 9 and mod11(text)


def belgian(text: str) -> bool:
    """Belgian enterprise numbers: ten digits, the last two are 97 minus the rest modulo 97.

    >>> belgian("0202239951"), belgian("0202239952"), belgian("BE0202239951")
    (True, False, False)
    """
    return len(text) == 10 and _digits(text) and 97 - int(text[:8]) % 97 == int(text[8:])


def abn(text: str) -> bool:
    """Australian business numbers.

    >>> abn("51824753556"), abn("51824753557")
    (True, False)
    """
    if len(text) != 11 or not _digits(text):
        return False
    weights = (10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    values = [int(digit) for digit in text]
    values[0] -= 1
    return sum(weight * value for weight, value in zip(weights, values, strict=True)) % 89 == 0


def greek(text: str) -> bool:
    """Greek tax numbers: the ninth digit follows from the eight before it.

    >>> greek("094259216"), greek("094259217")
    (True, False)
    """
    # The official check looks at nine characters and lets what follows them pass.
    if not _digits(text[:9]) or len(text) < 9:
        return False
    total = sum(int(digit) << (8 - place) for place, digit in enumerate(text[:8]))
    return total % 11 % 10 == int(text[8])


def luhn(text: str) -> bool:
    """Swedish organisation numbers: the tenth digit by Luhn's formula over the nine before it.

    >>> luhn("5565683090"), luhn("5565683099")
    (True, False)
    """
    if not re.fullmatch(r"\d+", text) or len(text) < 10:
        return False
    total = 0
    for place, digit in enumerate(reversed(text[:9])):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value // 10 + value % 10
    return (10 - total % 10) % 10 == int(text[9])


def swedish(text: str) -> bool:
    return len(text) == 10 and _digits(text) and luhn(text)


def danish_cvr(text: str) -> bool:
    """Eight digits, with or without DK before them.

    >>> danish_cvr("DK12345678"), danish_cvr("12345678"), danish_cvr("1234567")
    (True, True, False)
    """
    return danish_se(text) or (len(text) == 8 and _digits(text))


def danish_se(text: str) -> bool:
    return len(text) == 10 and text.startswith("DK") and _digits(text[2:])


def danish_p(text: str) -> bool:
    return len(text) == 10 and _digits(text)


def ipa(text: str) -> bool:
    """Italian office codes: six letters or digits."""
    return bool(re.fullmatch(r"[A-Za-z0-9]{6}", text))


def is_integer(text: str) -> bool:
    return bool(re.fullmatch(r"[ \t\r\n]*[+-]?[0-9]+[ \t\r\n]*", text))


def codice_fiscale(text: str) -> bool:
    """Italian tax codes: 16 characters in a pattern, or 11 digits.

    >>> codice_fiscale("RSSMRA70A01H501W"), codice_fiscale("12345678901"), codice_fiscale("ABC")
    (True, True, False)
    """
    if len(text) == 11:
        return is_integer(text)
    if len(text) != 16:
        return False
    letters = text[:6] + text[8] + text[15]
    numbers = (text[6:8], text[9:11], text[14])
    return bool(re.fullmatch(r"[A-Za-z]+", letters)) and all(is_integer(number) for number in numbers)


def partita_iva(text: str) -> bool:
    """Italian VAT numbers; those of other countries pass.

    >>> partita_iva("IT12345670785"), partita_iva("IT12345670784"), partita_iva("BE1")
    (True, False, True)
    """
    if text[:2] not in ("IT", "it"):
        return True
    number = text[2:]
    if len(number) != 11 or not _digits(number):
        return False
    total = 0
    for place, digit in enumerate(number):
        total += int("0246813579"[int(digit)]) if place % 2 else int(digit)
    return total % 10 == 0


def iban(text: str) -> bool:
    """The format and the check digits of a bank account number, spaces aside.

    >>> iban("BE68 5390 0754 7034"), iban("BE69 5390 0754 7034")
    (True, False)
    """
    text = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[a-zA-Z0-9]{0,30}", text):
        return False
    turned = text[4:] + text[:4]
    # Letters count from A = 10; small letters follow the official formula, which does not fold them.
    number = "".join(str(ord(char) - 55) if ord(char) > 64 else char for char in turned)
    return int(number) % 97 == 1


def dutch(pattern: str):
    """A check against a pattern as a whole."""
    compiled = re.compile(pattern)
    return lambda text: bool(compiled.fullmatch(text))
