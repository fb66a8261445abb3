# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..models.sme_adoption_customer import DECLINES


class Decline(http.Controller):
    # csrf: the reader's mail program posts here (RFC 8058), without a session
    @http.route("/sme_adoption/decline", type="http", auth="public", methods=["GET", "POST"], csrf=False, sitemap=False)
    def decline(self, row="", token="", reason="", text="", everything="", **said):
        """Keep that a customer does not want a tool, as the link in the mail says.

        A link that is only opened asks first: some mail filters open every link. Mail programs post
        ``List-Unsubscribe``: that ends the mails about all tools.
        """
        # sudo: the token stands for the customer
        place = request.env["sme.adoption.decline"].sudo()._row_of_link(row, token)
        if not place:
            raise request.not_found()
        partner = place.mail_partner_id or place.partner_id
        request.update_context(lang=partner.lang or request.env.lang)
        place = place.with_context(lang=partner.lang or request.env.lang)
        declined = request.httprequest.method == "POST"
        if declined:
            by_program = "List-Unsubscribe" in said
            known = dict(DECLINES)
            place._decline("unsubscribed" if by_program else reason if reason in known else "other", text)
            if by_program or everything:
                place.partner_id._sme_adoption_stop_mails()
        return request.render(
            "sme_adoption.decline_page",
            {
                "declined": declined,
                "place": place,
                "row": row,
                "token": token,
                "reasons": [
                    entry
                    for entry in place._fields["declined_reason"]._description_selection(place.env)
                    if entry[0] != "unsubscribed"
                ],
                "lang": partner.lang,
            },
        )
