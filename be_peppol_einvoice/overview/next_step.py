# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which one thing to do next, out of what the overview has counted."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Situation:
    """What the next step depends on.

    connection: ``not_registered``, ``rejected``, ``out_of_sync``, ``smp_registration``, ``sender`` or ``receiver``:
    the state of the current company's connection to Peppol. The counts are numbers of records.
    """

    connection: str
    failed: int
    waiting: int
    unchecked: int
    invoices: int
    problems: int = 0


def next_step(situation):
    """The key of the next step.

    Without a connection nothing else helps. Then what has to be put right before it can leave, what went wrong, what
    can leave at once, and what is unknown.

    >>> next_step(Situation("not_registered", failed=3, waiting=0, unchecked=2, invoices=9))
    'connect'
    >>> next_step(Situation("out_of_sync", failed=3, waiting=0, unchecked=2, invoices=9))
    'reconnect'
    >>> next_step(Situation("rejected", failed=0, waiting=0, unchecked=0, invoices=0))
    'rejected'
    >>> next_step(Situation("receiver", failed=3, waiting=1, unchecked=2, invoices=9))
    'failed'
    >>> next_step(Situation("receiver", failed=3, waiting=1, unchecked=2, invoices=9, problems=1))
    'problems'
    >>> next_step(Situation("receiver", failed=0, waiting=1, unchecked=2, invoices=9))
    'waiting'
    >>> next_step(Situation("sender", failed=0, waiting=0, unchecked=2, invoices=9))
    'unchecked'
    >>> next_step(Situation("receiver", failed=0, waiting=0, unchecked=0, invoices=0))
    'first_invoice'
    >>> next_step(Situation("smp_registration", failed=0, waiting=0, unchecked=0, invoices=1))
    'activation'
    >>> next_step(Situation("receiver", failed=0, waiting=0, unchecked=0, invoices=1))
    'nothing'
    """
    blocked = {"not_registered": "connect", "rejected": "rejected", "out_of_sync": "reconnect"}
    if situation.connection in blocked:
        return blocked[situation.connection]
    for key in ("problems", "failed", "waiting", "unchecked"):
        if getattr(situation, key):
            return key
    if not situation.invoices:
        return "first_invoice"
    return "activation" if situation.connection == "smp_registration" else "nothing"
