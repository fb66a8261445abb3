# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The code lists, read from tables/codes.txt when first asked for."""

from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


@cache
def _lists() -> dict[str, str]:
    lists = {}
    name = None
    for line in (TABLES / "codes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line[:1] != " ":
            name = line.rstrip(":")
            lists[name] = ""
        else:
            lists[name] += line
    return lists


@cache
def codes(name: str) -> frozenset[str]:
    """The codes of one list.

    >>> "EUR" in codes("iso4217")
    True
    >>> sorted(codes("untdid2005"))
    ['3', '35', '432']
    """
    return frozenset(_lists()[name].split())


@cache
def pieces(name: str, length: int) -> frozenset[str]:
    """Every text of at most ``length`` characters that stands somewhere in the list written with single spaces.

    Some official rules search the list as one text, so that a part of a code passes as well.

    >>> "BE" in pieces("vat_prefix", 2), "B" in pieces("vat_prefix", 2), "be" in pieces("vat_prefix", 2)
    (True, True, False)
    """
    text = " " + " ".join(_lists()[name].split()) + " "
    return frozenset(text[start : start + size] for size in range(length + 1) for start in range(len(text) - size + 1))


def words(text: str) -> frozenset[str]:
    """The words of a text as a set, for short lists that stand in the code.

    >>> sorted(words("S Z E"))
    ['E', 'S', 'Z']
    """
    return frozenset(text.split())
