# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which supplied values may an update write? A three-way comparison, field by field.

* the *baseline*: what the last release supplied,
* the *current* value in the database,
* the *offered* value of the new release.

A field that still holds its baseline was left alone by the users: the release may change it. A field that differs
from its baseline was corrected by somebody who knows better: it stays, whatever the release says. So nobody has to
mark a record as "mine", and setting a value back to the supplied one makes it follow the releases again.
"""


def corrected(baseline, current):
    """Return the names of the fields that users have changed since they were supplied, in the baseline's order.

    >>> corrected({"rate": 0.45, "rate_max": 0.45}, {"rate": 0.5, "rate_max": 0.45})
    ['rate']
    """
    return [name for name, value in baseline.items() if name in current and current[name] != value]


def to_write(baseline, current, offered, blank=None):
    """Return the set of field names of `offered` that the update may write.

    :param dict baseline: last supplied values; a field that was never supplied is absent
    :param dict current: values in the database, for each name in `offered`
    :param dict offered: values that the new release supplies
    :param dict blank: the value that a field has on an untouched new record; absent names are blank when falsy

    >>> sorted(to_write({"rate": 0.45, "max": 7500}, {"rate": 0.5, "max": 7500}, {"rate": 0.4, "max": 8000}))
    ['max']

    A field that the release supplies for the first time is filled where it is still blank:

    >>> sorted(to_write({}, {"note": False, "status": "open"}, {"note": "New", "status": "closed"}, {"status": "open"}))
    ['note', 'status']
    >>> to_write({}, {"note": "Ours"}, {"note": "New"})
    set()
    """
    blank = blank or {}

    def untouched(name):
        if name in baseline:
            return current[name] == baseline[name]
        return not current[name] or current[name] == blank.get(name)

    return {name for name, value in offered.items() if current[name] != value and untouched(name)}
