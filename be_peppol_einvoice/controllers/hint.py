# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request


class Hint(http.Controller):
    @http.route(
        "/be_peppol/hint/<int:connection_id>/<string:token>",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
        readonly=False,
    )
    def hint(self, connection_id, token, **_ignored):
        """An access point says that something happened. What it says is not even read: we go and look ourselves."""
        known = request.env["peppol.connection"].with_user(1)._hint(connection_id, token)
        return request.make_response("", status=204 if known else 404)
