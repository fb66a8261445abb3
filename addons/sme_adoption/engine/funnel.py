# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How far a customer has come with one digital tool, and whether a mail about it is due.

The stage follows from what is known: the records of the tool (what was used and when), the mails that went out and what
people said. Whatever moves a customer back is named. What a person declined stays declined until a person says
otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

UNREACHABLE, REACHABLE, INVITED, REMINDED = "unreachable", "reachable", "invited", "reminded"
USED, REGULAR, DECLINED = "used", "regular", "declined"
#: From the bottom of the funnel to its top; who declined stands outside it.
LADDER = (UNREACHABLE, REACHABLE, INVITED, REMINDED, USED, REGULAR)
#: Days: who used it at least twice, the last time no longer ago, uses it regularly.
REGULAR_DAYS = 90

#: Why a customer moved back.
LAPSED, CORRECTED, WITHDRAWN = "lapsed", "corrected", "withdrawn"


@dataclass(frozen=True)
class Use:
    """What the records of a tool prove.

    :ivar count: how often; None where they keep only the last time (logins)
    """

    count: int | None
    first: date
    last: date


@dataclass(frozen=True)
class Known:
    """All that is known of one customer and one tool.

    :ivar obstacle: why the customer cannot use it or cannot be told of it; "" where nothing stands in the way
    :ivar uses: how often it was used
    """

    obstacle: str = ""
    uses: int = 0
    first_use: date | None = None
    last_use: date | None = None
    invited_on: date | None = None
    reminded_on: date | None = None
    declined_on: date | None = None


@dataclass(frozen=True)
class Policy:
    """Limits for mails to one customer.

    :ivar remind_after: days from the invitation to the one reminder
    :ivar pause: days between two mails about any tool
    :ivar per_year: mails about all tools together in any 365 days
    """

    remind_after: int = 14
    pause: int = 14
    per_year: int = 6


def stage_of(known: Known, today: date) -> str:
    """
    >>> stage_of(Known(obstacle="no_email"), date(2026, 3, 1))
    'unreachable'
    >>> stage_of(Known(uses=2, first_use=date(2026, 1, 1), last_use=date(2026, 2, 1)), date(2026, 3, 1))
    'regular'
    >>> stage_of(Known(uses=2, first_use=date(2026, 1, 1), last_use=date(2026, 2, 1)), date(2026, 6, 1))
    'used'
    >>> stage_of(Known(invited_on=date(2026, 2, 1), declined_on=date(2026, 2, 3)), date(2026, 3, 1))
    'declined'
    """
    if known.declined_on:
        return DECLINED
    if known.uses:
        fresh = known.last_use and known.last_use >= today - timedelta(days=REGULAR_DAYS)
        return REGULAR if known.uses >= 2 and fresh else USED
    if known.obstacle:
        return UNREACHABLE
    if known.reminded_on:
        return REMINDED
    return INVITED if known.invited_on else REACHABLE


def move(before: str | None, known: Known, today: date) -> tuple[str, str]:
    """The stage after what is known now, and why it is lower than before; "" where it is not.

    >>> move("regular", Known(uses=2, first_use=date(2025, 1, 1), last_use=date(2025, 2, 1)), date(2026, 3, 1))
    ('used', 'lapsed')
    >>> move("invited", Known(obstacle="no_email", invited_on=date(2026, 2, 1)), date(2026, 3, 1))
    ('unreachable', 'no_email')
    >>> move("reachable", Known(invited_on=date(2026, 3, 1)), date(2026, 3, 1))
    ('invited', '')

    :param before: the stage it was in; None: it is new
    """
    after = stage_of(known, today)
    if before is None or after in (before, DECLINED):
        return after, ""
    if before == DECLINED:
        return after, WITHDRAWN
    if LADDER.index(after) > LADDER.index(before):
        return after, ""
    if after == USED:
        return after, LAPSED if known.uses >= 2 else CORRECTED
    return after, known.obstacle if after == UNREACHABLE else CORRECTED


def accumulate(known: Known, seen: Use | None) -> tuple[int, date | None, date | None]:
    """Uses, first and last day after what the records show now.

    Where records keep only the last time, each new day counts once more, and what was seen stays seen.

    >>> accumulate(Known(), Use(None, date(2026, 3, 1), date(2026, 3, 1)))
    (1, datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    >>> accumulate(Known(uses=1, first_use=date(2026, 3, 1), last_use=date(2026, 3, 1)),
    ...     Use(None, date(2026, 3, 9), date(2026, 3, 9)))
    (2, datetime.date(2026, 3, 1), datetime.date(2026, 3, 9))
    """
    if seen is None:
        return 0, None, None
    if seen.count is not None:
        return seen.count, seen.first, seen.last
    if known.last_use and seen.last <= known.last_use:
        return known.uses, known.first_use, known.last_use
    return known.uses + 1, known.first_use or seen.first, seen.last


def may_mail(mailed: Iterable[date], policy: Policy, today: date) -> bool:
    """Whether the limits allow a customer one more mail today.

    >>> may_mail([date(2026, 3, 1)], Policy(pause=14), date(2026, 3, 14))
    False
    >>> may_mail([date(2026, 3, 1)], Policy(pause=14), date(2026, 3, 15))
    True

    :param mailed: days of all mails to the customer, about whichever tool
    """
    mailed = list(mailed)
    if any(day > today - timedelta(days=policy.pause) for day in mailed):
        return False
    return sum(day > today - timedelta(days=365) for day in mailed) < policy.per_year


def due(known: Known, mailed: Iterable[date], policy: Policy, today: date) -> str | None:
    """Which mail is due: "invite", "remind" or None. There is one reminder, and nobody is mailed who uses the tool,
    declined it or cannot be reached.

    >>> due(Known(), [], Policy(), date(2026, 3, 1))
    'invite'
    >>> due(Known(invited_on=date(2026, 3, 1)), [date(2026, 3, 1)], Policy(), date(2026, 3, 15))
    'remind'
    """
    stage = stage_of(known, today)
    if stage not in (REACHABLE, INVITED) or not may_mail(mailed, policy, today):
        return None
    if stage == REACHABLE:
        return "invite"
    return "remind" if known.invited_on <= today - timedelta(days=policy.remind_after) else None
