# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The costs of a dossier as a spreadsheet whose totals are live formulas."""

from io import BytesIO

import xlsxwriter

WIDTHS = (12, 28, 20, 40, 14, 16, 18, 16, 40)
HEAD_ROW = 6
STATES = ("planned", "committed", "invoiced", "paid")


def sheet(labels, facts, rows):
    """Return the bytes of an xlsx file.

    :param labels: dict of texts in the reader's language: ``title``, ``dossier``, ``enterprise``, ``programme``,
        ``day``, ``note``, ``total``, ``by_state``, ``columns`` (nine headings) and ``states`` (four).
    :param facts: dict with ``dossier``, ``enterprise``, ``programme`` (texts) and ``day`` (a date).
    :param rows: list of dicts with ``date`` (or None), ``provider``, ``document``, ``name``, ``state_text``,
        ``amount``, ``eligible``, ``excluded`` (euros) and ``why``.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet(labels["title"][:31])
    title = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True})
    muted = book.add_format({"italic": True, "font_color": "#555555"})
    heading = book.add_format({"bold": True, "bg_color": "#E7E9ED", "bottom": 1, "text_wrap": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    euros = book.add_format({"num_format": "#,##0.00 €", "valign": "top"})
    total_euros = book.add_format({"num_format": "#,##0.00 €", "bold": True, "top": 1})
    total_text = book.add_format({"bold": True, "top": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)

    page.write_string(0, 0, labels["title"], title)
    for number, name in enumerate(("dossier", "enterprise", "programme"), 1):
        page.write_string(number, 0, labels[name], bold)
        page.write_string(number, 1, facts[name])
    page.write_string(4, 0, labels["day"], bold)
    page.write_datetime(4, 1, facts["day"], day)
    page.write_string(4, 3, labels["note"], muted)
    for column, label in enumerate(labels["columns"]):
        page.write_string(HEAD_ROW, column, label, heading)
    first = HEAD_ROW + 1
    for number, row in enumerate(rows, first):
        if row["date"]:
            page.write_datetime(number, 0, row["date"], day)
        for column, name in ((1, "provider"), (2, "document"), (3, "name"), (4, "state_text"), (8, "why")):
            page.write_string(number, column, row[name] or "", text)
        page.write_number(number, 5, row["amount"], euros)
        page.write_number(number, 6, row["eligible"], euros)
        page.write_formula(number, 7, f"=F{number + 1}-G{number + 1}", euros, round(row["amount"] - row["eligible"], 2))
    last = first + max(len(rows), 1) - 1
    total = last + 1
    page.write_string(total, 0, labels["total"], total_text)
    for column in range(1, 9):
        page.write_blank(total, column, None, total_text)
    for column, letter, value in (
        (5, "F", sum(row["amount"] for row in rows)),
        (6, "G", sum(row["eligible"] for row in rows)),
        (7, "H", sum(row["amount"] - row["eligible"] for row in rows)),
    ):
        page.write_formula(total, column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", total_euros, round(value, 2))
    page.write_string(total + 1, 3, labels["by_state"], muted)
    for number, label in enumerate(labels["states"]):
        line = total + 1 + number
        page.write_string(line, 4, label)
        for column, letter, name in ((5, "F", "amount"), (6, "G", "eligible")):
            page.write_formula(
                line,
                column,
                f"=SUMIFS({letter}${first + 1}:{letter}${last + 1},$E${first + 1}:$E${last + 1},$E{line + 1})",
                euros,
                round(sum(row[name] for row in rows if row["state_text"] == label), 2),
            )
    page.autofilter(HEAD_ROW, 0, last, len(WIDTHS) - 1)
    page.freeze_panes(first, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return stream.getvalue()
