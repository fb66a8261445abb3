# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long things hold: the support of an operating system, and what somebody declared."""

from datetime import date

ENDED, SOON, SUPPORTED, UNKNOWN = "ended", "soon", "supported", "unknown"
WARN_DAYS = 180
EXPIRES_SOON_DAYS = 30


def state(end: date | None, day: date, warn_days: int = WARN_DAYS) -> str:
    """
    >>> end = date(2025, 10, 14)
    >>> [state(end, date(*day)) for day in ((2025, 1, 1), (2025, 6, 1), (2025, 10, 14), (2025, 10, 15))]
    ['supported', 'soon', 'soon', 'ended']
    >>> state(None, date(2025, 1, 1))
    'unknown'

    :param end: last day on which it holds; None: nobody said
    """
    if end is None:
        return UNKNOWN
    if end < day:
        return ENDED
    return SOON if (end - day).days <= warn_days else SUPPORTED


def telework(second_factor: str, https: str, home_devices: list[str], declared: bool) -> list[tuple[str, str]]:
    """What working from home without a VPN needs, each with its status: ok, weak or unknown.

    >>> telework("ok", "ok", ["supported", "soon"], True)
    [('second_factor', 'ok'), ('https', 'ok'), ('devices', 'ok'), ('disconnect', 'ok')]
    >>> telework("ok", "weak", [], False)[2:]
    [('devices', 'unknown'), ('disconnect', 'unknown')]

    :param second_factor: status of that check
    :param https: status of that check
    :param home_devices: states of the devices that are used at home
    :param declared: whether the arrangement on working hours at home is declared and still holds
    """
    if ENDED in home_devices:
        devices = "weak"
    elif not home_devices or UNKNOWN in home_devices:
        devices = "unknown"
    else:
        devices = "ok"
    return [
        ("second_factor", second_factor),
        ("https", https),
        ("devices", devices),
        ("disconnect", "ok" if declared else "unknown"),
    ]
