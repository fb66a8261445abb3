# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound

from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SmeImportReport(Controller):
    @route("/sme_import/report/<int:import_id>.xlsx", type="http", auth="user", readonly=True)
    def report(self, import_id):
        """The report of every row of an import, for those who may read the import."""
        record = request.env["sme.import"].search([("id", "=", import_id)])
        if not record:
            raise NotFound()
        content = record._report()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(record._report_name())),
        ]
        return request.make_response(content, headers)
