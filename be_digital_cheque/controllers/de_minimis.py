# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class DeMinimis(http.Controller):
    @http.route(
        "/be_digital_cheque/undertaking/<int:undertaking_id>/de_minimis.xlsx", type="http", auth="user", readonly=True
    )
    def de_minimis_xlsx(self, undertaking_id):
        """The register of an undertaking as a spreadsheet, for those who may read it."""
        undertaking = request.env["digital.cheque.undertaking"].search([("id", "=", undertaking_id)])
        if not undertaking:
            raise NotFound()
        content = undertaking._xlsx()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"de_minimis_{undertaking.name}.xlsx")),
        ]
        return request.make_response(content, headers)
