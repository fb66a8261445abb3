# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the cells of a row to the values of its targets."""

from . import cells, targets
from .dialects import meaning
from .errors import CellError

#: Rows from which the style of numbers and dates is learnt.
LEARN_FROM = 2000


def styles(rows, mapping, kind):
    """Return ``{target: Style}`` as learnt from ``rows`` (lists of values) with ``mapping`` (target or "" per column).

    Columns of amounts learn from each other: one file has one decimal sign.
    """
    how = {target.code: target.read for target in targets.OF_KIND[kind]}
    columns = {code: place for place, code in enumerate(mapping) if how.get(code) in ("number", "date")}
    values = {code: [] for code in columns}
    for row in rows:
        for code, place in columns.items():
            if place < len(row):
                values[code].append(row[place])
    numbers = [value for code, column in values.items() if how[code] == "number" for value in column]
    dates = [value for code, column in values.items() if how[code] == "date" for value in column]
    number, date = cells.learn(numbers), cells.learn(dates)
    return {code: number if how[code] == "number" else date for code in columns}


def read(row, mapping, kind, verdict, *, styles=None, dialect=None):
    """Return ``{target: value}`` of a row: text, Decimal, date or bool; what cannot be read is noted in ``verdict``.

    A row that is wider than the header is refused: most often a separator stands inside a text.
    """
    how = {target.code: target.read for target in targets.OF_KIND[kind]}
    if any(str(value).strip() for value in row[len(mapping) :] if value is not None):
        verdict.refuse("too_wide")
    found = {}
    for code, value in zip(mapping, row, strict=False):
        if not code:
            continue
        style = (styles or {}).get(code, cells.Style())
        try:
            if how[code] == "number":
                found[code] = cells.number(value, style)
            elif how[code] == "date":
                found[code] = cells.date(value, style)
            elif how[code] == "flag":
                found[code] = cells.flag(value)
            else:
                found[code] = cells.text(meaning(dialect, code, cells.text(value)))
        except CellError as error:
            if how[code] == "flag":
                verdict.note("cell_flag", column=code, value=error.value)
            else:
                verdict.refuse(f"cell_{error.code}", column=code, value=error.value)
    return found
