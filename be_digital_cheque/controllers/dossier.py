# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import content_disposition, request

from .de_minimis import XLSX


class Dossier(http.Controller):
    @http.route("/be_digital_cheque/dossier/<int:dossier_id>/costs.xlsx", type="http", auth="user", readonly=True)
    def costs_xlsx(self, dossier_id):
        """The costs of a dossier as a spreadsheet, for those who may read it."""
        dossier = request.env["digital.cheque.dossier"].search([("id", "=", dossier_id)])
        if not dossier:
            raise NotFound()
        content = dossier._cost_xlsx()
        headers = [
            ("Content-Type", XLSX),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(f"{dossier.reference.replace('/', '-')}.xlsx")),
        ]
        return request.make_response(content, headers)
