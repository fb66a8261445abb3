# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can be wrong with a whole file, and with one value."""


class ReadError(ValueError):
    """A file that cannot be read. ``code`` says why, ``details`` (dict) what the message needs.

    Codes: ``empty``, ``binary``, ``old_excel``, ``not_a_table``, ``damaged``, ``truncated`` (expected, found),
    ``encrypted``, ``too_large`` (limit, MB), ``bomb``, ``entities``, ``formulas`` (count), ``no_sheet`` (name, names),
    ``long_cell`` (line), ``encoding`` (encoding), ``header`` (line), ``too_many_rows`` (limit).
    """

    def __init__(self, code, **details):
        super().__init__(f"{code} {details}" if details else code)
        self.code = code
        self.details = details


class CellError(ValueError):
    """A value that is not what its column holds. ``code``: ``number``, ``ambiguous``, ``date``, ``flag``, ``excel``."""

    def __init__(self, code, value):
        super().__init__(f"{code}: {value!r}")
        self.code = code
        self.value = value
