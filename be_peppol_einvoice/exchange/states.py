# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The states of an exchange, and the only place that says which may follow which.

Submitted: the access point has the document. Delivered: there is proof that the receiver's access point has it.
Accepted and rejected: what the buyer answered. Attention: someone has to do something; the exchange says why.
"""

OUT, IN = "out", "in"

_OUTGOING = {
    "prepared": {"submitted": "submitted", "put_off": "retrying", "fail": "attention", "close": "closed"},
    "retrying": {
        "submitted": "submitted",
        "put_off": "retrying",
        "fail": "attention",
        "again": "prepared",
        "close": "closed",
    },
    "submitted": {
        "delivered": "delivered",
        "fail": "attention",
        "accepted": "accepted",
        "rejected": "rejected",
    },
    # the receiver's access point may say afterwards that it could not hand the document over
    "delivered": {"accepted": "accepted", "rejected": "rejected", "fail": "attention"},
    "attention": {
        "again": "prepared",
        "delivered": "delivered",
        "accepted": "accepted",
        "rejected": "rejected",
        "close": "closed",
    },
    # a buyer may change his mind in both directions: the last answer counts
    "accepted": {"accepted": "accepted", "rejected": "rejected"},
    "rejected": {"accepted": "accepted", "rejected": "rejected"},
    "closed": {"again": "prepared"},
}
_INCOMING = {
    "received": {"imported": "imported", "noted": "noted", "duplicate": "duplicate", "fail": "attention"},
    "attention": {"again": "received", "imported": "imported", "close": "closed"},
    "duplicate": {"again": "received"},
    "imported": {"answered": "answered", "again": "received"},
    "answered": {"answered": "answered"},
    # an answer of a customer, or a status, that was written down where it belongs
    "noted": {},
    "closed": {"again": "received"},
}
TRANSITIONS = {OUT: _OUTGOING, IN: _INCOMING}
START = {OUT: ("prepared", "submitted"), IN: ("received",)}
# waiting for a worker
DUE = {OUT: ("prepared", "retrying"), IN: ("received",)}
# Core's ``peppol_move_state`` of what left. AB, AP and RE are the buyer's answers that a later core writes there, with
# its own add-on for responses.
CORE_SENT = ("processing", "done", "AB", "AP", "RE")
# the receiver may have the document already
GONE = ("submitted", "delivered", "accepted", "rejected")


class NotAllowed(ValueError):
    """A step that cannot follow the state."""


def after(direction, state, step):
    """The state that follows.

    :raises NotAllowed: if the step cannot follow

    >>> after("out", "prepared", "submitted"), after("out", "submitted", "delivered")
    ('submitted', 'delivered')
    >>> after("out", "delivered", "again")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    NotAllowed: out: delivered, again
    """
    try:
        return TRANSITIONS[direction][state][step]
    except KeyError:
        raise NotAllowed(f"{direction}: {state}, {step}") from None


def allows(direction, state, step):
    """Whether a step can follow.

    >>> allows("in", "attention", "again"), allows("in", "imported", "close")
    (True, False)
    """
    return step in TRANSITIONS.get(direction, {}).get(state, {})


def core_state(state):
    """Core's ``peppol_move_state`` that belongs to an outgoing exchange's state.

    Core's "done" says that the document arrived; core has no word for a buyer's rejection.

    >>> [core_state(state) for state in ("prepared", "retrying", "submitted", "delivered", "rejected", "attention")]
    ['processing', 'processing', 'processing', 'done', 'done', 'error']
    >>> core_state("closed")
    False
    """
    if state in ("prepared", "retrying", "submitted"):
        return "processing"
    if state in ("delivered", "accepted", "rejected"):
        return "done"
    return "error" if state == "attention" else False


def next_outgoing_state(peppol_move_state):
    """The step that follows for an exchange over core's own path from core's state of the document.

    For AB, AP and RE see :data:`CORE_SENT`.

    >>> [next_outgoing_state(state) for state in ("done", "error", "processing", "to_send", False)]
    ['delivered', 'fail', None, None, None]
    >>> [next_outgoing_state(state) for state in ("AB", "AP", "RE")]
    ['delivered', 'accepted', 'rejected']
    """
    steps = {"done": "delivered", "error": "fail", "AB": "delivered", "AP": "accepted", "RE": "rejected"}
    return steps.get(peppol_move_state)
