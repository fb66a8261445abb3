# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Size classes that change only after two consecutive years, worked out with figures missing.

Classes are numbered from the smallest (0) up. Each ceiling between two classes is crossed, in either direction, only
when two consecutive years lie on its other side. Where figures are missing a year has several possible classes; what
comes out is then the set of statuses that are still possible, exactly: each of them is reached by some figures.

>>> sorted(possible_statuses([{0}, {0}, {1}], classes=3))    # one year above: still 0
[0]
>>> sorted(possible_statuses([{0}, {1}, {2}], classes=3))    # two years above the lower ceiling, one above the upper
[1]
>>> sorted(possible_statuses([{1}], classes=3))              # what came before is unknown
[0, 1, 2]
>>> sorted(possible_statuses([{1}], classes=3, first_year=True))
[1]
"""

from itertools import product


def step(status, previous, current):
    """Return the status after a year of class ``current``, following ``status`` and a year of class ``previous``.

    >>> step(0, 0, 2), step(0, 2, 1), step(2, 0, 0)
    (0, 1, 0)
    """
    low, high = sorted((previous, current))
    return min(max(status, low), high)


def possible_statuses(years, *, classes, first_year=False, resets=()):
    """Return the set of statuses possible after ``years``.

    :param years: one set of possible classes per consecutive year, the oldest first; at least one
    :param classes: how many classes there are
    :param first_year: the first year is the enterprise's very first one, so that nothing came before it
    :param resets: positions of years that count by themselves, whatever came before
    """
    if not years or not all(years):
        raise ValueError("each year needs at least one possible class")
    # A state is (status so far, class of the last year).
    states = set(product(range(classes), repeat=2))
    for position, possible in enumerate(years):
        if position in resets or (first_year and position == 0):
            states = {(current, current) for current in possible}
        else:
            states = {(step(status, previous, current), current) for status, previous in states for current in possible}
    return {status for status, _previous in states}
