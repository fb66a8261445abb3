# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import tempfile
import zipfile
from base64 import b64decode
from contextlib import suppress

import xlsxwriter

from odoo import api, fields, models

from ..en16931.source import Unreadable
from ..exchange import envelope

BATCH = 100


class PeppolArchiveZip(models.AbstractModel):
    """The zip file of an export: made on disk, so that its size does not matter."""

    _name = "peppol.archive.zip"
    _description = "Zip file of exchanged e-invoices"

    @api.model
    def _write(self, target, domain):
        """Write the documents of a domain, which the current user may read, and their index.

        :param target: a binary file that can be written
        """
        columns = self._columns()
        with (
            tempfile.NamedTemporaryFile(suffix=".xlsx") as index,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            # row by row to the disk
            book = xlsxwriter.Workbook(index.name, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            for column, title in enumerate(columns):
                sheet.write_string(0, column, title, bold)
            row, last = 0, 0
            while True:
                batch = self.env["peppol.exchange"].search([*domain, ("id", ">", last)], order="id", limit=BATCH)
                for exchange in batch:
                    row += 1
                    folder = f"{exchange.create_date:%Y-%m}/{exchange.id}"
                    names = self._write_files(archive, folder, exchange)
                    for column, value in enumerate([*(value(exchange) for value in columns.values())]):
                        sheet.write(row, column, value)
                    sheet.write_string(row, len(columns), ", ".join(names))
                if len(batch) < BATCH:
                    break
                last = batch[-1].id
                self.env.invalidate_all()
            sheet.write_string(0, len(columns), self.env._("Files"), bold)
            book.close()
            archive.write(index.name, "index.xlsx")

    @api.model
    def _write_files(self, archive, folder, exchange):
        xml = exchange.attachment_id.raw or b""
        names = [f"{folder}/{exchange.attachment_id.name or 'document.xml'}"]
        archive.writestr(names[0], xml)
        pdf = self._pdf(exchange, xml)
        if pdf:
            names.append(names[0].removesuffix(".xml") + ".pdf")
            archive.writestr(names[1], pdf)
        return names

    @api.model
    def _pdf(self, exchange, xml):
        """The PDF that travelled in the document, else the one that Odoo made of it."""
        with suppress(Unreadable, ValueError):
            for element in envelope.embedded_pdfs(xml):
                return b64decode(element)
        return exchange.move_id.invoice_pdf_report_id.raw

    @api.model
    def _columns(self):
        """dict from title to what stands in the column."""
        labels = {
            name: dict(self.env["peppol.exchange"]._fields[name]._description_selection(self.env))
            for name in ("direction", "kind", "state")
        }

        def text(value):
            # what came from outside must not become a formula
            return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value or ""

        return {
            self.env._("Exchanged on"): lambda one: fields.Datetime.to_string(one.create_date),
            self.env._("Direction"): lambda one: labels["direction"][one.direction],
            self.env._("Kind"): lambda one: labels["kind"][one.kind],
            self.env._("Number"): lambda one: text(one.number),
            self.env._("Document date"): lambda one: one.issue_date or "",
            self.env._("Partner"): lambda one: text(one.partner_id.display_name),
            self.env._("Sender"): lambda one: text(one.sender),
            self.env._("Receiver"): lambda one: text(one.receiver),
            self.env._("Amount due"): lambda one: one.amount,
            self.env._("Currency"): lambda one: one.currency_id.name or "",
            self.env._("Status"): lambda one: labels["state"][one.state],
            self.env._("Access point"): lambda one: one.provider,
            self.env._("Message"): lambda one: text(one.message_id),
            "SBDH": lambda one: text(one.instance),
            "SHA-256": lambda one: one.sha256 or "",
            self.env._("History"): lambda one: "\n".join(
                f"{fields.Datetime.to_string(event.at)} {event.step} → {event.state} {event.answer or ''}".strip()
                for event in one.event_ids
            ),
        }
