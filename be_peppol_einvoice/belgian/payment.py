# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""BE-PAY: the structured communication and the bank account."""

import re

from ..en16931.identifiers import iban

_OGM = re.compile(r"\s*(\+{3}|\*{3})\s*(\d{3})\s*/\s*(\d{4})\s*/\s*(\d{5})\s*(\+{3}|\*{3})\s*")
#: Payment means (UNCL4461) of which the account is an IBAN: SEPA credit transfer, and transfers in general.
_TRANSFERS = ("30", "31", "42", "57", "58")


def ogm_digits(text: str | None) -> str | None:
    """The twelve digits of a structured communication, right or wrong; None for any other reference.

    >>> ogm_digits("+++000/0000/65472+++"), ogm_digits("***000/0000/65472***"), ogm_digits("INV/2026/00001")
    ('000000065472', '000000065472', None)
    """
    match = _OGM.fullmatch(text or "")
    return "".join(match.group(2, 3, 4)) if match else None


def ogm_right(digits: str) -> bool:
    """Whether the last two of twelve digits are the first ten modulo 97 (97 for zero).

    >>> ogm_right("000000065472"), ogm_right("000000065473"), ogm_right("000000009797"), ogm_right("000000009700")
    (True, False, True, False)
    """
    return (int(digits[:10]) % 97 or 97) == int(digits[10:])


def ogm(base: int) -> str:
    """The structured communication of a number of at most ten digits.

    >>> ogm(654)
    '+++000/0000/65472+++'
    """
    text = f"{base:010}{base % 97 or 97:02}"
    return f"+++{text[:3]}/{text[3:7]}/{text[7:]}+++"


def belgian_account(text: str) -> bool:
    """Whether a Belgian IBAN has the right length and both pairs of check digits.

    >>> belgian_account("BE68 5390 0754 7034"), belgian_account("BE68539007547035"), belgian_account("BE6853900754703")
    (True, False, False)
    """
    bare = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"BE\d{14}", bare) or not iban(bare):
        return False
    return (int(bare[4:14]) % 97 or 97) == int(bare[14:])


def _accounts(invoice):
    for payment in invoice.payments:
        if payment.account and (payment.means_code or "").strip() in _TRANSFERS:
            bare = re.sub(r"\s", "", payment.account).upper()
            if re.match(r"[A-Z]{2}\d{2}", bare):
                yield payment, bare


def wrong_communication(invoice, context):
    for payment in invoice.payments:
        number = ogm_digits(payment.reference)
        if number and not ogm_right(number):
            yield {"value": payment.reference.strip(), "expected": ogm(int(number[:10]))}, payment, "reference"


def other_communication(invoice, context):
    """Compared without the signs around structured communications, and without spaces."""
    expected = context.payment_reference
    if not expected:
        return
    for payment in invoice.payments:
        if payment.reference and _bare(payment.reference) != _bare(expected):
            yield {"value": payment.reference.strip(), "expected": expected}, payment, "reference"


def _bare(reference: str) -> str:
    return ogm_digits(reference) or re.sub(r"\s", "", reference)


def wrong_belgian_account(invoice, context):
    for payment, account in _accounts(invoice):
        if account.startswith("BE") and not belgian_account(account):
            yield {"value": payment.account.strip()}, payment, "account"


def wrong_foreign_account(invoice, context):
    for payment, account in _accounts(invoice):
        if not account.startswith("BE") and (payment.means_code or "").strip() == "58" and not iban(account):
            yield {"value": payment.account.strip()}, payment, "account"


RULES = {
    "BE-PAY-01": wrong_communication,
    "BE-PAY-02": other_communication,
    "BE-PAY-03": wrong_belgian_account,
    "BE-PAY-04": wrong_foreign_account,
}
