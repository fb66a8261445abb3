# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What needs the user, out of what the overview has counted: the most pressing first."""

from dataclasses import dataclass, field

# A connection's state → what has to be done about it
_CONNECTION = {
    "paused": "paused",
    "rejected": "rejected",
    "out_of_sync": "reconnect",
    "not_registered": "connect",
}
# What is wrong, what waits for a decision, what can leave, what is unknown
_COUNTED = ("problems", "failed", "refused", "bills", "waiting", "unchecked")


@dataclass(frozen=True)
class Situation:
    """What the needs depend on.

    connections: dict from company (any key), the current one first, to its state: ``connected`` or ``paused`` (an
        access point of its own), else core's ``not_registered``, ``rejected``, ``out_of_sync``, ``smp_registration``,
        ``sender`` or ``receiver``
    attention: dict from ``(direction, kind of reason)`` to the number of exchanges that need attention
    counts: dict from the name of a figure (``problems``, ``failed``…) to a number of records
    invoices: the number of invoices there are at all
    """

    connections: dict
    attention: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    invoices: int = 0


@dataclass(frozen=True)
class Need:
    """One line of what needs the user; ``company`` of a connection, ``direction`` and ``reason`` of exchanges."""

    key: str
    count: int = 1
    company: object = None
    direction: str = ""
    reason: str = ""


def needs(situation):
    """The needs; never empty: where nothing is wrong there is one that says so, or what to begin with.

    Without a connection nothing else helps. Then the documents that are stuck, those to customers first, for they wait
    for their invoice; what has to be put right before it can leave, what waits for a decision, what can leave at once,
    and what is unknown.

    >>> [need.key for need in needs(Situation({1: "not_registered", 2: "paused"}, counts={"failed": 3}))]
    ['connect', 'paused', 'failed']
    >>> stuck = {("in", "no_journal"): 9, ("out", "invalid"): 1, ("out", "temporary"): 4}
    >>> [(need.direction, need.reason, need.count) for need in needs(Situation({1: "connected"}, stuck))]
    [('out', 'temporary', 4), ('out', 'invalid', 1), ('in', 'no_journal', 9)]
    >>> [(need.key, need.count) for need in needs(Situation({1: "sender"}, counts={"waiting": 2, "problems": 1}))]
    [('problems', 1), ('waiting', 2)]
    >>> [need.key for need in needs(Situation({1: "receiver"}))]
    ['first_invoice']
    >>> [need.key for need in needs(Situation({1: "smp_registration"}, invoices=1))]
    ['activation']
    >>> [need.key for need in needs(Situation({1: "connected"}, invoices=1))]
    ['nothing']
    """
    found = [
        Need(_CONNECTION[state], company=company)
        for company, state in situation.connections.items()
        if state in _CONNECTION
    ]
    stuck = sorted(situation.attention.items(), key=lambda item: (item[0][0] != "out", -item[1], item[0][1]))
    found += [Need("attention", count, direction=direction, reason=reason) for (direction, reason), count in stuck]
    found += [Need(key, situation.counts[key]) for key in _COUNTED if situation.counts.get(key)]
    if found:
        return found
    if not situation.invoices:
        return [Need("first_invoice")]
    return [Need("activation" if "smp_registration" in situation.connections.values() else "nothing")]
