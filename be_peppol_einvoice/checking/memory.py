# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked for again and again while documents are made and judged, and found out once."""

from collections import OrderedDict

#: Odoo's context key of a :class:`Known`.
KNOWN = "einvoice_known"


class Memory:
    """Validates like ``validate``, and remembers the reports on the last few documents.

    Few, because a report holds the whole document; the same bytes come back at once or never.

    >>> asked = []
    >>> memory = Memory(lambda data, on: asked.append(data) or len(data), most=1)
    >>> memory(b"abc", None), memory(b"abc", None), memory(b"d", None), memory(b"abc", None), len(asked)
    (3, 3, 1, 3, 3)
    """

    def __init__(self, validate, most=2):
        self._validate = validate
        self._most = most
        self._known = OrderedDict()

    def __call__(self, data, on):
        key = (data, on)
        if key not in self._known:
            report = self._validate(data, on=on)
            while len(self._known) >= self._most:
                self._known.popitem(last=False)
            self._known[key] = report
        return self._known[key]


class Known(dict):
    """Handed on in Odoo's context; two of them are never the same, or environments would be mixed up.

    >>> Known() == Known(), len({Known(), Known()})
    (False, 2)
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__
