# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers that pass every checksum and belong to nobody.

Plain Python: each function maps a small serial number to one fictitious number, always the same one.
"""

#: No Belgian bank holds this identification code in the list of the National Bank of Belgium.
BANK_CODE = "138"
#: The 1-series is attributed upwards from 1000.000.000 since 2023; its very end is decades away.
ENTERPRISE_PREFIX = "19999"


def mod97(number):
    """Return the check number 01…97 that Belgian account, OGM and structured numbers share.

    >>> mod97(97), mod97(98)
    (97, 1)
    """
    return number % 97 or 97


def enterprise_number(serial):
    """Return the ten digits of a fictitious enterprise number; serial is 0…999.

    >>> enterprise_number(1)
    '1999900171'
    """
    body = f"{ENTERPRISE_PREFIX}{serial:03d}"
    return f"{body}{97 - int(body) % 97:02d}"


def vat_number(serial):
    """Return the VAT number of the enterprise with that serial.

    >>> vat_number(1)
    'BE1999900171'
    """
    return f"BE{enterprise_number(serial)}"


def german_vat_number(serial):
    """Return a fictitious German VAT number (ISO 7064, mod 11,10); serial is 0…99.

    >>> german_vat_number(1)
    'DE999999018'
    """
    body = f"999999{serial:02d}"
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return f"DE{body}{(11 - product) % 10}"


def iban(serial):
    """Return a fictitious Belgian IBAN; serial is 0…9999999.

    >>> iban(1)
    'BE08138000000113'
    """
    body = f"{BANK_CODE}{serial:07d}"
    account = f"{body}{mod97(int(body)):02d}"
    check = 98 - int(f"{account}111400") % 97  # "BE00" in digits
    return f"BE{check:02d}{account}"


def structured_communication(serial):
    """Return the OGM/VCS +++ddd/dddd/ddddd+++ whose first ten digits are the serial.

    >>> structured_communication(654)
    '+++000/0000/65472+++'
    """
    digits = f"{serial:010d}{mod97(serial):02d}"
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def phone_number(zone, serial):
    """Return a number of a Belgian zone that cannot be dialled: no subscriber number there starts with 0.

    >>> phone_number("4", 12), phone_number("87", 12)
    ('+32 4 000 00 12', '+32 87 00 00 12')
    """
    return f"+32 {zone} {'000' if len(zone) == 1 else '00'} 00 {serial:02d}"
