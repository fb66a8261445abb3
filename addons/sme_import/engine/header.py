# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where the table starts in a file, and the names of its columns."""

import re

#: Lines that are looked at for the header: titles, dates and addresses often stand above it.
DEPTH = 30


def filled(values):
    """Return how many values are not empty."""
    return sum(1 for value in values if value is not None and str(value).strip())


def _names(values):
    """Tell whether all that is filled could be a column's name."""
    return all(
        isinstance(value, str) and not re.fullmatch(r"[\s\d.,;:/+€%()-]*", value)
        for value in values
        if value is not None and str(value).strip()
    )


def find(lines):
    """Return the index of the header among the first ``lines`` (lists of values): full, and of words only.

    >>> find([["Klantenlijst", ""], ["", ""], ["Nummer", "Naam"], ["1", "Jansens"]])
    2
    >>> find([["1", "Jansens"], ["2", "Peeters"]])
    0
    """
    most = max((filled(line) for line in lines), default=0)
    for index, line in enumerate(lines):
        if filled(line) and filled(line) >= max(1, 0.6 * most) and _names(line):
            return index
    return next((index for index, line in enumerate(lines) if filled(line)), 0)


def titles(values):
    """Return a name for each column: none is empty or there twice; empty columns at the end are left off.

    >>> titles(["Naam", None, " Naam ", 2024, ""])
    ['Naam', '#2', 'Naam (2)', '2024']
    """
    values = list(values)
    while values and not filled(values[-1:]):
        values.pop()
    found = []
    for place, value in enumerate(values, 1):
        name = " ".join(str(value).split()) if value is not None else ""
        name = name or f"#{place}"
        count = 2
        base = name
        while name in found:
            name = f"{base} ({count})"
            count += 1
        found.append(name)
    return found
