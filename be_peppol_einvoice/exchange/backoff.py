# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When to try again, and when to stop."""

from datetime import timedelta

# Minutes before each next attempt: quick at first, for a hiccup; then long enough to outlast a night's maintenance
WAITS = (1, 5, 15, 60, 120, 240, 480, 720)
# After these many attempts (about 27 hours) someone has to look: the customer waits for his invoice
LIMIT = len(WAITS) + 1
# Seconds before each question about a document that was taken over, the last one repeated: most arrive at once
CHECKS = (0, 10, 60, 120, 300, 900, 1800, 3600, 10800)
# A document on its way for so long has no proof of delivery; BOSA asks to investigate after one working day
OVERDUE = timedelta(days=3)
# For so long after the delivery the status of the receiver's access point (MLS) is waited for
STATUS_WITHIN = timedelta(days=3)


def wait(attempts, key, retry_after=None):
    """How long to wait after the given number of attempts; None if there is to be no further one.

    :param key: spreads the waits of documents that failed together over a tenth of the time, always alike
    :param retry_after: seconds that the access point asked for

    >>> wait(1, "a" * 64) < timedelta(minutes=2), wait(LIMIT, "a" * 64) is None
    (True, True)
    >>> wait(1, "0" * 64, retry_after=7200)
    datetime.timedelta(seconds=7200)
    """
    if attempts >= LIMIT:
        return None
    seconds = WAITS[max(attempts, 1) - 1] * 60
    seconds += seconds * (int(key[:4], 16) % 100) // 1000
    return timedelta(seconds=max(seconds, retry_after or 0))


def check(times):
    """How long to wait before asking again what became of a document, after it was asked a number of times.

    >>> check(0), check(100)
    (datetime.timedelta(0), datetime.timedelta(seconds=10800))
    """
    return timedelta(seconds=CHECKS[min(times, len(CHECKS) - 1)])
