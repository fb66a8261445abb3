# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, http
from odoo.http import request
from odoo.tools import consteq, hmac

# When the last backup reported itself, UTC.
PARAMETER = "sme_cyber.backup_on"
SCOPE = "sme_cyber.backup"


def token(env):
    """What the backup script shows to report itself."""
    return hmac(env(su=True), SCOPE, env.cr.dbname)


class Backup(http.Controller):
    # csrf: a script posts here, without a session; the token stands for the right to
    @http.route("/sme_cyber/backup", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def backup(self, **values):
        """The backup script reports that a backup has ended well."""
        if not consteq(token(request.env), values.get("token", "")):
            raise request.not_found()
        # sudo: the token stands for the right to
        request.env["ir.config_parameter"].sudo().set_param(PARAMETER, fields.Datetime.to_string(fields.Datetime.now()))
        request.env["sme.cyber.finding"].sudo()._measure(["backup"])
        return request.make_response("noted\n", [("Content-Type", "text/plain")])
