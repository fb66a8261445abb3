# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which figure holds for which size of enterprise.

Sizes are those of Recommendation 2003/361/EC. A micro enterprise is a small one too, and both are SMEs: a figure
given for "small" holds for a micro enterprise unless there is one for "micro".
"""

ALL = "all"
MICRO = "micro"
SMALL = "small"
MEDIUM = "medium"
LARGE = "large"
SME = "sme"

#: For each size the sizes of which a figure holds for it, ranked from the most particular to the most general.
RANKS = {
    size: {name: rank for rank, name in enumerate(names)}
    for size, names in {
        MICRO: (MICRO, SMALL, SME, ALL),
        SMALL: (SMALL, SME, ALL),
        MEDIUM: (MEDIUM, SME, ALL),
        LARGE: (LARGE, ALL),
    }.items()
}


def for_size(figures, size):
    """Return the figures that hold for one size, as a dictionary by purpose (what the money is spent on).

    :param figures: iterable of (size, purpose, figure); purpose is "" for the general figure
    :param size: micro, small, medium or large
    :raises KeyError: when the size is none of these

    A size for which nothing is known gets an empty dictionary: unknown is not zero.

    >>> kmo = [("small", "", 0.30), ("medium", "", 0.20), ("small", "cyber", 0.45), ("medium", "cyber", 0.35)]
    >>> for_size(kmo, "micro")
    {'': 0.3, 'cyber': 0.45}
    >>> for_size(kmo, "medium")
    {'': 0.2, 'cyber': 0.35}
    >>> for_size(kmo, "large")
    {}
    >>> for_size([("all", "", 0.5), ("micro", "", 0.6)], "micro")
    {'': 0.6}
    """
    ranks = RANKS[size]
    best = {}
    for figure_size, purpose, figure in figures:
        rank = ranks.get(figure_size)
        if rank is not None and (purpose not in best or rank < best[purpose][0]):
            best[purpose] = (rank, figure)
    return {purpose: figure for purpose, (_rank, figure) in best.items()}
