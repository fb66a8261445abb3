# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A maturity assessment as a spreadsheet whose shares per dimension are live formulas."""

from io import BytesIO

import xlsxwriter

COLUMNS = (26, 70, 12, 16, 14, 22, 50)
FIRST_ROW = 6


def sheet(labels, rows):
    """Return the bytes of an xlsx file.

    :param labels: dict of texts in the reader's language: ``title``, ``name``, ``company``, ``result``, ``level``,
        ``caveat``, ``columns`` (seven headings) and ``share`` (heading of the shares per dimension).
    :param rows: list of ``(dimension, question, value from 0 to 1 or None, answer, source, respondent, found)``
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(labels["title"][:31])
    title = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True})
    heading = book.add_format({"bold": True, "bg_color": "#E7E9ED", "bottom": 1, "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "0.00", "valign": "top"})
    percent = book.add_format({"num_format": "0 %"})
    for column, width in enumerate(COLUMNS):
        page.set_column(column, column, width)

    page.write_string(0, 0, labels["name"], title)
    page.write_string(1, 0, labels["company"])
    page.write_string(2, 0, labels["result"], bold)
    page.write_string(2, 1, labels["level"])
    page.write_string(3, 1, labels["caveat"], wrapped)
    for column, label in enumerate(labels["columns"]):
        page.write_string(FIRST_ROW - 1, column, label, heading)
    for place, row in enumerate(rows, FIRST_ROW):
        for column, value in enumerate(row):
            if column == 2:
                if value is not None:
                    page.write_number(place, column, value, number)
            else:
                page.write_string(place, column, value, wrapped)
    last = FIRST_ROW + len(rows)
    page.write_string(last + 1, 0, labels["columns"][0], heading)
    page.write_string(last + 1, 1, labels["share"], heading)
    for place, dimension in enumerate(dict.fromkeys(row[0] for row in rows), last + 2):
        page.write_string(place, 0, dimension)
        # an empty cell is not known, and AVERAGEIF leaves it out
        page.write_formula(
            place,
            1,
            f'=IFERROR(AVERAGEIF($A${FIRST_ROW + 1}:$A${last},A{place + 1},$C${FIRST_ROW + 1}:$C${last}),"")',
            percent,
            _mean([row[2] for row in rows if row[0] == dimension]),
        )
    page.freeze_panes(FIRST_ROW, 2)
    page.fit_to_pages(1, 0)
    page.set_landscape()
    book.close()
    return stream.getvalue()


def _mean(values):
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else ""
