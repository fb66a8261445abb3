# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was measured, what that means, what became of it: a weakness opens when seen and closes when it is gone.

The thresholds are this project's own. The ids of controls that the checks name are those of CyberFundamentals (Centre
for Cybersecurity Belgium); nothing here is its wording, and no result claims its approval.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

OK, WEAK, UNKNOWN = "ok", "weak", "unknown"

HIGH, MEDIUM = "high", "medium"
RED, AMBER, GREEN, GREY = "red", "amber", "green", "grey"

MIN_PASSWORD = 12
MAX_IDLE = timedelta(hours=24)
STALE_AFTER = timedelta(days=90)
BACKUP_EVERY = timedelta(hours=26)
#: So many administrators never are too many: one, and one for when the other is ill.
FEW_ADMINISTRATORS = 2


@dataclass(frozen=True)
class Outcome:
    """
    :ivar status: OK, WEAK or UNKNOWN
    :ivar values: what the texts of the check name
    """

    status: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """
    :ivar status: of the last measurement
    :ivar opened_on: day on which the weakness was first seen, or None
    :ivar closed_on: day on which it was gone, or None while it is open
    """

    status: str = UNKNOWN
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def is_open(self):
        return self.opened_on is not None and self.closed_on is None


def follow(before: Standing, outcome: Outcome, day: date) -> Standing:
    """What a measurement makes of what was known.

    >>> seen = follow(Standing(), Outcome(WEAK), date(2026, 3, 1))
    >>> seen.is_open, seen.opened_on.day
    (True, 1)
    >>> follow(seen, Outcome(UNKNOWN), date(2026, 3, 2)).is_open  # not known is not mended
    True
    >>> mended = follow(seen, Outcome(OK), date(2026, 3, 3))
    >>> mended.is_open, mended.closed_on.day
    (False, 3)
    >>> follow(mended, Outcome(WEAK), date(2026, 3, 9)).opened_on.day  # a new one
    9
    """
    if outcome.status == WEAK and not before.is_open:
        return Standing(WEAK, day, None)
    if outcome.status == OK and before.is_open:
        return Standing(OK, before.opened_on, max(day, before.opened_on))
    return Standing(outcome.status, before.opened_on, before.closed_on)


def light(findings: Iterable[tuple[str, str]]) -> str:
    """One light for all findings.

    >>> light([(WEAK, HIGH), (OK, MEDIUM)]), light([(WEAK, MEDIUM)]), light([(OK, HIGH), (UNKNOWN, HIGH)])
    ('red', 'amber', 'amber')
    >>> light([(OK, HIGH)]), light([])
    ('green', 'grey')

    :param findings: (status, severity) of each
    """
    findings = list(findings)
    if not findings:
        return GREY
    if (WEAK, HIGH) in findings:
        return RED
    return GREEN if all(status == OK for status, _severity in findings) else AMBER


def share(part: int, total: int, **more) -> Outcome:
    """Weak as soon as one of a number falls short.

    >>> share(1, 5).status, share(0, 5).status, share(0, 0).status
    ('weak', 'ok', 'unknown')
    """
    status = UNKNOWN if not total else WEAK if part else OK
    return Outcome(status, {"part": part, "total": total, **more})


def administrators(count: int, total: int) -> Outcome:
    """A tenth of the users, but two in any case.

    >>> [administrators(count, total).status for count, total in ((2, 3), (3, 12), (3, 30))]
    ['ok', 'weak', 'ok']
    """
    return Outcome(WEAK if count > max(FEW_ADMINISTRATORS, total // 10) else OK, {"part": count, "total": total})


def password_length(length: int) -> Outcome:
    """
    >>> password_length(8).status, password_length(12).status
    ('weak', 'ok')
    """
    return Outcome(WEAK if length < MIN_PASSWORD else OK, {"length": length, "wanted": MIN_PASSWORD})


def idle_time(seconds: int) -> Outcome:
    """How long a session lives that nobody uses.

    >>> idle_time(7 * 86400).values["hours"], idle_time(7 * 86400).status, idle_time(8 * 3600).status
    (168, 'weak', 'ok')
    """
    return Outcome(WEAK if timedelta(seconds=seconds) > MAX_IDLE else OK, {"hours": round(seconds / 3600)})


def address(url: str) -> Outcome:
    """
    >>> address("https://erp.example.com").status, address("http://10.0.0.4:8069").status, address("").status
    ('ok', 'weak', 'unknown')
    """
    if not url:
        return Outcome(UNKNOWN, {"url": ""})
    return Outcome(OK if url.lower().startswith("https://") else WEAK, {"url": url})


def backup(last: datetime | None, now: datetime) -> Outcome:
    """A backup that never reported itself is not known; one that stopped is a weakness.

    >>> backup(None, datetime(2026, 3, 5)).status
    'unknown'
    >>> backup(datetime(2026, 3, 4, 12), datetime(2026, 3, 5)).status
    'ok'
    >>> backup(datetime(2026, 3, 1), datetime(2026, 3, 5)).values["days"]
    4
    """
    if last is None:
        return Outcome(UNKNOWN, {"days": 0})
    return Outcome(WEAK if now - last > BACKUP_EVERY else OK, {"days": max((now - last).days, 0)})


def is_stale(last_login: datetime | None, created: datetime, now: datetime) -> bool:
    """Whether a user has not logged in for so long that nobody would miss the account; new ones are given time.

    >>> now = datetime(2026, 6, 1)
    >>> is_stale(None, datetime(2026, 5, 20), now), is_stale(None, datetime(2026, 1, 1), now)
    (False, True)
    """
    return now - max(last_login or created, created) > STALE_AFTER
