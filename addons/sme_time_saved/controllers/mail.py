# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request


class MonthlyMail(http.Controller):
    # csrf: the reader's mail program posts here (RFC 8058), without a session
    @http.route("/sme_time_saved/stop", type="http", auth="public", methods=["GET", "POST"], csrf=False, sitemap=False)
    def stop(self, user_id="", token="", **_said):
        """Stop the monthly mail of one user, as the link in it says.

        A link that is only opened asks first: some mail filters open every link. Mail programs post
        ``List-Unsubscribe``.
        """
        # sudo: the token stands for the user
        user = request.env["sme.time.mail"].sudo()._user_of_link(user_id, token)
        if not user:
            raise request.not_found()
        stopped = request.httprequest.method == "POST"
        if stopped:
            user.sme_time_mail = False
        request.update_context(lang=user.lang)
        return request.render(
            "sme_time_saved.stop_page", {"stopped": stopped, "user_id": user_id, "token": token, "lang": user.lang}
        )
