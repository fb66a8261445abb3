# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os

from odoo import models
from odoo.tools import format_datetime

from ..tools.report_sheet import write

_BATCH = 1000


class SmeImport(models.Model):
    _inherit = "sme.import"

    def _report_name(self):
        base = os.path.splitext(self.file_name or self.name or "import")[0]
        return self.env._("%s - report.xlsx", base)

    def _report(self):
        """Return the bytes of a workbook with every row of the file: what became of it, why, and what stood in it."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        facts = [
            (self.env._("File"), self.file_name or ""),
            (self.env._("Company"), self.company_id.name),
            (self.env._("Recognised as"), self.recognised or ""),
            (self.env._("State"), states[self.state]),
            (self.env._("Started"), format_datetime(self.env, self.started_at) if self.started_at else ""),
            (self.env._("Finished"), format_datetime(self.env, self.finished_at) if self.finished_at else ""),
            (self.env._("Rows in the file"), str(self.row_count)),
            (self.env._("In"), str(self.in_count)),
            (self.env._("Not in"), str(self.row_count - self.in_count)),
        ]
        titles = self.column_ids.sorted("position").mapped("title")
        headings = [
            self.env._("Line"),
            self.env._("Result"),
            self.env._("Row"),
            self.env._("Remarks"),
            self.env._("Verdict"),
            self.env._("What to do"),
            *titles,
        ]
        return write(self.env._("Report"), facts, headings, self._report_rows())

    def _report_rows(self):
        rows = self.env["sme.import.row"]
        words = {
            name: dict(rows._fields[name]._description_selection(self.env)) for name in ("state", "verdict", "action")
        }
        last = 0
        while True:
            batch = rows.search([("import_id", "=", self.id), ("id", ">", last)], order="id", limit=_BATCH)
            if not batch:
                return
            for row in batch:
                yield [
                    str(row.line),
                    words["state"][row.state],
                    row.label or "",
                    (row.remarks or "").replace("\n", " · "),
                    words["verdict"][row.verdict],
                    words["action"][row.action],
                    *("" if value is None else str(value) for value in row.raw or []),
                ]
            last = batch[-1].id
            # memory stays bounded, whatever the size of the file
            batch.invalidate_recordset()
