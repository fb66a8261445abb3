# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Account numbers: the IBAN (ISO 13616) and the Belgian number of twelve digits that it replaced.

Lengths: SWIFT's IBAN registry.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

_LENGTHS = dict(
    pair.split(":")
    for pair in (
        "AD:24 AE:23 AL:28 AT:20 AZ:28 BA:20 BE:16 BG:22 BH:22 BR:29 BY:28 CH:21 CR:22 CY:28 CZ:24 DE:22 DK:18 DO:28"
        " EE:20 EG:29 ES:24 FI:18 FO:18 FR:27 GB:22 GE:22 GI:23 GL:18 GR:27 GT:28 HR:21 HU:28 IE:22 IL:23 IQ:23 IS:26"
        " IT:27 JO:30 KW:30 KZ:20 LB:28 LC:32 LI:21 LT:20 LU:20 LV:21 LY:25 MC:27 MD:24 ME:22 MK:19 MR:27 MT:31 MU:30"
        " NL:18 NO:15 PK:24 PL:28 PS:29 PT:25 QA:29 RO:24 RS:22 SA:24 SC:31 SE:24 SI:19 SK:24 SM:27 ST:25 SV:28 TL:23"
        " TN:24 TR:26 UA:29 VA:22 VG:24 XK:20"
    ).split()
)


def account_number(text):
    """Return ``(IBAN or None, whether it was an old Belgian number of twelve digits)``.

    The last two digits of the old number are its first ten modulo 97 (97 for 0); the IBAN keeps the twelve digits.

    >>> account_number("BE68 5390 0754 7034"), account_number("539-0075470-34"), account_number("BE68539007547035")
    (('BE68539007547034', False), ('BE68539007547034', True), (None, False))
    """
    compact = re.sub(r"(?i)^iban", "", re.sub(r"[\s.\-/:]", "", text)).upper()
    if re.fullmatch(r"[0-9]{12}", compact) and (int(compact[:10]) % 97 or 97) == int(compact[10:]):
        return f"BE{98 - int(compact + '111400') % 97:02d}{compact}", True
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]+", compact) or _LENGTHS.get(compact[:2]) != str(len(compact)):
        return None, False
    try:
        mod_97_10.validate(compact[4:] + compact[:4])
    except ValidationError:
        return None, False
    return compact, False
