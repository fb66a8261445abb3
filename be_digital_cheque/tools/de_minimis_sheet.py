# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The register of de minimis aid as a spreadsheet whose totals are live formulas."""

from io import BytesIO

import xlsxwriter

COLUMNS = (14, 34, 34, 30, 20, 16, 12)
FIRST_ROW = 8


def sheet(labels, facts, rows):
    """Return the bytes of an xlsx file.

    :param labels: dict of texts in the reader's language: ``title``, ``undertaking``, ``enterprises``, ``day``,
        ``ceiling``, ``counted``, ``room``, ``columns`` (seven headings) and ``counts`` (heading of the last column).
    :param facts: dict with ``undertaking``, ``enterprises`` (texts), ``day`` and ``window_start`` (dates) and
        ``ceiling`` (a number of euros, or None where no rules are known).
    :param rows: iterable of ``(date, enterprise, aid, authority, decision number, state, amount, counts)``; ``counts``
        tells whether the row is granted general de minimis aid. Only such rows within the three years are summed.
    """
    rows = list(rows)
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(labels["title"][:31])
    title = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True})
    heading = book.add_format({"bold": True, "bg_color": "#E7E9ED", "bottom": 1, "text_wrap": True})
    euros = book.add_format({"num_format": "#,##0.00 €"})
    bold_euros = book.add_format({"num_format": "#,##0.00 €", "bold": True})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
    for column, width in enumerate(COLUMNS):
        page.set_column(column, column, width)

    page.write_string(0, 0, labels["title"], title)
    page.write_string(1, 0, labels["undertaking"], bold)
    page.write_string(1, 1, facts["undertaking"])
    page.write_string(2, 0, labels["enterprises"], bold)
    page.write_string(2, 1, facts["enterprises"])
    page.write_string(3, 0, labels["day"], bold)
    page.write_datetime(3, 1, facts["day"], day)
    page.write_string(3, 2, labels["window_start"], bold)
    page.write_datetime(3, 3, facts["window_start"], day)
    last = FIRST_ROW + max(len(rows), 1)
    counted = sum(row[6] for row in rows if row[7] and facts["window_start"] <= row[0] <= facts["day"])
    page.write_string(4, 0, labels["counted"], bold)
    page.write_formula(
        4,
        1,
        f'=SUMIFS(G{FIRST_ROW + 1}:G{last},H{FIRST_ROW + 1}:H{last},1,A{FIRST_ROW + 1}:A{last},">="&D4,'
        f'A{FIRST_ROW + 1}:A{last},"<="&B4)',
        bold_euros,
        counted,
    )
    if facts["ceiling"] is not None:
        page.write_string(4, 2, labels["ceiling"], bold)
        page.write_number(4, 3, facts["ceiling"], euros)
        page.write_string(5, 0, labels["room"], bold)
        page.write_formula(5, 1, "=MAX(0,D5-B5)", bold_euros, max(0, facts["ceiling"] - counted))

    for column, text in enumerate([*labels["columns"], labels["counts"]]):
        page.write_string(FIRST_ROW - 1, column, text, heading)
    for number, row in enumerate(rows, FIRST_ROW):
        if row[0]:
            page.write_datetime(number, 0, row[0], day)
        for column in range(1, 6):
            page.write_string(number, column, row[column] or "")
        page.write_number(number, 6, row[6], euros)
        page.write_number(number, 7, int(row[7]))
    page.autofilter(FIRST_ROW - 1, 0, last - 1, 7)
    page.freeze_panes(FIRST_ROW, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()
