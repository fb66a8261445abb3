# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The stages of a dossier: which may follow which, and what must be known to get there.

Plain Python: the one place that decides. Facts are passed in as a mapping from name to value; what is missing is
returned by name, for the caller to say in words.
"""

IDEA = "idea"
PREPARED = "prepared"
SUBMITTED = "submitted"
INFO_ASKED = "info_asked"
GRANTED = "granted"
REFUSED = "refused"
IN_EXECUTION = "in_execution"
CLAIMED = "claimed"
PAID = "paid"
CLOSED = "closed"
WITHDRAWN = "withdrawn"

# In the order of a dossier's life.
ALL = (
    IDEA, PREPARED, SUBMITTED, INFO_ASKED, GRANTED, IN_EXECUTION, CLAIMED, PAID, CLOSED, REFUSED, WITHDRAWN,
)  # fmt: skip
# Nothing more is to be done.
OVER = (CLOSED, REFUSED, WITHDRAWN)
# The authority has the application and has not decided.
PENDING = (SUBMITTED, INFO_ASKED)
# The right to the aid exists.
AWARDED = (GRANTED, IN_EXECUTION, CLAIMED, PAID)

TRANSITIONS = {
    IDEA: (PREPARED, WITHDRAWN),
    PREPARED: (SUBMITTED, IDEA, WITHDRAWN),
    SUBMITTED: (INFO_ASKED, GRANTED, REFUSED, PREPARED, WITHDRAWN),
    INFO_ASKED: (SUBMITTED, GRANTED, REFUSED, WITHDRAWN),
    GRANTED: (IN_EXECUTION, CLAIMED, SUBMITTED, WITHDRAWN),
    IN_EXECUTION: (CLAIMED, GRANTED, WITHDRAWN),
    CLAIMED: (PAID, IN_EXECUTION, WITHDRAWN),
    PAID: (CLOSED, CLAIMED),
    CLOSED: (PAID,),
    REFUSED: (SUBMITTED,),
    WITHDRAWN: (IDEA,),
}
# The facts that a stage asks for, beyond those of the stages before it.
NEEDED = {
    PREPARED: ("version", "planned_cost"),
    SUBMITTED: ("version", "planned_cost", "applied_on"),
    INFO_ASKED: ("applied_on",),
    GRANTED: ("applied_on", "decided_on", "granted_amount"),
    REFUSED: ("applied_on", "decided_on"),
    IN_EXECUTION: ("decided_on", "granted_amount"),
    CLAIMED: ("decided_on", "granted_amount", "claimed_on"),
    PAID: ("granted_amount", "paid_on", "paid_amount"),
    CLOSED: ("paid_on", "paid_amount"),
}


def may_follow(stage, target):
    """Tell whether a dossier may go from one stage to another.

    >>> may_follow(PREPARED, SUBMITTED), may_follow(IDEA, GRANTED), may_follow(GRANTED, GRANTED)
    (True, False, True)
    """
    return stage == target or target in TRANSITIONS[stage]


def missing(target, facts):
    """Return the names of the facts that a stage asks for and that are not there (none, or zero).

    >>> missing(GRANTED, {"applied_on": "2026-01-02", "decided_on": None, "granted_amount": 0})
    ['decided_on', 'granted_amount']
    >>> missing(WITHDRAWN, {})
    []
    """
    return [name for name in NEEDED.get(target, ()) if not facts.get(name)]


def way(stage, target):
    """Return the shortest sequence of stages from one to another, both included, or None where there is none.

    >>> way(IDEA, GRANTED)
    ['idea', 'prepared', 'submitted', 'granted']
    >>> way(GRANTED, CLAIMED)
    ['granted', 'claimed']
    """
    ways = [[stage]]
    seen = {stage}
    for found in ways:
        if found[-1] == target:
            return found
        for following in TRANSITIONS[found[-1]]:
            if following not in seen:
                seen.add(following)
                ways.append([*found, following])
    return None
