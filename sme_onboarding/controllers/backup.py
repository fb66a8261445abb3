# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request


class Backup(http.Controller):
    """Where the script of a backup reports: ``curl -X POST …/digital-start/backup/<token>``."""

    @http.route(
        "/digital-start/backup/<string:token>", type="http", auth="public", methods=["POST"], csrf=False, sitemap=False
    )
    def report(self, token, kind="backup", size=None, **_ignored):
        """
        :param kind: "backup" or "restore" (a restore that was tested)
        :param size: bytes
        """
        digits = size if size and size.isdigit() and len(size) < 16 else None
        if not request.env["sme.backup.job"]._report(token, kind, int(digits) if digits else None):
            raise NotFound()
        return request.make_response("ok\n", [("Content-Type", "text/plain; charset=utf-8")])
