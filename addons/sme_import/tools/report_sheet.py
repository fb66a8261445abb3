# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The report of an import as a spreadsheet, written row by row so that its size does not matter."""

import tempfile

import xlsxwriter

_WIDTHS = (8, 16, 34, 70)


def write(title, facts, headings, rows):
    """Return the bytes of an xlsx file; every cell is text: what looks like a formula in the data stays text.

    :param title: of the sheet.
    :param facts: list of ``(label, text)`` that stand above the table.
    :param headings: list of str.
    :param rows: iterable of lists of str, each as long as ``headings``.
    """
    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        page = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bg_color": "#E7E9ED", "bottom": 1})
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        if len(headings) > len(_WIDTHS):
            page.set_column(len(_WIDTHS), len(headings) - 1, 22)
        line = 0
        for label, text in facts:
            page.write_string(line, 0, label, bold)
            page.write_string(line, 2, text)
            line += 1
        line += 1
        for column, text in enumerate(headings):
            page.write_string(line, column, text, head)
        first = line
        for row in rows:
            line += 1
            for column, text in enumerate(row):
                if text:
                    page.write_string(line, column, text[:32767])
        page.autofilter(first, 0, max(line, first), len(headings) - 1)
        page.freeze_panes(first + 1, 0)
        book.close()
        file.seek(0)
        return file.read()
