# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long documents are kept, and the chain that proves that none was changed."""

from datetime import date
from hashlib import sha256

# Article 60 of the VAT Code, as changed by the law of 20 November 2022: from 1 January of the following year
YEARS = 10


def keep_until(day):
    """The last day on which a document of a day has to be kept.

    >>> keep_until(date(2026, 1, 1)), keep_until(date(2026, 12, 31))
    (datetime.date(2036, 12, 31), datetime.date(2036, 12, 31))
    """
    return date(day.year + YEARS, 12, 31)


def expired_before(today):
    """Documents of days before this one need no longer be kept.

    >>> expired_before(date(2036, 12, 31)), expired_before(date(2037, 1, 1))
    (datetime.date(2026, 1, 1), datetime.date(2027, 1, 1))
    >>> keep_until(date(2026, 12, 31)) < date(2037, 1, 1)
    True
    """
    return date(today.year - YEARS, 1, 1)


def link(previous, *facts):
    """The digest of one document's facts and of the digest before it, in hexadecimal digits.

    >>> one = link("", "a", "b")
    >>> link(one, "c") == link(one, "c"), link(one, "c") == link("", "c"), link("", "ab") == link("", "a", "b")
    (True, False, False)
    """
    parts = [previous, *(str(fact or "") for fact in facts)]
    return sha256(b"".join(b"%d:%s," % (len(part), part) for part in (text.encode() for text in parts))).hexdigest()
