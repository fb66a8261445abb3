# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import tempfile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request


class Archive(http.Controller):
    @http.route("/be_peppol/archive/<int:export_id>", type="http", auth="user", methods=["GET"], readonly=True)
    def export(self, export_id):
        """The zip file of an export that its user has just asked for; it leaves piece by piece."""
        export = request.env["peppol.archive.export"].browse(export_id).exists()
        if not export:
            raise request.not_found()
        # a transient record is its maker's alone; the documents are read with the user's own rights
        export.check_access("read")
        # closed, and gone, when the answer has been sent
        file = tempfile.TemporaryFile()  # noqa: SIM115
        request.env["peppol.archive.zip"]._write(file, export._domain())
        size = file.tell()
        file.seek(0)
        name = f"peppol_{export.date_from}_{export.date_to}.zip"
        return request.make_response(
            wrap_file(request.httprequest.environ, file),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Length", str(size)),
                ("Content-Disposition", content_disposition(name)),
            ],
        )
